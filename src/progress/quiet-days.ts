/** Days that are no silence, [from, to] both included, as day numbers: breaks of the cohort, suspensions of the learner. */
export type Pauses = readonly (readonly [number, number])[];

function isPaused(day: number, pauses: Pauses): boolean {
  return pauses.some(([from, to]) => from <= day && day <= to);
}

/** Number of days d with after < d <= upTo outside the pauses (metrics.md "silence"). Never negative. */
export function silentDays(after: number, upTo: number, pauses: Pauses): number {
  let count = Math.max(0, upTo - after);
  const merged: [number, number][] = [];
  for (const [from, to] of [...pauses].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  for (const [from, to] of merged) count -= Math.max(0, Math.min(to, upTo) - Math.max(from, after + 1) + 1);
  return Math.max(0, count);
}

/** The first day after `after` that counts as silence (metrics.md "drop day"). */
export function firstSilentDay(after: number, pauses: Pauses): number {
  let day = after + 1;
  while (isPaused(day, pauses)) day += 1;
  return day;
}

/** The day on which the silence that begins after `after` reaches `length` days. */
export function dayOfSilence(after: number, length: number, pauses: Pauses): number {
  let day = after;
  for (let counted = 0; counted < length; ) {
    day += 1;
    if (!isPaused(day, pauses)) counted += 1;
  }
  return day;
}
