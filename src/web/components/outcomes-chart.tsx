import type { Retention } from '../../metrics/types.ts';
import { stepArea, stepPath } from '../chart-geometry.ts';
import type { Texts } from '../intl.ts';
import { ChartFrame } from './chart-frame.tsx';

/** Aalen-Johansen as three areas that fill the height: completed below, dropout above, still in between. */
export function OutcomesChart({ retention, texts }: { retention: Retention; texts: Texts }) {
  const { outcomes, horizon, knownThrough, final } = retention;
  const { t } = texts;
  const last = outcomes.at(-1);
  const rows = [{ day: 0, completed: 0, dropped: 0, stillIn: 1 }, ...outcomes];
  const floor = [{ day: 0, share: 0 }];
  const roof = [{ day: 0, share: 1 }];
  const completed = rows.map(({ day, completed: share }) => ({ day, share }));
  const notDropped = rows.map(({ day, dropped }) => ({ day, share: 1 - dropped }));
  return (
    <ChartFrame
      id="outcomes-chart"
      title={t('outcomes.heading')}
      description={
        last
          ? t('outcomes.desc', {
              day: last.day,
              completed: texts.percent(last.completed),
              stillIn: texts.percent(last.stillIn),
              dropped: texts.percent(last.dropped),
            })
          : t('retention.none')
      }
      horizon={horizon}
      knownThrough={final && knownThrough < horizon ? knownThrough : null}
      texts={texts}
    >
      <path class="chart-dropped" d={stepArea(roof, notDropped, horizon)} />
      <path class="chart-stillIn" d={stepArea(notDropped, completed, horizon)} />
      <path class="chart-completed" d={stepArea(completed, floor, horizon)} />
      <path class="chart-edge" d={stepPath(notDropped, horizon)} />
      <path class="chart-edge" d={stepPath(completed, horizon)} />
    </ChartFrame>
  );
}
