import type { EnrolmentChange } from '../storage/ports/cohort-store.ts';
import type { RosterKnown } from '../storage/ports/roster-store.ts';

/** A person as the rosters of a cohort's courses show them, all read together. */
export interface RosterPerson {
  readonly learnerId: string;
  /** `suspended`: still in the course, but kept out for a while. `unknown`: in the course, but nobody told whether in the cohort's group: nothing follows from it. */
  readonly standing: 'learner' | 'suspended' | 'staff' | 'test' | 'unknown';
  /** They are only in rosters that are read whole for the first time, or never were: their beginning is not known. */
  readonly firstReading: boolean;
}

/** Everything that a synchronisation goes by. */
export interface RosterFacts {
  readonly people: readonly RosterPerson[];
  /** Whether every roster was read whole. What a broken reading lacks is unknown, not gone. */
  readonly whole: boolean;
  /** The changes that hold, one per episode. */
  readonly episodes: readonly EnrolmentChange[];
  readonly known: readonly RosterKnown[];
  /** Learners whose removal a person has confirmed. */
  readonly confirmed: ReadonlySet<string>;
  /** ms since the epoch. */
  readonly now: number;
}

/** What a synchronisation changes; learners in the order of their ids. */
export interface RosterPlan {
  /** `start`: enrolled from the cohort's start on, which is assumed; `now`: from this synchronisation on. */
  readonly enrol: readonly { readonly learnerId: string; readonly from: 'start' | 'now' }[];
  /** Back after an ending: a new episode. */
  readonly resume: readonly string[];
  /** Gone from the roster. */
  readonly end: readonly string[];
  /** Staff and test students: they count nowhere. */
  readonly exclude: readonly string[];
  /** Kept out by their platform for a while: their enrolment pauses. */
  readonly suspend: readonly string[];
  /** No more kept out, after a roster had said so. */
  readonly unsuspend: readonly string[];
  /** Removals held back by the brake, and their share of the learners whom the roster held. */
  readonly held: { readonly learnerIds: readonly string[]; readonly share: number } | null;
  /** Whom the roster newly contains, or does not any more. */
  readonly known: readonly RosterKnown[];
}

/** Above this share of removals in one synchronisation all are held (lti.md "Roster brake"). */
export const BRAKE = 0.2;

/**
 * What follows from a cohort's rosters. Nobody ends whom no roster ever contained: they were enrolled by other means.
 * Who was ended by other means while the roster went on naming them stays ended; who was gone from it and is there again
 * comes back. The order of people changes nothing, nor does the same roster once more.
 */
