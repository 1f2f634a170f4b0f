import { survivalAt } from '../../metrics/survival-at.ts';
import { compareHref } from '../compare-query.ts';
import type { CompareView } from '../compare-view.ts';
import { CompareChart, CompareSwatch, type Curve, curvesOf } from './compare-chart.tsx';
import { Legend } from './legend.tsx';

/** Rows of the table under the chart, at most: every week, or every so many. */
const MOST_ROWS = 20;

/** Days to tell the curves on: ends of weeks, evenly, and the last day of each curve. */
function daysToTell(curves: readonly Curve[]): readonly number[] {
  const horizons = curves.map(({ retention }) => retention.horizon);
  const longest = Math.max(...horizons);
  const step = 7 * Math.max(1, Math.ceil(longest / 7 / MOST_ROWS));
  const regular = Array.from({ length: Math.floor(longest / step) }, (_, index) => (index + 1) * step);
  return [...new Set([...regular, ...horizons])].sort((a, b) => a - b);
}

/** The curves of the compared cohorts, with their key, their table and their file. */
export function CompareCurves({ view }: { view: CompareView }) {
  const { texts, comparison, path, query } = view;
  const { t, percent } = texts;
  if (comparison === null) return null;
  const curves = curvesOf(comparison.cohorts);
  return (
    <section class="card" aria-labelledby="curves">
      <h2 id="curves">{t('compare.curves')}</h2>
      {curves.length === 0 ? (
        <p class="empty">{t('compare.curvesNone')}</p>
      ) : (
        <figure class="chart-figure">
          <CompareChart curves={curves} texts={texts} />
          <dl class="chart-key">
            {comparison.cohorts.map(({ letter, title, retention }, index) => {
              const end = retention === null ? null : survivalAt(retention, retention.horizon);
              return (
                <div key={letter}>
                  <dt>
                    <CompareSwatch index={index} />
                    {letter} · {title}
                  </dt>
                  <dd class="num">
                    {retention === null || end === null || retention.horizon === 0
                      ? t('compare.curveNobody')
                      : t('compare.curveValue', { share: percent(end.survival), day: retention.horizon })}
                  </dd>
                </div>
              );
            })}
          </dl>
          <p class="note">{t('compare.curveEnds')}</p>
          <Legend title={t('compare.what')} entries={[[t('survival.heading'), t('define.survival')]]} />
          <CurvesTable curves={curves} view={view} />
          <a class="download" href={compareHref(`${path}/retention.csv`, query)}>
            {t('compare.curvesCsv')}
          </a>
        </figure>
      )}
    </section>
  );
}

function CurvesTable({ curves, view }: { curves: readonly Curve[]; view: CompareView }) {
  const { texts } = view;
  const { t, percent } = texts;
  return (
    <details class="chart-table">
      <summary>{t('compare.curvesTable')}</summary>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{t('retention.day')}</th>
            {curves.map(({ cohort: { letter, title } }) => (
              <th key={letter} scope="col" class="num">
                <abbr title={title}>{letter}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {daysToTell(curves).map((day) => (
            <tr key={day}>
              <th scope="row">{texts.number(day)}</th>
              {curves.map(({ cohort, retention }) => {
                const point = survivalAt(retention, day);
                return (
                  <td key={cohort.letter} class="num">
                    {point === null ? t('value.none') : percent(point.survival)}
                    {point?.ci95 && <span class="note">{texts.interval(point.ci95)}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
