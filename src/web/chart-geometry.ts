import { scaleLinear } from 'd3-scale';
import { curveStepAfter, curveStepBefore, line } from 'd3-shape';

/** A point of a step function: from this day on, this share. */
export interface Step {
  readonly day: number;
  readonly share: number;
}

/** Height of the plot in a chart's own units, and the room above it; days run from 0 % to 100 % of the width. */
export const PLOT = { top: 12, height: 180 } as const;

const shares = scaleLinear([0, 1], [PLOT.top + PLOT.height, PLOT.top]);

/** Where a share 0..1 lies in the plot, px from the top of the chart. */
export function yOf(share: number): number {
  return shares(share);
}

/** Where a day lies, as a percentage of the width. */
export function xOf(day: number, horizon: number): string {
  const percent = horizon === 0 ? 0 : scaleLinear([0, horizon], [0, 100])(day);
  return `${Math.round(percent * 10_000) / 10_000}%`;
}

/** Days to be written under a chart: 0, the horizon, and a few round ones between, none close to the horizon. */
export function dayTicks(horizon: number): readonly number[] {
  if (horizon < 1) return [0];
  const round = scaleLinear([0, horizon], [0, 1]).ticks(5).filter(Number.isInteger);
  const apart = (round[1] ?? horizon) / 2;
  return [...round.filter((day) => day <= horizon - apart), horizon];
}

const forward = line<Step>(
  ({ day }) => day,
  ({ share }) => 1 - share,
)
  .curve(curveStepAfter)
  .digits(4);
/** The same steps, drawn from their end. */
const backward = line<Step>(
  ({ day }) => day,
  ({ share }) => 1 - share,
)
  .curve(curveStepBefore)
  .digits(4);

/** A step function up to `until`, as a path of a box that is `until` wide and 1 high, downwards. */
export function stepPath(steps: readonly Step[], until: number): string {
  return forward(upTo(steps, until)) ?? '';
}

/** The area between two step functions that begin on the same day, as a path of the same box. */
export function stepArea(upper: readonly Step[], lower: readonly Step[], until: number): string {
  const there = stepPath(upper, until);
  const back = backward([...upTo(lower, until)].reverse());
  return there === '' || back === null ? '' : `${there}L${back.slice(1)}Z`;
}

/** The last value lasts until the end. */
function upTo(steps: readonly Step[], until: number): Step[] {
  const last = steps.at(-1);
  return last === undefined ? [] : [...steps, { day: until, share: last.share }];
}
