/** A line of the bench's table: ours and what stands beside it, measured in the same run. */
export interface Row {
  readonly work: string;
  readonly ours: string;
  readonly beside: string;
  readonly ratio: string;
  readonly toReach: string;
}

export const ms = (time: number): string => `${time.toFixed(1)} ms`;

/** A rate of ours and the floor's, a second. */
export function compared(work: string, ours: number, floor: number, name: string, toReach: string): Row {
  return {
    work,
    ours: `${Math.round(ours)}/s`,
    beside: `${Math.round(floor)}/s ${name}`,
    ratio: `${Math.round((100 * ours) / floor)} %`,
    toReach,
  };
}

/** A time of ours at the larger store, and at the smaller one. */
export function grown(
  work: string,
  at: { readonly small: number; readonly large: number },
  times: { readonly small: number; readonly large: number },
  toReach: string,
): Row {
  return {
    work: `${work}, p95 at ${at.large}`,
    ours: ms(times.large),
    beside: `${ms(times.small)} at ${at.small}`,
    ratio: `${(times.large / times.small).toFixed(1)} x`,
    toReach,
  };
}
