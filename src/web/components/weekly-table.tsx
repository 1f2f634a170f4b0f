import type { CohortView } from '../views.ts';
import { CsvLink } from './csv-link.tsx';
import { Legend } from './legend.tsx';

/** How much of the column's highest value a cell holds, as one of six tints (0 none, 5 highest). */
function tint(value: number | null, highest: number): number {
  return value === null || value <= 0 || highest <= 0 ? 0 : Math.max(1, Math.ceil((value / highest) * 5));
}

/** metrics.md "Weekly": a heat table; the numbers stand in every cell. */
export function WeeklyTable({ view }: { view: CohortView }) {
  const { texts, metrics, definition, retention } = view;
  const { t, number } = texts;
  const { weekly } = metrics;
  const highest = (read: (week: (typeof weekly)[number]) => number | null) =>
    Math.max(0, ...weekly.map((week) => read(week) ?? 0));
  const tops = {
    acts: highest((week) => week.acts),
    active: highest((week) => week.activeLearners),
    drops: highest((week) => week.drops),
    hazard: highest((week) => week.hazard),
  };
  const labels = {
    acts: t('weekly.acts'),
    active: t('weekly.active'),
    drops: t('weekly.drops'),
    hazard: t('weekly.hazard'),
  };
  // Weeks whose dropouts cannot be known yet: a number would say that nobody dropped out (metrics.md "knownThrough").
  const isUnknown = (week: number) => !metrics.final && 7 * week > retention.knownThrough;
  const someUnknown = !metrics.final && weekly.some(({ week }) => 7 * week + 6 > retention.knownThrough);
  return (
    <section class="card" aria-labelledby="weekly">
      <h2 id="weekly">{t('weekly.title')}</h2>
      {weekly.length === 0 ? (
        <p class="empty">{t('weekly.none')}</p>
      ) : (
        <>
          <table class="numbers heat">
            <thead>
              <tr>
                <th scope="col">{t('weekly.week')}</th>
                {Object.entries(labels).map(([name, label]) => (
                  <th key={name} scope="col" class="num">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weekly.map((week) => (
                <tr key={week.week}>
                  <th scope="row">
                    {t('weekly.number', { n: week.week })}{' '}
                    <span class="note">{texts.date(week.from, definition.timezone, 'short')}</span>
                  </th>
                  <td class={`num heat-${tint(week.acts, tops.acts)}`}>{number(week.acts)}</td>
                  <td class={`num heat-${tint(week.activeLearners, tops.active)}`}>
                    {number(week.activeLearners)}
                  </td>
                  <td class={`num warm-${tint(week.drops, tops.drops)}`}>
                    {isUnknown(week.week) ? t('value.none') : number(week.drops)}
                  </td>
                  <td class={`num warm-${tint(week.hazard, tops.hazard)}`}>
                    {week.hazard === null || isUnknown(week.week)
                      ? t('value.none')
                      : texts.percent(week.hazard)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {someUnknown && <p class="note">{t('weekly.unknown', { day: retention.knownThrough })}</p>}
          <Legend
            title={t('legend.columns')}
            entries={[
              [labels.acts, t('define.acts')],
              [labels.active, t('define.activeLearners')],
              [labels.drops, t('define.drops')],
              [labels.hazard, t('define.hazard')],
            ]}
          />
          <CsvLink table="weekly" view={view} />
        </>
      )}
    </section>
  );
}
