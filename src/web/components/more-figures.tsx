import type { CohortView } from '../views.ts';

interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

function figures({ texts, metrics }: CohortView): readonly Figure[] {
  const { t } = texts;
  const { progress, timeToComplete: time, attendance, cost } = metrics;
  const none = t('value.none');
  const shares = progress.histogram.reduce((sum, count) => sum + count, 0);
  const all: Figure[] = [
    {
      label: t('more.progress'),
      value: progress.mean === null ? none : texts.percent(progress.mean),
      ...(progress.median === null
        ? {}
        : { note: t('more.progressMedianOf', { value: texts.percent(progress.median), n: shares }) }),
    },
    {
      label: t('more.time'),
      value: time.medianDays === null ? none : texts.days(time.medianDays),
      note:
        time.p25Days === null || time.p75Days === null
          ? t('more.noneYet')
          : t('more.timeOf', {
              n: time.n,
              quartiles: t('more.timeQuartiles', {
                from: texts.days(time.p25Days),
                to: texts.days(time.p75Days),
              }),
            }),
    },
  ];
  if (attendance !== null)
    all.push({
      label: t('more.presence'),
      value: texts.minutes(attendance.presentMinutes),
      note: t('more.presenceOf', { planned: texts.minutes(attendance.slotMinutes) }),
    });
  if (cost !== null)
    all.push({
      label: t('more.cost'),
      value: cost.perCompleter === null ? none : texts.money(cost.perCompleter, cost.currency),
      note:
        cost.perCompleter === null
          ? t('more.noneYet')
          : t('more.costOf', {
              total: texts.money(cost.total, cost.currency),
              n: metrics.counts.completed,
            }),
    });
  return all;
}

/** Progress, time to complete, presence and cost. */
export function MoreFigures({ view }: { view: CohortView }) {
  return (
    <section class="card" aria-labelledby="more">
      <h2 id="more">{view.texts.t('more.title')}</h2>
      <dl class="pairs">
        {figures(view).map(({ label, value, note }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="num">
              <strong>{value}</strong>
              {note && <span class="note">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