export function rosterPlan({ people, whole, episodes, known, confirmed, now }: RosterFacts): RosterPlan {
  const own = episodesByLearner(episodes);
  const isOpen = (learnerId: string): boolean =>
    (own.get(learnerId) ?? []).some(
      ({ reason, endedAt }) => reason !== 'excluded' && (endedAt === null || endedAt > now),
    );
  const presence = new Map(known.map(({ learnerId, present }) => [learnerId, present]));
  const standings = mergedStandings(people);

  const enrol: { learnerId: string; from: 'start' | 'now' }[] = [];
  const resume: string[] = [];
  const removals: string[] = [];
  const exclude: string[] = [];
  const suspend: string[] = [];
  const unsuspend: string[] = [];
  for (const { learnerId, standing, firstReading } of standings.values()) {
    const earlier = own.get(learnerId) ?? [];
    if (standing === 'learner') {
      const since = presence.get(learnerId);
      const appeared = since === undefined ? !firstReading : !since;
      if (isOpen(learnerId)) {
        if (isSuspended(earlier, now, 'roster')) unsuspend.push(learnerId);
        continue;
      }
      if (earlier.length === 0) enrol.push({ learnerId, from: firstReading ? 'start' : 'now' });
      else if (earlier.some(({ reason }) => reason === 'excluded')) {
        if (earlier.every(({ reason, source }) => reason !== 'excluded' || source === 'roster'))
          resume.push(learnerId);
      } else if (appeared) resume.push(learnerId);
    } else if (standing === 'suspended') {
      if (isOpen(learnerId) && !isSuspended(earlier, now)) suspend.push(learnerId);
    } else if (standing === 'staff' || standing === 'test') {
      const counted = earlier.some(({ reason }) => reason !== 'excluded');
      if (!counted && (standing === 'test' || earlier.length > 0)) continue;
      if (presence.has(learnerId) && isOpen(learnerId)) removals.push(learnerId);
      else exclude.push(learnerId);
    }
  }
  if (whole)
    for (const learnerId of presence.keys())
      if (!standings.has(learnerId) && isOpen(learnerId)) removals.push(learnerId);

  const governed = [...presence.keys()].filter((id) => isOpen(id) && !confirmed.has(id)).length;
  const doubtful = removals.filter((id) => !confirmed.has(id)).sort();
  const share = governed === 0 ? 0 : doubtful.length / governed;
  const held = share > BRAKE ? { learnerIds: doubtful, share } : null;
  const removed = held === null ? removals : removals.filter((id) => confirmed.has(id));
  const gone = new Set(removed);
  const nowKnown: RosterKnown[] = [];
  for (const { learnerId, standing } of standings.values())
    if (standing === 'learner' && presence.get(learnerId) !== true)
      nowKnown.push({ learnerId, present: true });
  for (const [learnerId, present] of presence) {
    const standing = standings.get(learnerId)?.standing;
    const away = standing === undefined ? whole : standing === 'staff' || standing === 'test';
    if (present && away && (gone.has(learnerId) || !isOpen(learnerId)))
      nowKnown.push({ learnerId, present: false });
  }
  return {
    enrol: enrol.sort(byLearner),
    resume: resume.sort(),
    end: removed.filter((id) => !standings.has(id)).sort(),
    exclude: [...exclude, ...removed.filter((id) => standings.has(id))].sort(),
    suspend: suspend.sort(),
    unsuspend: unsuspend.sort(),
    held,
    known: nowKnown.sort(byLearner),
  };
}

function byLearner(a: { readonly learnerId: string }, b: { readonly learnerId: string }): number {
  return a.learnerId < b.learnerId ? -1 : 1;
}

/** Whether an open episode pauses; if asked, since it was `by` this source that it was last changed. */
function isSuspended(
  episodes: readonly EnrolmentChange[],
  now: number,
  by?: EnrolmentChange['source'],
): boolean {
  return episodes.some(
    ({ reason, endedAt, suspensions, source }) =>
      reason !== 'excluded' &&
      (endedAt === null || endedAt > now) &&
      (by === undefined || source === by) &&
      suspensions.some(([from, to]) => from <= now && to === null),
  );
}

const RANKS = ['staff', 'learner', 'suspended', 'test', 'unknown'] as const;

/** One standing per learner: staff of one course of the cohort are no learners in another. */
function mergedStandings(people: readonly RosterPerson[]): ReadonlyMap<string, RosterPerson> {
  const merged = new Map<string, RosterPerson>();
  for (const person of people) {
    const held = merged.get(person.learnerId);
    const first = held === undefined || RANKS.indexOf(person.standing) < RANKS.indexOf(held.standing);
    merged.set(person.learnerId, {
      ...(first ? person : held),
      firstReading: person.firstReading && (held?.firstReading ?? true),
    });
  }
  return merged;
}

function episodesByLearner(
  episodes: readonly EnrolmentChange[],
): ReadonlyMap<string, readonly EnrolmentChange[]> {
  const byLearner = new Map<string, EnrolmentChange[]>();
  for (const change of episodes) {
    const own = byLearner.get(change.learnerId);
    if (own) own.push(change);
    else byLearner.set(change.learnerId, [change]);
  }
  return byLearner;
}
