import type { RegisterStatus } from '../../cohorts/register-entries.ts';
import { MINUTE } from '../../progress/sessions.ts';
import type { Session } from './find-session.ts';
import { type Interval, isUnbroken, minutesWithin, type Span, unionOf } from './presence.ts';
import type { Presence } from './read-presences.ts';

/** What a file says of one learner in one session, all their rows together. */
export interface PlannedAttendance {
  readonly learnerId: string;
  /** Actor key. */
  readonly actor: string;
  readonly session: Session;
  readonly lines: readonly number[];
  readonly presence: Traces | Told;
}

/** When somebody was there. */
export interface Traces {
  readonly kind: 'traces';
  readonly intervals: readonly Interval[];
}

/** What a register says; of a register each row by itself, so that two that differ are told apart. */
export interface Told {
  readonly kind: 'told';
  readonly entries: readonly {
    readonly line: number;
    readonly status: RegisterStatus;
    readonly minutes: number | null;
  }[];
}

/** A presence whose learner was found. */
export interface MatchedPresence extends Presence {
  readonly learnerId: string;
  readonly actor: string;
  readonly session: Session;
}

/** Rows -> one attendance a learner and session: several connections of somebody are their union. */
export function planAttendance(presences: readonly MatchedPresence[]): readonly PlannedAttendance[] {
  const groups = new Map<string, MatchedPresence[]>();
  for (const presence of presences) {
    const key = `${presence.learnerId}\n${presence.session.unit.id}`;
    groups.set(key, [...(groups.get(key) ?? []), presence]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { learnerId, actor, session } = first;
    const lines = group.map(({ row }) => row.line);
    return [{ learnerId, actor, session, lines, presence: presenceOf(group, session) }];
  });
}

function presenceOf(group: readonly MatchedPresence[], session: Session): Traces | Told {
  const entries: Told['entries'][number][] = [];
  const intervals: Interval[] = [];
  const moves: { readonly move: 'joined' | 'left'; readonly at: number }[] = [];
  const spans: Span[] = [];
  const durations: number[] = [];
  for (const { row, saying } of group) {
    if (saying.kind === 'status')
      entries.push({ line: row.line, status: saying.status, minutes: saying.minutes });
    else if (saying.kind === 'interval') intervals.push(saying.interval);
    else if (saying.kind === 'move') moves.push(saying);
    else if (saying.kind === 'span') spans.push(saying.span);
    else durations.push(saying.duration);
  }
  if (entries.length > 0) return { kind: 'told', entries };
  if (moves.length > 0) return { kind: 'traces', intervals: unionOf([...intervals, ...intervalsOf(moves)]) };
  const broken = spans.some((span) => !isUnbroken(span));
  if (durations.length === 0 && !broken)
    return { kind: 'traces', intervals: unionOf([...intervals, ...spans.map(({ interval }) => interval)]) };
  // Of several rows of one person nobody knows whether they overlap: the longest is sure.
  const length = (session.slot.to - session.slot.from) / MINUTE;
  const minutes = Math.min(
    length,
    Math.max(...durations, ...spans.map((span) => minutesWithin(span, session.slot))),
  );
  const [line = 0] = group.map(({ row }) => row.line);
  return { kind: 'told', entries: [{ line, status: 'present', minutes }] };
}

/** Joins and leaves, one a line -> intervals; a leave without a join is nothing. */
function intervalsOf(
  moves: readonly { readonly move: 'joined' | 'left'; readonly at: number }[],
): readonly Interval[] {
  const found: [number, number | null][] = [];
  let open: [number, number | null] | null = null;
  for (const { move, at } of [...moves].sort((a, b) => a.at - b.at)) {
    if (move === 'joined' && open === null) {
      open = [at, null];
      found.push(open);
    } else if (move === 'left' && open !== null) {
      open[1] = at;
      open = null;
    }
  }
  return found;
}
