import { MINUTE, type Slot } from '../../progress/sessions.ts';

/** From one instant to another, ms; `to` null when no leaving was told. */
export type Interval = readonly [from: number, to: number | null];

/** The first join and the last leave of somebody, and the time they were there in between. */
export interface Span {
  readonly interval: Interval;
  /** Minutes. */
  readonly duration: number;
}

/** Several connections of one person as those of one who came and went: overlapping and touching ones are one. */
export function unionOf(intervals: readonly Interval[]): readonly Interval[] {
  const union: [number, number | null][] = [];
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = union.at(-1);
    if (last && (last[1] === null || from <= last[1]))
      last[1] = last[1] === null || to === null ? null : Math.max(last[1], to);
    else union.push([from, to]);
  }
  return union;
}

/** Clocks of exports tell seconds, and cut them off. */
const CLOCK = 2_000;

/** Somebody who was there from the first join to the last leave without a break. */
export function isUnbroken({ interval: [from, to], duration }: Span): boolean {
  return to === null || Math.abs(to - from - duration * MINUTE) <= CLOCK;
}

/** The most that can have been inside the session, minutes: never more than the time told, nor than the span allows. */
export function minutesWithin({ interval: [from, to], duration }: Span, slot: Slot): number {
  const overlap = Math.min(to ?? slot.to, slot.to) - Math.max(from, slot.from);
  return Math.max(0, Math.min(duration, overlap / MINUTE));
}
