import { agentOfKey } from '../../../xapi/statement/ifi.ts';
import type { Recorder } from '../../../xapi/vocabulary/event.ts';
import { JOIN, LEAVE } from '../../../xapi/vocabulary/verbs.ts';
import { contentId } from '../../base/content-id.ts';
import { AssiduError, isError } from '../../base/errors.ts';
import { type AttendanceRegister, MEETING } from '../../cohorts/attendance.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import { ownActivity, ownSender } from '../../cohorts/own-statements.ts';
import type { AttendanceEntry } from '../../cohorts/parse-attendance.ts';
import { type OwnStatement, type RecordingDeps, recordedContext } from '../../cohorts/recording.ts';
import { type ToldPeople, toldPeople } from '../../cohorts/told-people.ts';
import { covers } from '../../progress/episode.ts';
import type { ToldColumns } from './columns.ts';
import { decodeText } from './decode.ts';
import { type Session, sessionsOf } from './find-session.ts';
import { matchPeople, namedPeople } from './match-people.ts';
import { type MatchedPresence, type PlannedAttendance, planAttendance } from './plan-attendance.ts';
import type { Interval } from './presence.ts';
import { type Presence, type ReadOptions, readPresences, refused } from './read-presences.ts';
import { readTable, type TableKind } from './read-table.ts';

export interface AttendanceFile {
  readonly bytes: Uint8Array;
  /** Name of the file: who recorded it. */
  readonly name: string;
  /** Whose names are, as a file of its own: columns name, and email or account. */
  readonly people: Uint8Array | null;
  /** What columns are whose names are not known. */
  readonly columns: ToldColumns;
  /** Id of the session, for files whose lines name none. */
  readonly session: string | null;
  readonly dateOrder: ReadOptions['dateOrder'];
  /** Null: the cohort's. */
  readonly timezone: string | null;
  /** Says what would be recorded, and records nothing. */
  readonly dry: boolean;
}

export interface AttendanceReport {
  readonly kind: TableKind;
  /** Ids of the sessions that rows are about. */
  readonly sessions: readonly string[];
  readonly rows: number;
  /** Rows whose learner was found. */
  readonly matched: number;
  /** Of learners in sessions: those whose attendance is new, and those that it said already. */
  readonly recorded: number;
  readonly unchanged: number;
  /** Rows that match nobody, or several people. */
  readonly unmatched: readonly {
    readonly line: number;
    readonly name: string | null;
    readonly email: string | null;
    readonly account: string | null;
    readonly why: 'nobody' | 'several';
  }[];
}

/** Statements, or entries, that share a transaction. */
const BATCH = 1_000;

/**
 * Takes in a register or a report of a virtual class. Joins and leaves become statements, statuses and durations register
 * entries; the same file again records nothing. Throws `invalid-request` naming the lines at fault; then nothing is kept.
 */
export async function importAttendance(
  deps: RecordingDeps & { readonly attendance: AttendanceRegister },
  cohort: Cohort,
  file: AttendanceFile,
): Promise<AttendanceReport> {
  const table = readTable(decodeText(file.bytes), file.columns);
  const named =
    file.people === null ? new Map() : namedPeople(readTable(decodeText(file.people), file.columns, true));
  const options = { dateOrder: file.dateOrder, timezone: file.timezone ?? cohort.definition.timezone };
  const told = file.session === null ? null : sessionNamed(cohort, file.session);
  const presences = readPresences(table, cohort, told, options);
  const session = told ?? (table.kind === 'register' ? null : sessionMet(cohort, presences));

  const facts = await deps.factsOf(cohort);
  const people = await toldPeople(deps.store, cohort, facts);
  const match = matchPeople(people, named);
  const unmatched: AttendanceReport['unmatched'][number][] = [];
  const matched = presences.flatMap((presence): MatchedPresence[] => {
    const { row } = presence;
    const found = match(row);
    const about = presence.session ?? session;
    if ('learnerId' in found && about !== null) return [{ ...presence, ...found, session: about }];
    const { name = null, email = row.cells.upn ?? null, account = null } = row.cells;
    unmatched.push({
      line: row.line,
      name,
      email,
      account,
      why: 'unmatched' in found ? found.unmatched : 'nobody',
    });
    return [];
  });
  const planned = planAttendance(matched);
  refuseUnended(planned, deps.clock());
  const recorder: Recorder = { way: 'file', id: file.name, name: null };
  const known = new Set(facts.map(({ statementId }) => statementId));
  const entries = await recordEntries(deps, cohort, planned, recorder, file.dry);
  const traces = await keepTraces(deps, cohort, { planned, people, recorder, known }, file.dry);
  return {
    kind: table.kind,
    sessions: [...new Set(matched.map(({ session: { unit } }) => unit.id))],
    rows: table.rows.length,
    matched: matched.length,
    recorded: entries.recorded + traces.recorded,
    unchanged: entries.unchanged + traces.unchanged,
    unmatched,
  };
}

function sessionNamed(cohort: Cohort, id: string): Session {
  const found = sessionsOf(cohort).find(({ unit }) => unit.id === id);
  if (found === undefined)
    throw new AssiduError('invalid-request', `session: ${id} is no session of this cohort that takes place`);
  return found;
}

