import { z } from 'zod';
import { instant } from '../../config/cohort-definition.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Actor } from '../../xapi/statement/types.ts';
import { validateStatement } from '../../xapi/statement/validate.ts';
import { AssiduError, type Problem } from '../base/errors.ts';
import { createCalendar } from '../progress/calendar.ts';
import { latestChanges } from '../progress/enrolments.ts';
import type {
  CohortStore,
  EnrolmentChange,
  EnrolmentSource,
  Learner,
} from '../storage/ports/cohort-store.ts';
import { type Cohort, pathText } from './definitions.ts';
import { firstOfEpisode, heldEpisode, isSame, laterThan } from './episodes.ts';

const requestSchema = z
  .array(
    z
      .strictObject({
        actor: z.record(z.string(), z.unknown()),
        enrolledAt: instant.optional(),
        endedAt: instant.optional(),
        reason: z.enum(['withdrawn', 'removed', 'transferred', 'excluded']).optional(),
      })
      .refine((entry) => entry.reason === undefined || entry.endedAt !== undefined, {
        path: ['endedAt'],
        message: 'is needed with a reason',
      })
      .refine(
        ({ enrolledAt, endedAt }) =>
          enrolledAt === undefined || endedAt === undefined || Date.parse(endedAt) >= Date.parse(enrolledAt),
        { path: ['endedAt'], message: 'must not be before enrolledAt' },
      ),
  )
  .max(50_000);

/** One enrolment to record. Times in ms since the epoch; without `enrolledAt` the start of the cohort is assumed. */
export interface EnrolmentEntry {
  readonly actor: Actor;
  readonly enrolledAt: number | null;
  readonly endedAt: number | null;
  readonly reason: EnrolmentChange['reason'];
}

/** A body of `POST …/enrolments`. Throws `invalid-request` naming each field at fault (`[3].actor.mbox`). */
export function parseEnrolments(body: unknown): readonly EnrolmentEntry[] {
  const parsed = requestSchema.safeParse(body);
  const problems: Problem[] = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue): Problem[] =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => ({
              path: pathText([...issue.path, key]),
              message: 'is not a field of an enrolment',
            }))
          : [{ path: pathText(issue.path), message: issue.message }],
      );
  const entries: EnrolmentEntry[] = [];
  for (const [index, entry] of (parsed.data ?? []).entries()) {
    const checked = validateStatement(
      { actor: entry.actor, verb: { id: 'urn:assidu:any' }, object: { id: 'urn:assidu:any' } },
      '2.0.0',
    );
    if (!checked.ok) {
      for (const { path, message } of checked.problems)
        problems.push({ path: `[${index}].${path}`, message });
    } else if (actorKey(checked.statement.actor) === null) {
      problems.push({ path: `[${index}].actor`, message: 'must have an inverse functional identifier' });
    } else {
      entries.push({
        actor: checked.statement.actor,
        enrolledAt: entry.enrolledAt === undefined ? null : Date.parse(entry.enrolledAt),
        endedAt: entry.endedAt === undefined ? null : Date.parse(entry.endedAt),
        reason: entry.reason ?? null,
      });
    }
  }
  const [first] = problems;
  if (first)
    throw new AssiduError('invalid-request', `${first.path || 'body'}: ${first.message}`, { problems });
  return entries;
}

/** Enrolments of cohorts: episodes, as they are told by launches, rosters and people. */
export interface Enrolments {
  /** Records all entries; the same told again changes nothing. */
  record(
    cohort: Cohort,
    entries: readonly EnrolmentEntry[],
    source: EnrolmentSource,
  ): Promise<{ readonly recorded: number; readonly unchanged: number }>;
  /** The learner's open episode, made from the launch's instant (ms) on when there is none. Null when excluded. */
  enrolOnLaunch(cohort: Cohort, learner: Learner, at: number): Promise<EnrolmentChange | null>;
  /** Excludes a member of staff from the cohort's figures (lti.md "Which cohort"). */
  exclude(cohort: Cohort, learner: Learner): Promise<void>;
  /** Changes that hold, one per episode. */
  current(cohort: Cohort): Promise<readonly EnrolmentChange[]>;
}

export interface EnrolmentDeps {
  readonly store: CohortStore;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Random UUIDs. */
  readonly newId: () => string;
}

/** Of which cohort, beginning when (ms), and by whom entries are told. */
interface Telling {
  readonly cohort: Cohort;
  readonly start: number;
  readonly source: EnrolmentSource;
}

