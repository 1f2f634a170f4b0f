import { quantile } from '../../src/metrics/quantile.ts';
import { survivalAt } from '../../src/metrics/survival.ts';
import type { CohortMetrics, LearnerRow, Retention } from '../../src/metrics/types.ts';
import { ask, cohortId, type Door, instantOf, type Load } from './load-presentation.ts';
import type { Presentation } from './read-oulad.ts';

/** A figure of expected.csv or km_curve.csv beside the product's answer. */
export interface Compared {
  readonly figure: string;
  readonly expected: number;
  readonly ours: number;
}

/** The expected figures have six decimals. */
export const TOLERANCE = 1e-6;

export function difference({ expected, ours }: Compared): number {
  return Math.abs(expected - ours);
}

/** Every figure that the loaded presentation can be compared by, asked for over the API. */
export async function compareFigures(door: Door, presentation: Presentation): Promise<readonly Compared[]> {
  const { expected } = presentation;
  const of = (...columns: readonly string[]) =>
    columns.reduce((total, column) => total + Number(expected[column]), 0);
  const { counts, rates } = await metricsOf(door, presentation);
  const rows = await learnersOf(door, presentation);
  const started = counts.enrolled - counts.withdrawnBeforeStart;
  const zero = Date.parse(instantOf(presentation, 0, 0));
  const dayOf = (instant: string) => Math.floor((Date.parse(instant) - zero) / 86_400_000);
  const left = rows.flatMap(({ endedAt }) => (endedAt === null ? [] : [dayOf(endedAt)]));
  const leftAfter = left.filter((day) => day > 0);
  const figures: [string, number, number | null][] = [
    ['registered', of('registered'), counts.enrolled],
    ['late_registered_gt_day0', of('late_registered_gt_day0'), late(rows, dayOf)],
    ['unreg_before_start_lt0', of('unreg_before_start_lt0'), left.filter((day) => day < 0).length],
    ['unreg_on_day0', of('unreg_on_day0'), left.filter((day) => day === 0).length],
    ['unreg_after_start_gt0', of('unreg_after_start_gt0'), leftAfter.length],
    [
      'dated unregistrations',
      of('unreg_before_start_lt0', 'unreg_on_day0', 'unreg_after_start_gt0'),
      counts.withdrawn,
    ],
    ['withdrawn_undated', of('withdrawn_undated'), counts.noShow],
    ['fail, not unregistered', of('fail') - of('unreg_but_final_fail'), counts.unfinished],
    ['pass + distinction', of('pass', 'distinction'), counts.completed],
    ['started_n0', of('started_n0'), started],
    ['completion_rate_enrolled', of('completion_rate_enrolled'), rates.completionOfEnrolled.value],
    ['completion_rate_started', of('completion_rate_started'), counts.completed / started],
    ['dropout_rate_started_dated', of('dropout_rate_started_dated'), leftAfter.length / started],
    ['median_unreg_day_all', of('median_unreg_day_all'), quantile(left, 0.5)],
    ['median_unreg_day_gt0', of('median_unreg_day_gt0'), quantile(leftAfter, 0.5)],
  ];
  const compared = figures.map(([figure, theirs, ours]) => ({
    figure,
    expected: theirs,
    ours: ours ?? Number.NaN,
  }));
  return [...compared, ...(await compareCurves(door, presentation))];
}

async function compareCurves(door: Door, presentation: Presentation): Promise<readonly Compared[]> {
  const { expected } = presentation;
  const { curve } = await retentionOf(door, presentation, 'curves');
  const naive = (await retentionOf(door, presentation, 'naive')).curve;
  const early = (await retentionOf(door, presentation, 'curves', 90)).curve;
  const row = (figure: string, ours: number): readonly Compared[] =>
    expected[figure] ? [{ figure, expected: Number(expected[figure]), ours }] : [];
  const days = [30, 90, 150, 240];
  return [
    ...days.flatMap((day) => row(`km_delayed_S${day}`, survivalAt(curve, day))),
    ...row('km_delayed_S30_asof90', survivalAt(early, 30)),
    ...days.flatMap((day) => row(`km_S${day}`, survivalAt(naive, day))),
    ...days.flatMap((day) => row(`km_se${day}`, naive.findLast((each) => each.day <= day)?.se ?? Number.NaN)),
    { figure: 'km_curve rows', expected: presentation.curve.length, ours: curve.length },
    ...presentation.curve.flatMap((theirs) => {
      const ours = curve.find(({ day }) => day === theirs.day);
      return [
        {
          figure: `km_curve at_risk ${theirs.day}`,
          expected: theirs.at_risk,
          ours: ours?.atRisk ?? Number.NaN,
        },
        {
          figure: `km_curve events ${theirs.day}`,
          expected: theirs.events,
          ours: ours?.events ?? Number.NaN,
        },
        {
          figure: `km_curve S ${theirs.day}`,
          expected: theirs.S_delayed_entry,
          ours: ours?.survival ?? Number.NaN,
        },
      ];
    }),
  ];
}

function late(rows: readonly LearnerRow[], dayOf: (instant: string) => number): number {
  return rows.filter(({ enrolledAt }) => dayOf(enrolledAt) > 0).length;
}

// That answers are of these types is tested elsewhere.
async function metricsOf(door: Door, presentation: Presentation): Promise<CohortMetrics> {
  return ask(door, `/api/v1/cohorts/${cohortId(presentation, 'all')}/metrics`);
}

async function retentionOf(
  door: Door,
  presentation: Presentation,
  load: Load,
  day?: number,
): Promise<Retention> {
  const asOf = day === undefined ? '' : `&asOf=${instantOf(presentation, day, 20)}`;
  const path = `/api/v1/cohorts/${cohortId(presentation, load)}/retention`;
  return ask(door, `${path}?clock=cohort&population=enrolled${asOf}`);
}

async function learnersOf(door: Door, presentation: Presentation): Promise<readonly LearnerRow[]> {
  const rows: LearnerRow[] = [];
  let path: string | undefined = `/api/v1/cohorts/${cohortId(presentation, 'all')}/learners?limit=1000`;
  while (path !== undefined) {
    const response: Response = await fetch(`${door.url}${path}`, { headers: door.headers });
    const page: readonly LearnerRow[] = JSON.parse(await response.text());
    rows.push(...page);
    path = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return rows;
}
