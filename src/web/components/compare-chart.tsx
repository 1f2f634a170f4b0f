import { survivalAt } from '../../metrics/survival-at.ts';
import type { Retention } from '../../metrics/types.ts';
import { type Step, stepPath, xOf, yOf } from '../chart-geometry.ts';
import type { ComparedView } from '../compare-view.ts';
import type { Texts } from '../intl.ts';
import { ChartFrame } from './chart-frame.tsx';

/** A cohort with a curve to draw. */
export interface Curve {
  readonly cohort: ComparedView;
  readonly retention: Retention;
  /** Its place among the compared: picks stroke and colour. */
  readonly index: number;
}

/** Those of the cohorts in which somebody is observed for at least a day. */
export function curvesOf(cohorts: readonly ComparedView[]): readonly Curve[] {
  return cohorts.flatMap((cohort, index) => {
    const { retention } = cohort;
    return retention === null || retention.n === 0 || retention.horizon === 0
      ? []
      : [{ cohort, retention, index }];
  });
}

/** Letters lower than the one above by this much, px, can both be read. */
const LINE = 15;

/** Where the letters stand at the ends of the curves, none over another. */
function letterPlaces(curves: readonly Curve[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  let above = Number.NEGATIVE_INFINITY;
  const ends = curves
    .map(({ retention, index }) => ({
      index,
      y: yOf(survivalAt(retention, retention.horizon)?.survival ?? 1),
    }))
    .sort((a, b) => a.y - b.y);
  for (const { index, y } of ends) {
    above = Math.max(y, above + LINE);
    places.set(index, above);
  }
  return places;
}

/** Kaplan-Meier curves over each other: each with a stroke, a colour and a letter of its own. */
export function CompareChart({ curves, texts }: { curves: readonly Curve[]; texts: Texts }) {
  const { t, percent } = texts;
  const horizon = Math.max(1, ...curves.map(({ retention }) => retention.horizon));
  const places = letterPlaces(curves);
  const words = curves.map(({ cohort, retention }) =>
    t('compare.curvesDesc', {
      letter: cohort.letter,
      title: cohort.title,
      survival: percent(survivalAt(retention, retention.horizon)?.survival ?? 1),
      day: retention.horizon,
    }),
  );
  return (
    <ChartFrame
      id="compare-chart"
      title={t('compare.curves')}
      description={words.join(' ')}
      horizon={horizon}
      knownThrough={null}
      texts={texts}
      overlay={curves.map(({ cohort, retention, index }) => (
        <text
          key={index}
          class="chart-label compare-letter"
          x={xOf(retention.horizon, horizon)}
          y={(places.get(index) ?? 0) - 4}
          text-anchor="end"
        >
          {cohort.letter}
        </text>
      ))}
    >
      {curves.map(({ retention, index }) => (
        <path
          key={index}
          class={`chart-line compare-${index}`}
          d={stepPath(stepsOf(retention), retention.horizon)}
        />
      ))}
    </ChartFrame>
  );
}

function stepsOf({ curve }: Retention): readonly Step[] {
  return [{ day: 0, share: 1 }, ...curve.map(({ day, survival }) => ({ day, share: survival }))];
}

/** Letter and stroke of a cohort. */
export function CompareSwatch({ index }: { index: number }) {
  return (
    <svg class="chart-swatch" width="34" height="12" aria-hidden="true">
      <line class={`chart-line compare-${index}`} x1="0" x2="34" y1="6" y2="6" />
    </svg>
  );
}
