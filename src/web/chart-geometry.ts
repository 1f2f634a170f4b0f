/** A point of a step function: from this day on, this share. */
export interface Step {
  readonly day: number;
  readonly share: number;
}

/** Height of the plot in a chart's own units, and the room above it; days run from 0 % to 100 % of the width. */
export const PLOT = { top: 12, height: 180 } as const;

/** Where a share 0..1 lies in the plot, px from the top of the chart. */
export function yOf(share: number): number {
  return PLOT.top + (1 - share) * PLOT.height;
}

/** Where a day lies, as a percentage of the width. */
export function xOf(day: number, horizon: number): string {
  return `${horizon === 0 ? 0 : round((100 * day) / horizon)}%`;
}

/** Days to be written under a chart: 0, the horizon, and up to four round ones between, none close to the horizon. */
export function dayTicks(horizon: number): readonly number[] {
  if (horizon < 1) return [0];
  const step =
    [1, 2, 5, 7, 10, 14, 28, 30, 50, 60, 90, 100, 180, 365].find((each) => horizon / each <= 5) ?? 730;
  const ticks: number[] = [];
  for (let day = 0; day <= horizon - step / 2; day += step) ticks.push(day);
  return [...ticks, horizon];
}

/** A step function up to `until`, as a path of a box that is `until` wide and 1 high, downwards. */
export function stepPath(steps: readonly Step[], until: number): string {
  const [first, ...rest] = steps;
  if (!first) return '';
  const parts = rest.map(({ day, share }) => `H${day}V${round(1 - share)}`);
  return `M${first.day} ${round(1 - first.share)}${parts.join('')}H${until}`;
}

/** The area between two step functions that begin on the same day, as a path of the same box. */
export function stepArea(upper: readonly Step[], lower: readonly Step[], until: number): string {
  const back = [...lower].reverse();
  const [last] = back;
  const [begin] = upper;
  if (!last || !begin) return '';
  const parts = back.map(({ day, share }, index) => {
    const next = back[index + 1];
    return `H${day}${next ? `V${round(1 - next.share)}` : `V${round(1 - share)}`}`;
  });
  return `${stepPath(upper, until)}V${round(1 - last.share)}${parts.join('')}Z`;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
