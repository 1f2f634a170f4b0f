import type { EnrolmentChange } from '../storage/ports/cohort-store.ts';

type Suspensions = EnrolmentChange['suspensions'];

/** An enrolment as all that was recorded and told of it makes it, at no instant in particular. Times are ms. */
export interface Episode extends EnrolmentChange {
  /** What was recorded of it: one change an episode, several where linked learners were enrolled at the same time. */
  readonly parts: readonly EnrolmentChange[];
}

/** True while it lasts at an instant: from its beginning to before its end. */
export function covers(
  { enrolledAt, endedAt }: Pick<EnrolmentChange, 'enrolledAt' | 'endedAt'>,
  at: number,
): boolean {
  return enrolledAt <= at && (endedAt === null || at < endedAt);
}

/** True of an ending that a person stated: statements do not move it. */
export function isEndedByPerson({ endedAt, source }: EnrolmentChange): boolean {
  return endedAt !== null && (source === 'api' || source === 'file' || source === 'hand');
}

/** Suspensions of both, those that overlap or touch as one; in their order. */
export function unitedSuspensions(all: Suspensions): Suspensions {
  const united: [number, number | null][] = [];
  for (const [from, to] of [...all].sort((a, b) => a[0] - b[0])) {
    const last = united.at(-1);
    if (last && (last[1] === null || from <= last[1]))
      last[1] = last[1] === null || to === null ? null : Math.max(last[1], to);
    else united.push([from, to]);
  }
  return united;
}

/** The order of episodes: by beginning, then by id. */
export function byBeginning(a: EnrolmentChange, b: EnrolmentChange): number {
  return (
    a.enrolledAt - b.enrolledAt ||
    (a.enrolmentId < b.enrolmentId ? -1 : a.enrolmentId > b.enrolmentId ? 1 : 0)
  );
}