/** The one session during which people of the file were there. */
function sessionMet(cohort: Cohort, presences: readonly Presence[]): Session {
  const sessions = sessionsOf(cohort);
  const met = sessions.filter(({ slot }) =>
    presences.some(({ saying }) => {
      if (saying.kind === 'move') return saying.at >= slot.from && saying.at <= slot.to;
      const interval =
        saying.kind === 'interval' ? saying.interval : saying.kind === 'span' ? saying.span.interval : null;
      return interval !== null && interval[0] < slot.to && (interval[1] ?? slot.to) > slot.from;
    }),
  );
  const [only, second] = met;
  if (only !== undefined && second === undefined) return only;
  const listed = (met.length > 0 ? met : sessions).map(({ unit }) => `\n  ${unit.id}`).join('');
  throw new AssiduError(
    'invalid-request',
    `the file does not tell which session it is about: say --session with one of${listed}`,
  );
}

function refuseUnended(planned: readonly PlannedAttendance[], now: number): void {
  const problems = planned
    .filter(({ session, presence }) => session.slot.to > now && presence.kind === 'traces')
    .map(({ session, lines }) => ({
      path: `line ${lines[0]}`,
      message: `${session.unit.id} has not ended yet`,
    }));
  if (problems.length > 0) throw refused(problems);
}

interface Counts {
  readonly recorded: number;
  readonly unchanged: number;
}

async function recordEntries(
  { attendance }: { readonly attendance: AttendanceRegister },
  cohort: Cohort,
  planned: readonly PlannedAttendance[],
  recorder: Recorder,
  dry: boolean,
): Promise<Counts> {
  const lines: number[] = [];
  const entries: AttendanceEntry[] = [];
  for (const { actor, session, presence } of planned)
    for (const { line, status, minutes } of presence.kind === 'told' ? presence.entries : []) {
      lines.push(line);
      entries.push({ actor: agentOfKey(actor), session: session.unit.id, status, minutes });
    }
  try {
    // All are looked at before the first is kept.
    const whole = await attendance.record(cohort, entries, recorder, { dry: dry || entries.length > BATCH });
    if (dry || entries.length <= BATCH) return whole;
    for (let from = 0; from < entries.length; from += BATCH)
      await attendance.record(cohort, entries.slice(from, from + BATCH), recorder);
    return whole;
  } catch (error) {
    if (!isError(error, 'invalid-request')) throw error;
    throw refused(
      error.problems.map(({ path, message }) => {
        const [, index = '', field = ''] = /^\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
        return {
          path: `line ${lines[Number(index)] ?? '?'}`,
          message: field === '' ? message : `${field} ${message}`,
        };
      }),
    );
  }
}

interface TracesToKeep {
  readonly planned: readonly PlannedAttendance[];
  readonly people: ToldPeople;
  readonly recorder: Recorder;
  /** Ids of statements that are kept already. */
  readonly known: ReadonlySet<string>;
}

async function keepTraces(
  { intake, publicUrl }: RecordingDeps,
  cohort: Cohort,
  { planned, people, recorder, known }: TracesToKeep,
  dry: boolean,
): Promise<Counts> {
  let recorded = 0;
  let unchanged = 0;
  const fresh: OwnStatement[] = [];
  for (const attendance of planned) {
    if (attendance.presence.kind !== 'traces') continue;
    const statements = attendance.presence.intervals
      .flatMap((interval) => movesOf(cohort, people, attendance, interval, recorder))
      .filter(({ id }) => !known.has(id));
    if (statements.length === 0) unchanged += 1;
    else recorded += 1;
    fresh.push(...statements);
  }
  for (let from = 0; !dry && from < fresh.length; from += BATCH)
    await intake.accept(
      ownSender(cohort.org, publicUrl),
      JSON.stringify(fresh.slice(from, from + BATCH)),
      '1.0.3',
    );
  return { recorded, unchanged };
}

/** A join and, where it is told, the leave; the same of the same person always has the same id. */
function movesOf(
  cohort: Cohort,
  people: ToldPeople,
  { learnerId, actor, session: { unit } }: PlannedAttendance,
  [from, to]: Interval,
  recorder: Recorder,
): readonly (OwnStatement & { readonly id: string })[] {
  const episodes = people.episodesOf(learnerId);
  const episode = episodes.findLast((each) => covers(each, from)) ?? episodes.at(-1);
  const move = (verb: string, at: number, display: object) => ({
    id: contentId(['trace', cohort.org, actor, unit.id, verb, at].join('\n')),
    actor: agentOfKey(actor),
    verb: { id: verb, display },
    object: ownActivity(unit.id, MEETING, unit.title ?? null),
    context: recordedContext(cohort, episode?.enrolmentId ?? null, recorder),
    timestamp: new Date(at).toISOString(),
  });
  return [
    move(JOIN, from, { en: 'joined', fr: 'a rejoint' }),
    ...(to === null ? [] : [move(LEAVE, to, { en: 'left', fr: 'a quitté' })]),
  ];
}
