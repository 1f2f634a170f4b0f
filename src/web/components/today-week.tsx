import type { Movement } from '../../metrics/movements.ts';
import { cohortPath, timelinePath } from '../paths.ts';
import type { TodayView, WeekMovement } from '../today-view.ts';
import { todayName } from './today-list-row.tsx';

/** The state of the cohort's page that lists all of a movement; none for those that are no state. */
const STATE_OF: Readonly<Partial<Record<Movement, string>>> = {
  dropped: 'dropped',
  completed: 'completed',
  withdrawn: 'withdrawn',
  transferred: 'transferred',
};

function allOf({ movement }: WeekMovement, { launchId, definition, texts }: TodayView): string {
  const state = STATE_OF[movement];
  const query = new URLSearchParams({
    ...(state === undefined ? {} : { state }),
    sort: '-since',
    lang: texts.locale,
  });
  return `${cohortPath(launchId, definition.id)}?${query}#learners`;
}

function People({ week, view }: { week: WeekMovement; view: TodayView }) {
  const { texts, definition, launchId } = view;
  const more = week.total - week.people.length;
  return (
    <ul class="week-people">
      {week.people.map((each) => (
        <li key={each.learner.enrolment.id}>
          <a
            href={`${timelinePath(launchId, definition.id, each.learner.enrolment.learnerId)}?lang=${texts.locale}`}
          >
            {todayName(each, view)}
          </a>
        </li>
      ))}
      {more > 0 && (
        <li>
          <a href={allOf(week, view)}>{texts.t('week.more', { n: more })}</a>
        </li>
      )}
    </ul>
  );
}

/** What moved since a week ago: dropouts, returns, completions, who left and who came, by name. */
export function TodayWeek({ view }: { view: TodayView }) {
  const { texts, definition, week } = view;
  const { t } = texts;
  const days = texts.days(definition.dropout.dropAfterDays ?? 0);
  return (
    <section class="card" aria-labelledby="week">
      <div class="section-head">
        <h2 id="week">{t('week.title')}</h2>
        <p class="quiet">{t('week.since', { date: texts.date(week.since, definition.timezone, 'long') })}</p>
      </div>
      {week.movements.length === 0 && <p>{t('week.none')}</p>}
      <ul class="week">
        {week.movements.map((each) => (
          <li key={each.movement}>
            <h3>{t(`week.${each.movement}`, { n: each.total })}</h3>
            <p class="note">{t(`week.about.${each.movement}`, { days })}</p>
            <People week={each} view={view} />
          </li>
        ))}
      </ul>
    </section>
  );
}
