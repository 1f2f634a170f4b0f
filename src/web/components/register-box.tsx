import type { RegisterStatus } from '../../cohorts/register-entries.ts';
import type { Texts } from '../intl.ts';
import { recordedWords } from '../recorded-words.ts';
import { type BoxFault, boxKey, seenText, type Typed, typedOf } from '../register-form.ts';
import { type Box, minutesOf, type SheetLearner, statusesOf } from '../register-sheet.ts';

export interface BoxProps {
  readonly learner: SheetLearner;
  readonly box: Box;
  readonly typed: Typed | undefined;
  readonly fault: BoxFault | undefined;
  readonly zone: string;
  readonly texts: Texts;
}

function statusWord(status: RegisterStatus | '', texts: Texts): string {
  return texts.t(status === '' ? 'attendance.none' : `attendance.${status}`);
}

function Fault({ id, fault, box, zone, texts }: Omit<BoxProps, 'learner' | 'typed'> & { id: string }) {
  if (fault === undefined) return null;
  const { entry, session } = box;
  const by = entry === null ? '—' : recordedWords(entry.recorder, entry.recordedAt, zone, texts);
  const values = { status: statusWord(entry?.status ?? '', texts), by, most: minutesOf(session) };
  return (
    <p class="fault" id={id}>
      {texts.t(`attendance.${fault}`, values)}
    </p>
  );
}

/** One learner in one session: what is known, and radios to say it. */
export function RegisterBox({ learner, box, typed, fault, zone, texts }: BoxProps) {
  const { session, entry, traced } = box;
  const key = boxKey(learner, box);
  const { status, minutes } = typed ?? typedOf(entry);
  const possible = statusesOf(session);
  // What is recorded can be seen and taken out, even where it could not be told now.
  const shown = entry === null || possible.includes(entry.status) ? possible : [entry.status, ...possible];
  const faultId = `fault-${key}`;
  const described = fault === undefined ? {} : { 'aria-describedby': faultId };
  return (
    <>
      <input type="hidden" name={`seen-${key}`} value={seenText(entry)} />
      <div class="register-choices">
        {(['', ...shown] as const).map((each) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name={`status-${key}`}
              value={each}
              checked={each === status}
              {...described}
            />
            <span>{statusWord(each, texts)}</span>
          </label>
        ))}
      </div>
      {possible.includes('present') && (
        <details class="register-part" open={minutes !== ''}>
          <summary>{texts.t('attendance.part')}</summary>
          <label class="register-minutes">
            <span>{texts.t('attendance.minutes')}</span>
            <input
              type="text"
              inputMode="decimal"
              name={`minutes-${key}`}
              value={minutes}
              size={5}
              autocomplete="off"
              aria-invalid={fault === 'badMinutes' || fault === 'minutesAlone' ? 'true' : undefined}
              {...described}
            />
          </label>
        </details>
      )}
      <Fault id={faultId} fault={fault} box={box} zone={zone} texts={texts} />
      {traced !== null && (
        <p class="note">{texts.t('attendance.trace', { minutes: texts.minutes(traced) })}</p>
      )}
      {entry !== null && (
        <p class="note">
          {statusWord(entry.status, texts)}, {recordedWords(entry.recorder, entry.recordedAt, zone, texts)}
        </p>
      )}
    </>
  );
}