export function createEnrolments({ store, clock, newId }: EnrolmentDeps): Enrolments {
  const current = async (cohort: Cohort) =>
    latestChanges(await store.enrolmentChanges(cohort.org, cohort.id), null);

  const episodesOf = async (cohort: Cohort, learnerId: string) =>
    (await current(cohort)).filter((each) => each.learnerId === learnerId);

  const newEpisode = (
    cohort: Cohort,
    learnerId: string,
    earlier: readonly EnrolmentChange[],
    enrolledAt: number,
  ) => firstOfEpisode(cohort, learnerId, earlier.length, { enrolledAt, recordedAt: clock() });

  const recordedAfter = (held: EnrolmentChange) => laterThan(held, clock());

  /** The change that an entry makes for a learner with these episodes; null when it says what holds already. */
  const changeFor = (
    { cohort, source, start }: Telling,
    learnerId: string,
    known: readonly EnrolmentChange[],
    entry: EnrolmentEntry,
  ): EnrolmentChange | null => {
    const held = heldEpisode(known, entry, clock());
    if (held?.reason === 'excluded') return null;
    // Without a date the first telling assumes the start; who is told again after an ending came back by now.
    const assumed = known.length === 0 ? start : clock();
    const enrolledAt = entry.enrolledAt ?? held?.enrolledAt ?? Math.min(assumed, entry.endedAt ?? assumed);
    const told: EnrolmentChange = {
      ...(held ?? newEpisode(cohort, learnerId, known, enrolledAt)),
      enrolledAt,
      enrolledAtSource: entry.enrolledAt === null ? (held?.enrolledAtSource ?? 'assumed') : 'stated',
      endedAt: entry.endedAt,
      reason: entry.endedAt === null ? null : (entry.reason ?? 'removed'),
      source,
      recordedAt: held ? recordedAfter(held) : clock(),
    };
    return held && isSame(held, told) ? null : told;
  };

  return {
    current,
    record: async (cohort, entries, source) => {
      const episodes = new Map<string, EnrolmentChange[]>();
      for (const change of await current(cohort))
        episodes.set(change.learnerId, [...(episodes.get(change.learnerId) ?? []), change]);
      const changes: EnrolmentChange[] = [];
      const { timezone, startsOn } = cohort.definition;
      const telling = { cohort, source, start: createCalendar(timezone, startsOn).midnight(0) };
      for (const entry of entries) {
        const actor = actorKey(entry.actor);
        if (actor === null) throw new AssiduError('invalid-request', 'actor: has no identifier');
        const learner = await store.learnerOf(cohort.org, actor, {
          learnerId: newId(),
          name: entry.actor.name ?? null,
          at: clock(),
        });
        if (learner.name === null && entry.actor.name !== undefined)
          await store.renameLearner(cohort.org, learner.id, entry.actor.name);
        const known = episodes.get(learner.id) ?? [];
        const told = changeFor(telling, learner.id, known, entry);
        if (told === null) continue;
        changes.push(told);
        const others = known.filter(({ enrolmentId }) => enrolmentId !== told.enrolmentId);
        episodes.set(learner.id, [...others, told]);
      }
      if (changes.length > 0) await store.addEnrolmentChanges(changes);
      return { recorded: changes.length, unchanged: entries.length - changes.length };
    },
    enrolOnLaunch: async (cohort, learner, at) => {
      const own = await episodesOf(cohort, learner.id);
      // A former member of staff whom a roster counts again has an open episode beside the excluded one.
      const open = own.find(
        ({ endedAt, reason }) => reason !== 'excluded' && (endedAt === null || endedAt > at),
      );
      if (open) return open;
      if (own.some(({ reason }) => reason === 'excluded')) return null;
      const made: EnrolmentChange = { ...newEpisode(cohort, learner.id, own, at), source: 'launch' };
      await store.addEnrolmentChanges([made]);
      return made;
    },
    exclude: async (cohort, learner) => {
      const own = await episodesOf(cohort, learner.id);
      // What a roster excluded it may count again; a launch as staff is stronger.
      const counted = own.filter(({ reason, source }) => reason !== 'excluded' || source === 'roster');
      if (own.length > 0 && counted.length === 0) return;
      const excluded = (counted.length > 0 ? counted : [newEpisode(cohort, learner.id, own, clock())]).map(
        (each): EnrolmentChange => ({
          ...each,
          endedAt: each.endedAt ?? clock(),
          reason: 'excluded',
          source: 'launch',
          recordedAt: recordedAfter(each),
        }),
      );
      await store.addEnrolmentChanges(excluded);
    },
  };
}
