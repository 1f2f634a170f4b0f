import { z } from 'zod';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Actor } from '../../xapi/statement/types.ts';
import { REASON } from '../../xapi/vocabulary/entry.ts';
import type { Recorder } from '../../xapi/vocabulary/event.ts';
import { WAIVED } from '../../xapi/vocabulary/verbs.ts';
import { contentId } from '../base/content-id.ts';
import type { Problem } from '../base/errors.ts';
import { createCalendar } from '../progress/calendar.ts';
import { type Enrolment, enrolmentsAt, frameOf } from '../progress/enrolments.ts';
import type { Cohort } from './definitions.ts';
import { parseTold } from './parse-attendance.ts';
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
import { type Told, toldOf } from './register-entries.ts';
import { type ToldPeople, toldPeople } from './told-people.ts';

const target = { actor: z.unknown(), unit: z.string().min(1, 'must be the id of a unit') };
const reason = z.string().trim().min(1, 'must say why').max(500, 'must be at most 500 characters');

/** A body of `POST …/waivers`. */
export const waiversSchema = z.array(z.strictObject({ ...target, reason })).max(10_000);
/** A body of `DELETE …/waivers`. */
export const waiverTargetsSchema = z.array(z.strictObject(target)).max(10_000);

/** One waiver to record; `reason` null takes back what was waived. */
export interface WaiverEntry {
  readonly actor: Actor;
  /** Id of the unit. */
  readonly unit: string;
  readonly reason: string | null;
}

/** A waiver that holds. */
export interface Waiver {
  readonly learnerId: string;
  /** Actor key it was recorded under. */
  readonly actor: string;
  readonly unit: string;
  readonly reason: string | null;
  /** Both in ms: from when it counts, and when it was recorded. */
  readonly at: number;
  readonly recordedAt: number;
  readonly recorder: Recorder | null;
}

/** Units that single learners need not do. */
export interface Waivers {
  /**
   * Waives and takes back, all or nothing; what is so already is not recorded again. A waiver counts from now on, in a
   * cohort that is closed from its last instant. Throws `invalid-request` naming each field at fault (`[3].unit`).
   */
  record(cohort: Cohort, entries: readonly WaiverEntry[], recorder: Recorder): Promise<Recorded>;
  /** The waivers that hold, by unit and learner. */
  entries(cohort: Cohort): Promise<readonly Waiver[]>;
}

/** Reads a body of `POST …/waivers`. Throws `invalid-request`. */
export function parseWaivers(body: unknown): readonly WaiverEntry[] {
  return parseTold(waiversSchema, body, 'a waiver');
}

/** Reads a body of `DELETE …/waivers`. Throws `invalid-request`. */
export function parseWaiverTargets(body: unknown): readonly WaiverEntry[] {
  return parseTold(waiverTargetsSchema, body, 'a waiver').map((each) => ({ ...each, reason: null }));
}

interface Placed {
  readonly entry: WaiverEntry;
  readonly learnerId: string;
  readonly told: Told;
  readonly enrolment: Enrolment;
}

export function createWaivers(deps: RecordingDeps): Waivers {
  const known = async (cohort: Cohort) => {
    const facts = await deps.factsOf(cohort);
    const people = await toldPeople(deps.store, cohort, facts);
    const waived = toldOf(facts, people.personOf, ({ meaning }) => meaning === 'waived');
    return { people, waived };
  };

  return {
    record: (cohort, entries, recorder) =>
      keepPlanned(deps, cohort, false, async () => {
        const { people, waived } = await known(cohort);
        const now = deps.clock();
        const enrolments = currentEnrolments(cohort, people, now);
        const problems: Problem[] = [];
        const placed = new Map<string, Placed>();
        for (const [index, entry] of entries.entries()) {
          const learnerId = people.personOf(actorKey(entry.actor) ?? '');
          const enrolment = learnerId === null ? undefined : enrolments.get(learnerId);
          const fault = (field: string, message: string) =>
            problems.push({ path: `[${index}]${field}`, message });
          if (learnerId === null) fault('.actor', 'is nobody enrolled in this cohort');
          else if (enrolment === undefined) fault('.actor', 'is not enrolled in this cohort yet');
          if (!cohort.definition.units.some(({ id }) => id === entry.unit))
            fault('.unit', 'is no unit of this cohort');
          if (learnerId === null || enrolment === undefined) continue;
          const key = `${learnerId}\n${entry.unit}`;
          const other = placed.get(key);
          if (other !== undefined && other.entry.reason !== entry.reason)
            fault('', 'says something else of the same person and unit than an entry before it');
          placed.set(key, {
            entry,
            learnerId,
            told: within(waived(learnerId, entry.unit), enrolment),
            enrolment,
          });
        }
        refuseProblems(problems);
        const changes = [...placed.values()].filter(({ entry, told: { standing } }) =>
          entry.reason === null
            ? standing.length > 0
            : !standing.some(({ entry: held }) => held?.reason === entry.reason),
        );
        return {
          statements: changes.flatMap((change) =>
            statementsOf(deps.publicUrl, cohort, change, { recorder, now }),
          ),
          told: { recorded: changes.length, unchanged: entries.length - changes.length },
          after: lastOf(changes.map(({ told }) => told)),
        };
      }),
    entries: async (cohort) => {
      const { people, waived } = await known(cohort);
      return cohort.definition.units.flatMap(({ id: unit }) =>
        people.learners.flatMap((learnerId): Waiver[] => {
          const [fact] = waived(learnerId, unit).standing;
          if (fact === undefined) return [];
          const { actor, at, stored: recordedAt, entry } = fact;
          const told = { reason: entry?.reason ?? null, recorder: entry?.recorder ?? null };
          return [{ learnerId, actor, unit, at, recordedAt, ...told }];
        }),
      );
    },
  };
}

/** The latest episode of each learner that has begun. */
function currentEnrolments({ definition }: Cohort, people: ToldPeople, now: number) {
  const frame = frameOf(definition, createCalendar(definition.timezone, definition.startsOn), now);
  return new Map(enrolmentsAt(frame, people.episodes).map((each) => [each.learnerId, each]));
}

/** Of an earlier episode a waiver says nothing now. */
function within({ standing, last }: Told, { window }: Enrolment): Told {
  return { standing: standing.filter(({ at }) => at >= window.from && at <= window.to), last };
}

function statementsOf(
  publicUrl: string,
  cohort: Cohort,
  { entry, learnerId, told, enrolment }: Placed,
  { recorder, now }: { readonly recorder: Recorder; readonly now: number },
): readonly OwnStatement[] {
  if (entry.reason === null)
    return told.standing.map(({ statementId }) => voiding(publicUrl, cohort, statementId, recorder));
  const unit = cohort.definition.units.find(({ id }) => id === entry.unit);
  const after = told.last?.statementId ?? '';
  const { from, to } = enrolment.window;
  return [
    {
      id: contentId(['waiver', cohort.org, cohort.id, learnerId, entry.unit, after].join('\n')),
      actor: entry.actor,
      verb: { id: WAIVED, display: { en: 'was waived from', fr: 'a été dispensé·e de' } },
      object: {
        objectType: 'Activity',
        id: entry.unit,
        ...(unit?.title ? { definition: { name: unit.title } } : {}),
      },
      result: { extensions: { [REASON]: entry.reason } },
      context: recordedContext(cohort, enrolment.id, recorder),
      timestamp: new Date(Math.max(from, Math.min(now, to))).toISOString(),
    },
  ];
}
