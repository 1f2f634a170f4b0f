import { z } from 'zod';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Actor } from '../../xapi/statement/types.ts';
import { CONTACT_NOTE, CONTACT_WAY } from '../../xapi/vocabulary/entry.ts';
import type { ContactWay, Recorder } from '../../xapi/vocabulary/event.ts';
import { CONTACTED } from '../../xapi/vocabulary/verbs.ts';
import { contentId } from '../base/content-id.ts';
import type { Problem } from '../base/errors.ts';
import { type Calendar, createCalendar } from '../progress/calendar.ts';
import { covers } from '../progress/episode.ts';
import type { KnownFact } from '../progress/fact.ts';
import { cohortActivity } from '../progress/place.ts';
import type { Cohort } from './definitions.ts';
import { COURSE_TYPE, ownActivity } from './own-statements.ts';
import {
  keepPlanned,
  type OwnStatement,
  type Plan,
  type Recorded,
  type RecordingDeps,
  recordedContext,
  refuseProblems,
  voiding,
} from './recording.ts';
import { type ToldPeople, toldPeople } from './told-people.ts';

/** Longest note of a contact, in characters. */
export const LONGEST_NOTE = 500;
const HALF_DAY = 12 * 3_600_000;
/** How many days before the cohort begins somebody may have been in touch. */
const LONGEST_BEFORE = 366;

/** A contact to record. */
export interface ContactEntry {
  readonly actor: Actor;
  readonly way: ContactWay;
  /** Null: nothing was noted. */
  readonly note: string | null;
  /** Local date of the cohort, YYYY-MM-DD; null: now. */
  readonly on: string | null;
  /** Names the form that was shown: the same one, filled in alike and sent twice, is recorded once. */
  readonly form: string;
}

/** A contact that holds. Times in ms. */
export interface Contact {
  /** Id of its statement. */
  readonly id: string;
  readonly learnerId: string;
  /** Null where somebody else's statement does not say. */
  readonly way: ContactWay | null;
  readonly note: string | null;
  readonly at: number;
  readonly recordedAt: number;
  readonly recorder: Recorder | null;
}

/** What staff did about learners: whom they called, wrote to or met. */
export interface Contacts {
  /** Throws `invalid-request` naming the field at fault (`actor`, `note`, `on`). */
  record(cohort: Cohort, entry: ContactEntry, recorder: Recorder): Promise<Recorded>;
  /** Voids a contact with this learner; what is none of theirs, or taken back already, is left alone. */
  takeBack(cohort: Cohort, learnerId: string, id: string, recorder: Recorder): Promise<Recorded>;
}

export function createContacts(deps: RecordingDeps): Contacts {
  const nothing: Plan = { statements: [], told: { recorded: 0, unchanged: 1 }, after: 0 };
  const one = (statement: OwnStatement, after: number): Plan => ({
    statements: [statement],
    told: { recorded: 1, unchanged: 0 },
    after,
  });
  return {
    record: (cohort, entry, recorder) =>
      keepPlanned(deps, cohort, false, async () => {
        const facts = await deps.factsOf(cohort);
        const people = await toldPeople(deps.store, cohort, facts);
        const learnerId = people.personOf(actorKey(entry.actor) ?? '');
        const now = deps.clock();
        const calendar = createCalendar(cohort.definition.timezone, cohort.definition.startsOn);
        const dates = { first: calendar.date(-LONGEST_BEFORE), last: calendar.date(calendar.day(now)) };
        refuseProblems(problemsOf(entry, learnerId, dates));
        const { way, note, on, form } = entry;
        let id = contentId(
          JSON.stringify(['contact', cohort.org, cohort.id, learnerId, recorder.id, form, way, note, on]),
        );
        for (;;) {
          const held = facts.find(({ statementId }) => statementId === id);
          if (held === undefined) break;
          if (held.voidedAt === null) return nothing;
          // Taken back, and noted once more.
          id = contentId(`${id}\n${held.voidedAt}`);
        }
        const at = instantOf(entry.on, calendar, now);
        return one({ id, ...statementOf(cohort, entry, episodeId(people, learnerId, at), recorder, at) }, 0);
      }),
    takeBack: (cohort, learnerId, id, recorder) =>
      keepPlanned(deps, cohort, false, async () => {
        const facts = await deps.factsOf(cohort);
        const { personOf } = await toldPeople(deps.store, cohort, facts);
        const held = contactsOf(facts, personOf).find((each) => each.id === id);
        if (held === undefined || held.learnerId !== learnerId) return nothing;
        return one(voiding(deps.publicUrl, cohort, id, recorder), held.recordedAt);
      }),
  };
}

/** The contacts that facts of a cohort tell of, the latest first; voided ones are left out. */
export function contactsOf(
  facts: readonly KnownFact[],
  personOf: (actor: string) => string | null,
): readonly Contact[] {
  const contacts: Contact[] = [];
  for (const fact of facts) {
    // Few facts of many are contacts.
    if (fact.meaning !== 'contacted' || fact.whole !== true || fact.voidedAt !== null) continue;
    const learnerId = personOf(fact.actor);
    if (learnerId === null) continue;
    const { entry } = fact;
    contacts.push({
      id: fact.statementId,
      learnerId,
      way: entry?.contact ?? null,
      note: entry?.reason ?? null,
      at: fact.at,
      recordedAt: fact.stored,
      recorder: entry?.recorder ?? null,
    });
  }
  return contacts.sort((a, b) => b.at - a.at || b.recordedAt - a.recordedAt || (a.id < b.id ? -1 : 1));
}

function problemsOf(
  { note, on }: ContactEntry,
  learnerId: string | null,
  { first, last }: { readonly first: string; readonly last: string },
): readonly Problem[] {
  const problems: Problem[] = [];
  if (learnerId === null) problems.push({ path: 'actor', message: 'is nobody enrolled in this cohort' });
  if ((note?.length ?? 0) > LONGEST_NOTE)
    problems.push({ path: 'note', message: `must be at most ${LONGEST_NOTE} characters` });
  if (on !== null && !(z.iso.date().safeParse(on).success && on >= first && on <= last))
    problems.push({ path: 'on', message: `must be a date from ${first} to ${last}` });
  return problems;
}

/** Of an earlier day nobody says the hour: its noon. */
function instantOf(on: string | null, calendar: Calendar, now: number): number {
  const day = on === null ? null : calendar.dayOfDate(on);
  return day === null || day === calendar.day(now) ? now : calendar.midnight(day) + HALF_DAY;
}

/** The episode that was open then, else the latest. */
function episodeId(people: ToldPeople, learnerId: string | null, at: number): string | null {
  const episodes = learnerId === null ? [] : people.episodesOf(learnerId);
  return (episodes.findLast((each) => covers(each, at)) ?? episodes.at(-1))?.enrolmentId ?? null;
}

function statementOf(
  cohort: Cohort,
  { actor, way, note }: ContactEntry,
  enrolmentId: string | null,
  recorder: Recorder,
  at: number,
): OwnStatement {
  return {
    actor,
    verb: { id: CONTACTED, display: { en: 'was contacted about', fr: 'a été contacté·e au sujet de' } },
    object: ownActivity(cohortActivity(cohort.org, cohort.id), COURSE_TYPE, cohort.definition.title),
    result: { extensions: { [CONTACT_WAY]: way, ...(note === null ? {} : { [CONTACT_NOTE]: note }) } },
    context: recordedContext(cohort, enrolmentId, recorder),
    timestamp: new Date(at).toISOString(),
  };
}
