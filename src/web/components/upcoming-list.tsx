import type { Steps } from '../learner-steps.ts';
import { calendarPath, stepAnchor } from '../paths.ts';
import { sessionWords } from '../session-words.ts';
import { unitTitle } from '../unit-words.ts';
import { type Upcoming, upcomingSteps } from '../upcoming-steps.ts';
import type { LearnerView } from '../views.ts';

function whenWords({ step }: Upcoming, { texts, definition }: LearnerView): string {
  const { unit, status, when } = step;
  if (status === 'upcoming') return sessionWords(unit, definition.timezone, texts);
  const date = texts.date(when ?? '', definition.timezone, 'long');
  return texts.t(status === 'overdue' ? 'upcoming.overdue' : 'upcoming.due', { date });
}

/** What has a date, soonest first, and what is overdue before all else; with a file for one's own calendar. */
export function UpcomingList({ steps, view, own }: { steps: Steps; view: LearnerView; own: boolean }) {
  const { texts, definition } = view;
  const { t } = texts;
  const list = upcomingSteps(steps.all, definition.timezone);
  const dated = definition.units.some(({ dueOn, startsAt }) => dueOn !== undefined || startsAt !== undefined);
  if (!dated) return null;
  return (
    <section class="card" aria-labelledby="upcoming">
      <h2 id="upcoming">{t('upcoming.title')}</h2>
      {list.length === 0 ? (
        <p class="empty">{t('upcoming.none')}</p>
      ) : (
        <ol class="upcoming">
          {list.map((each) => {
            const { unit, status } = each.step;
            return (
              <li key={unit.id} class={`upcoming-${status}`}>
                <a href={`#${stepAnchor(definition, unit.id)}`}>{unitTitle(definition, unit, texts)}</a>
                <span class="upcoming-when">
                  {status === 'overdue' && <strong class="tag tag-overdue">{t('upcoming.late')}</strong>}{' '}
                  {whenWords(each, view)}
                </span>
                <span class="note">
                  {[t(`modality.${unit.modality}`), ...(unit.required ? [] : [t('steps.optional')])].join(
                    ' · ',
                  )}
                </span>
              </li>
            );
          })}
        </ol>
      )}
      {own && (
        <p>
          <a
            class="download"
            href={`${calendarPath(view.launchId, definition.id)}?lang=${texts.locale}`}
            download=""
          >
            {t('upcoming.calendar')}
          </a>
        </p>
      )}
    </section>
  );
}
