import type { Unit } from '../../config/cohort-definition.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Recorder } from '../../xapi/vocabulary/event.ts';
import { ABSENT, ATTENDED, EXCUSED } from '../../xapi/vocabulary/verbs.ts';
import { contentId } from '../base/content-id.ts';
import { AssiduError, type Problem } from '../base/errors.ts';
import { covers, type Episode } from '../progress/episode.ts';
import { MINUTE, type Slot, slotOf } from '../progress/sessions.ts';
import type { Cohort } from './definitions.ts';
import { ownActivity } from './own-statements.ts';
import type { AttendanceEntry } from './parse-attendance.ts';
import {
  keepPlanned,
  lastOf,
  type OwnStatement,
  type Recorded,
  type RecordingDeps,
  recordedContext,
  refuseProblems,
  voiding,
} from './recording.ts';
import {
  entryOfFact,
  type RegisterEntry,
  type RegisterStatus,
  registerOf,
  type Told,
} from './register-entries.ts';
import { toldPeople } from './told-people.ts';

/** The registers of a cohort's sessions. */
export interface AttendanceRegister {
  /**
   * Records entries, all or nothing; what the register says already is not recorded again. Throws `invalid-request`
   * naming each field at fault (`[3].session`), `conflict` naming the entries that changed since they were seen.
   */
  record(
    cohort: Cohort,
    entries: readonly AttendanceEntry[],
    recorder: Recorder,
    /** `dry`: says what would be recorded, and records nothing. */
    options?: { readonly dry?: boolean },
  ): Promise<Recorded>;
  /** The entries that hold, by session and learner; of one session when it is named. */
  entries(cohort: Cohort, session: string | null): Promise<readonly RegisterEntry[]>;
}

/** xAPI activity type of a session. */
export const MEETING = 'http://adlnet.gov/expapi/activities/meeting';

const VERBS: Readonly<Record<RegisterStatus, { readonly id: string; readonly display: object }>> = {
  present: { id: ATTENDED, display: { en: 'attended', fr: 'a participé à' } },
  absent: { id: ABSENT, display: { en: 'was absent from', fr: 'était absent·e de' } },
  excused: { id: EXCUSED, display: { en: 'was excused from', fr: 'était excusé·e de' } },
};

/** A session of the cohort. */
interface Session {
  readonly unit: Unit;
  readonly slot: Slot;
}

/** An entry whose session and learner were found. */
interface Placed {
  readonly entry: AttendanceEntry;
  readonly session: Session;
  readonly learnerId: string;
  readonly told: Told;
  readonly episode: Episode | undefined;
}

export function createAttendance(deps: RecordingDeps): AttendanceRegister {
  const known = async (cohort: Cohort) => {
    const facts = await deps.factsOf(cohort);
    const people = await toldPeople(deps.store, cohort, facts);
    return { people, register: registerOf(facts, people.personOf), sessions: sessionsOf(cohort) };
  };

  return {
    record: (cohort, entries, recorder, { dry = false } = {}) =>
      keepPlanned(deps, cohort, dry, async () => {
        const { people, register, sessions } = await known(cohort);
        const problems: Problem[] = [];
        const placed = entries.flatMap((entry, index): Placed[] => {
          const session = sessions.get(entry.session);
          const learnerId = people.personOf(actorKey(entry.actor) ?? '');
          problems.push(...problemsOf(entry, `[${index}]`, session, learnerId, deps.clock()));
          if (session === undefined || learnerId === null) return [];
          const episode = episodeAt(people.episodesOf(learnerId), session.slot.to);
          return [{ entry, session, learnerId, told: register(learnerId, entry.session), episode }];
        });
        refuseProblems(problems);
        const changes = withoutRepeats(placed).filter(({ entry, told }) => !says(told, entry));
        refuseUnseen(entries, changes);
        return {
          statements: changes.flatMap((change) => statementsOf(deps.publicUrl, cohort, change, recorder)),
          told: { recorded: changes.length, unchanged: entries.length - changes.length },
          after: lastOf(changes.map(({ told }) => told)),
        };
      }),
    entries: async (cohort, only) => {
      const { people, register, sessions } = await known(cohort);
      const asked = only === null ? [...sessions.keys()] : [only].filter((id) => sessions.has(id));
      return asked.flatMap((session) =>
        people.learners.flatMap((learnerId) => {
          const [fact] = register(learnerId, session).standing;
          return fact === undefined ? [] : [entryOfFact(fact, learnerId, session)];
        }),
      );
    },
  };
}

