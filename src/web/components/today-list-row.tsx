import { contactWords, outcomeWords } from '../contact-words.ts';
import { timelinePath } from '../paths.ts';
import { pseudonymCode } from '../pseudonym.ts';
import { reasonWords, unitList } from '../reason-words.ts';
import { type TodaySortColumn, todayPairs } from '../today-query.ts';
import type { TodayRow } from '../today-rows.ts';
import type { TodayView } from '../today-view.ts';
import { Bar } from './bar.tsx';
import { ContactForm } from './contact-form.tsx';
import { StateChip } from './state-chip.tsx';

/** The name, or where the platform hides names a pseudonym that stays the same. */
export function todayName({ name, learner }: Pick<TodayRow, 'name' | 'learner'>, view: TodayView): string {
  return name ?? view.texts.t('learners.pseudonym', { code: pseudonymCode(learner.enrolment.id) });
}

function Reasons({ row, view }: { row: TodayRow; view: TodayView }) {
  const { t } = view.texts;
  const failed = view.failed.get(row.learner.enrolment.id) ?? [];
  if (row.reasons.length === 0 && failed.length === 0)
    return <span class="quiet">{t('today.noReason')}</span>;
  return (
    <ul class="alerts">
      {row.reasons.map((reason) => (
        <li key={reason.kind}>{reasonWords(reason, view)}</li>
      ))}
      {failed.length > 0 && (
        <li class="also">{t('reason.failed', { units: unitList(failed, view, { dated: false }) })}</li>
      )}
    </ul>
  );
}

function Contact({ row, place, view }: { row: TodayRow; place: number; view: TodayView }) {
  const { texts, definition, query, now } = view;
  const when = { texts, zone: definition.timezone, now };
  const { contact, learner } = row;
  return (
    <div class="today-contact">
      {contact === null ? (
        <p class="quiet">{texts.t('contact.never')}</p>
      ) : (
        <>
          <p>{contactWords(contact, when)}</p>
          <p class={contact.outcome.kind === 'nothing' ? 'quiet' : 'outcome'}>
            {outcomeWords(contact.outcome, when)}
          </p>
        </>
      )}
      <details class="contact-add">
        <summary aria-label={texts.t('contact.addFor', { name: todayName(row, view) })}>
          {texts.t('contact.add')}
        </summary>
        <ContactForm
          view={view}
          learnerId={learner.enrolment.learnerId}
          place={String(place)}
          back={new URLSearchParams(todayPairs(query)).toString()}
        />
      </details>
    </div>
  );
}

/** One person of the list: why, how they stand, and what was done about it. `sessions`: the cohort has some. */
export function TodayListRow({
  row,
  place,
  sessions,
  view,
}: {
  readonly row: TodayRow;
  readonly place: number;
  readonly sessions: boolean;
  readonly view: TodayView;
}) {
  const { texts, definition, launchId } = view;
  const { learner } = row;
  const { progress, lastActAt } = learner;
  const label = (column: TodaySortColumn) => texts.t(`today.column.${column}`);
  const below = progress !== null && view.median !== null && progress < view.median;
  const person = learner.enrolment.learnerId;
  return (
    <tr id={`row-${pseudonymCode(learner.enrolment.id)}`}>
      <th scope="row">
        <a href={`${timelinePath(launchId, definition.id, person)}?lang=${texts.locale}`}>
          {todayName(row, view)}
        </a>
      </th>
      <td data-label={label('attention')}>
        <Reasons row={row} view={view} />
      </td>
      <td data-label={label('state')}>
        <StateChip state={learner.state} texts={texts} />
      </td>
      <td class="date" data-label={label('lastAct')}>
        {lastActAt === null ? (
          <span class="quiet">{texts.t('learners.never')}</span>
        ) : (
          texts.date(new Date(lastActAt).toISOString(), definition.timezone)
        )}
      </td>
      <td data-label={label('progress')}>
        <div>
          {progress === null ? (
            texts.t('value.none')
          ) : (
            <span class="progress">
              <Bar share={progress} />
              <span class="num">{texts.wholePercent(progress)}</span>
            </span>
          )}
          {below && (
            <span class="note">
              {texts.t('today.median', { share: texts.wholePercent(view.median ?? 0) })}
            </span>
          )}
        </div>
      </td>
      {sessions && (
        <td class={row.held === 0 ? 'num no-session' : 'num'} data-label={label('missed')}>
          {row.held === 0 ? (
            <span class="quiet">{texts.t('value.none')}</span>
          ) : (
            texts.t('today.missed', { missed: row.missed, held: row.held })
          )}
        </td>
      )}
      <td data-label={label('contact')}>
        <Contact row={row} place={place} view={view} />
      </td>
    </tr>
  );
}
