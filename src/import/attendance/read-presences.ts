import { AssiduError, type Problem } from '../../base/errors.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import type { RegisterStatus } from '../../cohorts/register-entries.ts';
import { type Session, sessionOfRow, sessionsOf } from './find-session.ts';
import type { Interval, Span } from './presence.ts';
import { type DateOrder, type DateReader, type DateText, dateReader } from './read-dates.ts';
import type { Row, Table } from './read-table.ts';
import { durationMinutes, moveOf, statusOf } from './words.ts';

/** What a row says of somebody's presence. Times are ms, durations minutes. */
export type Saying =
  | { readonly kind: 'interval'; readonly interval: Interval }
  | { readonly kind: 'move'; readonly move: 'joined' | 'left'; readonly at: number }
  | { readonly kind: 'span'; readonly span: Span }
  | { readonly kind: 'duration'; readonly duration: number }
  | { readonly kind: 'status'; readonly status: RegisterStatus; readonly minutes: number | null };

export interface Presence {
  readonly row: Row;
  readonly saying: Saying;
  /** The session that the row names; null: the file's. */
  readonly session: Session | null;
}

export interface ReadOptions {
  readonly dateOrder: DateOrder | null;
  /** IANA zone of times without one. */
  readonly timezone: string;
}

/** Rows -> what they say; every line that cannot be read is a fault. Throws `invalid-request` naming the lines. */
export function readPresences(
  table: Table,
  cohort: Cohort,
  session: Session | null,
  { dateOrder, timezone }: ReadOptions,
): readonly Presence[] {
  const dates = dateReader(datesOf(table), dateOrder, timezone);
  if ('problems' in dates) throw refused(dates.problems);
  const sessions = sessionsOf(cohort);
  const problems: Problem[] = [];
  const presences = table.rows.flatMap((row): Presence[] => {
    const saying = sayingOf(row, table, dates.reader);
    const names = row.cells.session !== undefined || row.cells.date !== undefined;
    const named =
      table.kind === 'register' && (names || session === null)
        ? sessionOfRow(row, cohort, sessions, dates.reader)
        : session;
    const faults = [saying, named].flatMap((read) => (read !== null && 'fault' in read ? [read.fault] : []));
    for (const message of faults) problems.push({ path: `line ${row.line}`, message });
    if ('fault' in saying || (named !== null && 'fault' in named)) return [];
    return [{ row, saying, session: named }];
  });
  if (problems.length > 0) throw refused(problems);
  return presences;
}

/** A file that is not taken in: every line at fault is named. */
export function refused(problems: readonly Problem[]): AssiduError {
  const [first] = problems;
  return new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, { problems });
}

function datesOf({ rows }: Table): readonly DateText[] {
  return rows.flatMap(({ line, cells }) =>
    [cells.joined, cells.left, cells.firstJoined, cells.lastLeft, cells.timestamp, cells.date].flatMap(
      (text) => (text === undefined ? [] : [{ line, text }]),
    ),
  );
}

type Read = Saying | { readonly fault: string };

function sayingOf({ cells }: Row, { kind, inMinutes }: Table, dates: DateReader): Read {
  switch (kind) {
    case 'register':
      return statusSaying(cells, inMinutes);
    case 'connections': {
      const interval = intervalOf(cells.joined, cells.left, dates);
      return 'fault' in interval ? interval : { kind: 'interval', interval: interval.interval };
    }
    case 'spans': {
      const interval = intervalOf(cells.firstJoined, cells.lastLeft, dates);
      const duration = minutesOf(cells.duration, inMinutes);
      if ('fault' in interval) return interval;
      if (typeof duration !== 'number') return duration;
      return { kind: 'span', span: { interval: interval.interval, duration } };
    }
    case 'durations': {
      const duration = minutesOf(cells.duration, inMinutes);
      return typeof duration === 'number' ? { kind: 'duration', duration } : duration;
    }
    case 'moves': {
      const move = moveOf(cells.action ?? '');
      const at = dates.instant(cells.timestamp ?? '');
      if (move === null) return { fault: `${cells.action ?? 'the action'} is neither joined nor left` };
      return at === null
        ? { fault: `${cells.timestamp ?? 'the timestamp'} is no date and time` }
        : { kind: 'move', move, at };
    }
  }
}

function statusSaying(cells: Row['cells'], inMinutes: boolean): Read {
  const status = statusOf(cells.status ?? '');
  if (status === null)
    return {
      fault: `status: ${cells.status ?? 'nothing'} is not present, absent or excused (présent, absent, excusé)`,
    };
  const minutes =
    cells.minutes !== undefined
      ? minutesOf(cells.minutes, true)
      : cells.duration === undefined
        ? null
        : minutesOf(cells.duration, inMinutes);
  if (minutes !== null && typeof minutes !== 'number') return minutes;
  if (minutes !== null && status !== 'present')
    // Zero is what spreadsheets fill in for who was not there.
    return minutes === 0
      ? { kind: 'status', status, minutes: null }
      : { fault: 'minutes: are told of who was present only' };
  return { kind: 'status', status, minutes };
}

function intervalOf(
  joined: string | undefined,
  left: string | undefined,
  dates: DateReader,
): { readonly interval: Interval } | { readonly fault: string } {
  const from = dates.instant(joined ?? '');
  const to = left === undefined ? null : dates.instant(left);
  if (from === null) return { fault: `join: ${joined ?? 'nothing'} is no date and time` };
  if (left !== undefined && to === null) return { fault: `leave: ${left} is no date and time` };
  return to !== null && to < from ? { fault: 'leave: is before the join' } : { interval: [from, to] };
}

function minutesOf(text: string | undefined, inMinutes: boolean): number | { readonly fault: string } {
  const minutes = durationMinutes(text ?? '', inMinutes);
  return (
    minutes ?? {
      fault: `duration: ${text ?? 'nothing'} is not understood (90 under “minutes”, 1:30:00, 1h 30m)`,
    }
  );
}
