import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import { pseudonymCode } from '../pseudonym.ts';
import { type BoxFault, boxKey, type Typed } from '../register-form.ts';
import { isLeft, type Sheet, type SheetLearner, type SheetSession } from '../register-sheet.ts';
import { unitTitle } from '../unit-words.ts';
import type { PageFrame } from '../views.ts';
import { RegisterBox } from './register-box.tsx';

export interface AttendanceView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly cohortVersion: number;
  readonly sheet: Sheet;
  /** How many entries were recorded just now; null when nothing was sent. */
  readonly saved: number | null;
  /** What was filled in, and what is wrong with it, by box. */
  readonly typed: ReadonlyMap<string, Typed>;
  readonly faults: ReadonlyMap<string, BoxFault>;
}

/** A session by its title and times. */
export function sessionWords({ unit, slot }: SheetSession, { texts, definition }: AttendanceView): string {
  const zone = definition.timezone;
  const time = (instant: number) =>
    new Intl.DateTimeFormat(texts.locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
      instant,
    );
  return `${unitTitle(definition, unit, texts)} · ${time(slot.from)}–${time(slot.to)}`;
}

function Learner({ learner, view }: { learner: SheetLearner; view: AttendanceView }) {
  const { texts, definition } = view;
  const left = isLeft(learner);
  const name = learner.name ?? texts.t('learners.pseudonym', { code: pseudonymCode(learner.enrolmentId) });
  const several = learner.boxes.length > 1;
  const boxOf = (box: SheetLearner['boxes'][number]) => (
    <RegisterBox
      learner={learner}
      box={box}
      typed={view.typed.get(boxKey(learner, box))}
      fault={view.faults.get(boxKey(learner, box))}
      zone={definition.timezone}
      texts={texts}
    />
  );
  return (
    <li data-left={left ? '' : undefined}>
      <fieldset class="register-learner">
        <legend>{name}</legend>
        {learner.boxes.map((box) =>
          several ? (
            <fieldset key={box.session.number} class="register-session">
              <legend>{sessionWords(box.session, view)}</legend>
              {boxOf(box)}
            </fieldset>
          ) : (
            boxOf(box)
          ),
        )}
      </fieldset>
    </li>
  );
}

/** The form of a register: one for everybody of the page, sent and answered as a whole. */
export function RegisterSheet({ view }: { view: AttendanceView }) {
  const { texts, sheet, path } = view;
  const { t } = texts;
  return (
    <form
      method="post"
      action={`${path}?lang=${texts.locale}&page=${sheet.page}`}
      class="register"
      data-saved={view.saved === null ? undefined : ''}
    >
      <input type="hidden" name="_csrf" value={view.csrfToken} />
      <p class="notice" role="status" data-draft hidden>
        {t('attendance.draft')}
      </p>
      <Tools view={view} />
      {hasEnded(sheet) && (
        <label class="choice register-rest">
          <input type="checkbox" name="rest" value="present" />
          <span>
            {t('attendance.rest')}
            <span class="note">{t('attendance.restText')}</span>
          </span>
        </label>
      )}
      <ul class="register-list">
        {sheet.learners.map((learner) => (
          <Learner key={learner.id} learner={learner} view={view} />
        ))}
      </ul>
      <div class="register-save">
        <p class="notice" role="alert" data-offline hidden>
          {t('attendance.offline')}
        </p>
        <div class="actions">
          <button class="button" type="submit">
            {t('attendance.save')}
          </button>
          {hasEnded(sheet) && (
            <p class="num">
              {t('attendance.left')} <output data-count={sheet.left}>{sheet.left}</output>{' '}
              {t('attendance.leftOf', { total: sheet.total })}
            </p>
          )}
        </div>
      </div>
    </form>
  );
}

function hasEnded({ sessions }: Sheet): boolean {
  return sessions.some(({ ended, unit }) => ended && !unit.cancelled);
}

/** Narrows the list within the page, so that nothing that is ticked gets lost: there where scripts run (register.js). */
function Tools({ view }: { view: AttendanceView }) {
  const { t } = view.texts;
  return (
    <div class="register-tools" data-tools hidden>
      <div class="field">
        <label for="register-search">{t('attendance.search')}</label>
        <input id="register-search" type="search" autocomplete="off" />
      </div>
      {hasEnded(view.sheet) && (
        <label class="choice">
          <input type="checkbox" id="register-left" />
          <span>{t('attendance.onlyLeft')}</span>
        </label>
      )}
      <p class="quiet" role="status" data-nobody hidden>
        {t('attendance.noName')}
      </p>
    </div>
  );
}