function sessionsOf({ definition }: Cohort): ReadonlyMap<string, Session> {
  const sessions = new Map<string, Session>();
  for (const unit of definition.units) {
    const slot = slotOf(unit);
    if (slot !== null) sessions.set(unit.id, { unit, slot });
  }
  return sessions;
}

function problemsOf(
  entry: AttendanceEntry,
  path: string,
  session: Session | undefined,
  learnerId: string | null,
  now: number,
): readonly Problem[] {
  const problems: Problem[] = [];
  const fault = (field: string, message: string) => problems.push({ path: `${path}.${field}`, message });
  if (learnerId === null) fault('actor', 'is nobody enrolled in this cohort');
  if (session === undefined) fault('session', 'is no session of this cohort (a unit satisfied by Attended)');
  else if (entry.status !== null) {
    const minutes = (session.slot.to - session.slot.from) / MINUTE;
    if (session.unit.cancelled) fault('session', 'is cancelled');
    else if (entry.status !== 'excused' && session.slot.to > now)
      fault('session', 'has not ended yet: until then people can only be excused');
    if (entry.minutes !== null && entry.minutes > minutes)
      fault('minutes', `must be at most ${minutes}, the length of the session`);
  }
  return problems;
}

/** The episode open at the session's end, else the latest. */
function episodeAt(episodes: readonly Episode[], instant: number): Episode | undefined {
  return episodes.findLast((episode) => covers(episode, instant)) ?? episodes.at(-1);
}

/** One entry for a learner and a session; two that differ are a fault. */
function withoutRepeats(placed: readonly Placed[]): readonly Placed[] {
  const first = new Map<string, Placed>();
  const problems: Problem[] = [];
  for (const [index, each] of placed.entries()) {
    const key = `${each.learnerId}\n${each.entry.session}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, each);
    else if (other.entry.status !== each.entry.status || other.entry.minutes !== each.entry.minutes)
      problems.push({
        path: `[${index}]`,
        message: 'says something else of the same person and session than an entry before it',
      });
  }
  refuseProblems(problems);
  return [...first.values()];
}

/** Whether the register says already what an entry tells. */
function says({ standing: [held] }: Told, { status, minutes }: AttendanceEntry): boolean {
  if (held === undefined) return status === null;
  const { status: current, minutes: kept } = entryOfFact(held, '', '');
  return current === status && (minutes === kept || status !== 'present' || sameMinutes(kept, minutes));
}

/** Minutes are kept by the second. */
function sameMinutes(kept: number | null, told: number | null): boolean {
  return kept !== null && told !== null && Math.round(kept * 60) === Math.round(told * 60);
}

function refuseUnseen(entries: readonly AttendanceEntry[], changes: readonly Placed[]): void {
  const problems = changes.flatMap(({ entry, told }): Problem[] => {
    if (entry.seen === undefined || entry.seen === (told.standing[0]?.statementId ?? null)) return [];
    return [{ path: `[${entries.indexOf(entry)}]`, message: 'was recorded otherwise meanwhile' }];
  });
  const [first] = problems;
  // Another code than `conflict`, which stands for a plan that is made anew.
  if (first) throw new AssiduError('precondition', `${first.path}: ${first.message}`, { problems });
}

function statementsOf(
  publicUrl: string,
  cohort: Cohort,
  { entry, session, learnerId, told, episode }: Placed,
  recorder: Recorder,
): readonly OwnStatement[] {
  const { status, minutes } = entry;
  if (status === null)
    return told.standing.map(({ statementId }) => voiding(publicUrl, cohort, statementId, recorder));
  const after = told.last?.statementId ?? '';
  return [
    {
      id: contentId(['register', cohort.org, cohort.id, learnerId, entry.session, after].join('\n')),
      actor: entry.actor,
      verb: VERBS[status],
      object: ownActivity(entry.session, MEETING, session.unit.title ?? null),
      ...(minutes === null ? {} : { result: { duration: `PT${Math.round(minutes * 60)}S` } }),
      context: recordedContext(cohort, episode?.enrolmentId ?? null, recorder),
      timestamp: new Date(session.slot.to).toISOString(),
    },
  ];
}
