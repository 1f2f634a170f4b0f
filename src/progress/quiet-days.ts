/**
 * Days that are no silence, [from, to] both included, as day numbers: breaks of the cohort, suspensions of the learner.
 * Ascending and apart (see `mergePauses`).
 */
export type Pauses = readonly (readonly [number, number])[];

/** Pauses in any order, overlapping or touching -> ascending and apart; empty ones are left out. */
export function mergePauses(pauses: Pauses): Pauses {
  const merged: [number, number][] = [];
  for (const [from, to] of pauses.filter(([from, to]) => from <= to).sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Number of days d with after < d <= upTo outside the pauses (metrics.md "silence"). Never negative. */
export function silentDays(after: number, upTo: number, pauses: Pauses): number {
  let count = Math.max(0, upTo - after);
  for (const [from, to] of pauses) count -= Math.max(0, Math.min(to, upTo) - Math.max(from, after + 1) + 1);
  return count;
}

/** The first day after `after` that counts as silence (metrics.md "drop day"). */
export function firstSilentDay(after: number, pauses: Pauses): number {
  return dayOfSilence(after, 1, pauses);
}

/** The day on which the silence that begins after `after` reaches `length` days. */
export function dayOfSilence(after: number, length: number, pauses: Pauses): number {
  let day = after + length;
  for (const [from, to] of pauses) {
    if (from > day) break;
    if (to > after) day += to - Math.max(from, after + 1) + 1;
  }
  return day;
}
