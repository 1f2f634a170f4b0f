import { survivalAt } from '../../metrics/survival-at.ts';
import type { Interval, Retention } from '../../metrics/types.ts';
import type { Texts } from '../intl.ts';
import type { ReportFigures } from '../report-figures.ts';
import { OutcomesChart } from './outcomes-chart.tsx';
import type { Part } from './report-sections.tsx';
import { ReportTable } from './report-table.tsx';
import { OutcomesKey, SurvivalKey } from './retention-keys.tsx';
import { SurvivalChart } from './survival-chart.tsx';

/** Rows of the table, at most: every week, or every so many. */
const MOST_ROWS = 14;

/** Ends of weeks, evenly, and the last day. */
function daysToTell({ horizon }: Retention): readonly number[] {
  const step = 7 * Math.max(1, Math.ceil(horizon / 7 / MOST_ROWS));
  const regular = Array.from({ length: Math.floor(horizon / step) }, (_, index) => (index + 1) * step);
  return regular.at(-1) === horizon ? regular : [...regular, horizon];
}

function shareWords(share: number, ci95: Interval, { percent, interval }: Texts): string {
  return ci95 === null ? percent(share) : `${percent(share)} (${interval(ci95)})`;
}

/** metrics.md "Retention" and "outcomes", as curves and on a few days. */
export function ReportCurves({ figures, view: { texts } }: Part) {
  const { t } = texts;
  const { retention } = figures;
  const nobody = retention.n === 0 || retention.horizon === 0;
  return (
    <section class="card" aria-labelledby="curves">
      <h2 id="curves">{t('report.curves')}</h2>
      {nobody ? <p class="empty">{t('retention.nobody')}</p> : <Curves figures={figures} texts={texts} />}
    </section>
  );
}

function Curves({ figures, texts }: { figures: ReportFigures; texts: Texts }) {
  const { t } = texts;
  const { retention, observed, audience } = figures;
  const { outcomes, horizon, final, knownThrough } = retention;
  const lines = daysToTell(retention).map((day) => {
    const row = outcomes.findLast((each) => each.day <= day);
    const point = survivalAt(retention, day);
    const share = (name: 'completed' | 'stillIn' | 'dropped') =>
      row === undefined
        ? shareWords(name === 'stillIn' ? 1 : 0, null, texts)
        : shareWords(row[name], row.ci95[name], texts);
    return {
      key: String(day),
      head: t('cohort.day', { day: texts.number(day) }),
      cells: [
        share('completed'),
        share('stillIn'),
        share('dropped'),
        point === null ? t('value.none') : shareWords(point.survival, point.ci95, texts),
      ],
    };
  });
  return (
    <>
      <p class="note chart-note">
        {observed === 'few'
          ? t('report.observed', { horizon })
          : t('retention.observed', { n: observed, horizon })}
        {audience === 'outside' && ` ${t('report.coarse')}`}
        {!final && ` ${t('retention.open')}`}
        {final && knownThrough < horizon && ` ${t('retention.unknown', { day: knownThrough })}`}
      </p>
      <div class="columns">
        <figure class="chart-figure">
          <figcaption>{t('outcomes.heading')}</figcaption>
          <OutcomesChart retention={retention} texts={texts} />
          <OutcomesKey retention={retention} texts={texts} />
        </figure>
        <figure class="chart-figure">
          <figcaption>{t('survival.heading')}</figcaption>
          <SurvivalChart retention={retention} texts={texts} />
          <SurvivalKey retention={retention} texts={texts} />
        </figure>
      </div>
      <ReportTable
        head={[
          t('retention.day'),
          t('outcomes.completed'),
          t('outcomes.stillIn'),
          t('outcomes.dropped'),
          t('survival.heading'),
        ]}
        lines={lines}
      />
    </>
  );
}
