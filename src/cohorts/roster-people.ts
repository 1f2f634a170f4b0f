import type { Member, RosterReading } from '../../lti/services/memberships.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { CohortStore, Learner } from '../storage/ports/cohort-store.ts';
import type { CourseStore, CourseUser } from '../storage/ports/course-store.ts';
import { agentOnPlatform } from './agent-on-platform.ts';
import type { CourseSource } from './course-sources.ts';
import type { Identities } from './identities.ts';
import type { RosterPerson } from './roster-plan.ts';

export interface RosterPeopleDeps {
  readonly store: Pick<CohortStore, 'learnersOf' | 'renameLearner'>;
  readonly courses: Pick<CourseStore, 'users' | 'saveUsers'>;
  readonly identities: Pick<Identities, 'seen'>;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Random UUIDs. */
  readonly newId: () => string;
}

/** Items handed to the store at a time, so that others get their turn. */
const AT_ONCE = 1_000;

/**
 * The people of a reading as learners of ours, made where they are new: a learner who never opened anything exists by
 * their roster. Names follow the platform, and vanish where it hides them.
 */
export async function rosterPeople(
  { context, course, registration }: CourseSource,
  { members }: RosterReading,
  firstReading: boolean,
  { store, courses, identities, clock, newId }: RosterPeopleDeps,
): Promise<readonly RosterPerson[]> {
  const { org } = course;
  const users = new Map((await courses.users(course)).map((user) => [user.sub, user]));
  const standing = members.flatMap((member) => {
    const found = standingOf(member, context.group, users.get(member.sub));
    // A test student whom nothing is known of stays unknown.
    return found === null || (found === 'test' && !users.has(member.sub)) ? [] : [{ member, found }];
  });
  const learners = new Map<string, string>();
  for (const { sub, learnerId } of users.values()) learners.set(sub, learnerId);
  const unseen = standing.filter(({ member }) => !learners.has(member.sub)).map(({ member }) => member);
  for (const some of chunks(unseen)) {
    const asked = some.map((member) => {
      const actor = actorKey(agentOnPlatform(registration, member));
      if (actor === null) throw new Error('an account or mailbox always has a key');
      return { actor, learnerId: newId(), name: member.name };
    });
    const found: readonly Learner[] = await store.learnersOf(org, asked, clock());
    const met = some.map((member, index): CourseUser => {
      const learner = found[index];
      if (learner === undefined) throw new Error('the store answers one learner for each person');
      learners.set(member.sub, learner.id);
      return { sub: member.sub, learnerId: learner.id, groups: null };
    });
    await courses.saveUsers(course, met);
    await Promise.all(
      found.map((learner, index) => {
        const name = some[index]?.name ?? null;
        return learner.name === name ? null : store.renameLearner(org, learner.id, name);
      }),
    );
  }
  const addressed = standing.flatMap(({ member: { sub, email } }) => {
    const learnerId = learners.get(sub);
    return learnerId === undefined ? [] : [{ learnerId, email }];
  });
  for (const some of chunks(addressed)) await identities.seen(org, some);
  return standing.flatMap(({ member, found }) => {
    const learnerId = learners.get(member.sub);
    return learnerId === undefined ? [] : [{ learnerId, standing: found, firstReading }];
  });
}

/** Names that differ from what is kept of a cohort's learners; by learner. */
export function renamed(
  { members }: RosterReading,
  users: readonly CourseUser[],
  kept: readonly Learner[],
): readonly { readonly learnerId: string; readonly name: string | null }[] {
  const names = new Map(kept.map(({ id, name }) => [id, name]));
  const learnerOf = new Map(users.map(({ sub, learnerId }) => [sub, learnerId]));
  return members.flatMap(({ sub, name }) => {
    const learnerId = learnerOf.get(sub);
    return learnerId === undefined || !names.has(learnerId) || names.get(learnerId) === name
      ? []
      : [{ learnerId, name }];
  });
}

/** Null: not in the cohort. Who was deleted, or has no role that we know, is as good as absent. */
function standingOf(
  { role, active, suspended, groups }: Member,
  group: string | undefined,
  user: CourseUser | undefined,
): RosterPerson['standing'] | null {
  const kept = suspended && role === 'learner';
  if (!(active || kept) || role === 'none') return null;
  if (role !== 'learner') return role;
  const standing = kept ? 'suspended' : role;
  if (group === undefined) return standing;
  const told = groups ?? user?.groups ?? null;
  if (told === null) return 'unknown';
  return told.includes(group) ? standing : null;
}

/** The same in parts. */
export function chunks<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const parts: (readonly Item[])[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) parts.push(items.slice(from, from + AT_ONCE));
  return parts;
}
