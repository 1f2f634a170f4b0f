import { actorKey, agentOfKey } from '../../xapi/statement/ifi.ts';
import { mailKey } from '../../xapi/statement/mail-digests.ts';
import type { Actor, Agent } from '../../xapi/statement/types.ts';
import { contentId } from '../base/content-id.ts';
import { AssiduError } from '../base/errors.ts';
import { type IdentityRecords, latestLinks, pairOf, personsOf } from '../progress/persons.ts';
import type { CohortStore, IdentityLink, IdentityRule } from '../storage/ports/cohort-store.ts';
import { laterThan } from './episodes.ts';

/** A link that holds, with the two identifiers it makes one. */
export interface LinkView {
  /** Of the pair, so that it stays the same however often they are linked. */
  readonly id: string;
  readonly actors: readonly Agent[];
  readonly by: IdentityLink['by'];
  /** ISO 8601. */
  readonly recordedAt: string;
  readonly recordedBy: string;
}

/** Somebody, with all identifiers and the links between them. */
export interface PersonView {
  readonly learnerId: string;
  readonly name: string | null;
  /** The one known longest first. */
  readonly identifiers: readonly Agent[];
  readonly links: readonly LinkView[];
}

/** Two identifiers, and whether this call changed anything. */
export interface LinkOutcome {
  readonly id: string;
  readonly outcome: 'linked' | 'unlinked' | 'unchanged';
}

/** Which identifiers are one person (docs/identities.md): by rule or by hand, within an organisation, never by name. */
export interface Identities {
  /** Links that hold, oldest first; those of the mailbox rule are not recorded and not here. */
  list(org: string): Promise<readonly LinkView[]>;
  /** Throws `not-found` for an identifier that nobody has. */
  person(org: string, actor: Actor): Promise<PersonView>;
  /** Makes two identifiers one person, at once, in all figures. Throws `invalid-request` for one and the same. */
  link(org: string, actors: readonly [Actor, Actor], by: string): Promise<LinkOutcome>;
  /** Takes them apart, whatever made them one. Throws `conflict` when they are one through others. */
  unlink(org: string, actors: readonly [Actor, Actor], by: string): Promise<LinkOutcome>;
  /** The same for the pair of a link. Throws `not-found`. */
  unlinkById(org: string, id: string, by: string): Promise<LinkOutcome>;
  /** Whether people of several platforms with the same e-mail address are linked, and who said so. */
  emailRule(org: string): Promise<IdentityRule | null>;
  setEmailRule(org: string, on: boolean, by: string): Promise<IdentityRule>;
  /** What launches and rosters tell of addresses: links them where the organisation chose so. No address is kept. */
  seen(org: string, people: readonly SeenPerson[]): Promise<void>;
}

/** A learner and the address that their platform tells; null where it hides it. */
export interface SeenPerson {
  readonly learnerId: string;
  readonly email: string | null;
}

export interface IdentitiesDeps {
  readonly store: CohortStore;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Random UUIDs. */
  readonly newId: () => string;
}

export function createIdentities({ store, clock, newId }: IdentitiesDeps): Identities {
  /** Both learners, made where nobody has the identifier yet, and all that is known of who they are. */
  const pairFor = async (org: string, actors: readonly [Actor, Actor]) => {
    const asked = actors.map((actor) => ({
      actor: keyOf(actor),
      learnerId: newId(),
      name: actor.name ?? null,
    }));
    const [one, two] = await store.learnersOf(org, asked, clock());
    if (one === undefined || two === undefined)
      throw new Error('the store answers one learner for each actor');
    if (one.id === two.id)
      throw new AssiduError('invalid-request', 'actors: are one and the same identifier', {
        problems: [{ path: 'actors', message: 'are one and the same identifier' }],
      });
    return {
      pair: [one.id, two.id] as const,
      people: await store.people(org, { learnerIds: [one.id, two.id] }),
    };
  };

  /** Records what a pair is from now on; `unchanged` when it is so already. */
  const setLinked = async (
    org: string,
    [learnerId, other]: readonly [string, string],
    people: IdentityRecords,
    { linked, by }: { readonly linked: boolean; readonly by: string },
  ): Promise<LinkOutcome> => {
    const id = linkId(org, learnerId, other);
    const areOne = (records: IdentityRecords) => {
      const { ofLearner } = personsOf(records, null);
      return ofLearner(learnerId) === ofLearner(other);
    };
    if (areOne(people) === linked) return { id, outcome: 'unchanged' };
    const before = latestLinks(people.links).get(pairOf(learnerId, other));
    const recordedAt = before ? laterThan(before, clock()) : clock();
    const link: IdentityLink = { org, learnerId, other, linked, by: 'hand', recordedAt, recordedBy: by };
    if (areOne({ ...people, links: [...people.links, link] }) !== linked)
      throw new AssiduError(
        'conflict',
        'they are one person through other identifiers: unlink them from these',
      );
    await store.addIdentityLinks([link]);
    return { id, outcome: linked ? 'linked' : 'unlinked' };
  };

  const emailRule = async (org: string): Promise<IdentityRule | null> =>
    [...(await store.identityRules(org))].sort((a, b) => a.recordedAt - b.recordedAt).at(-1) ?? null;

  const list = async (org: string): Promise<readonly LinkView[]> => {
    const held = [...latestLinks(await store.identityLinks(org)).values()];
    const ids = held.flatMap(({ learnerId, other }) => [learnerId, other]);
    return viewsOf(org, await store.people(org, { learnerIds: ids }));
  };

  return {
    list,
    person: async (org, actor) => {
      const people = await store.people(org, { actors: [keyOf(actor)] });
      const { ofActor, ofLearner, identities } = personsOf(people, null);
      const learnerId = ofActor(keyOf(actor));
      if (learnerId === null) throw new AssiduError('not-found', 'nobody has this identifier');
      const own = identities.filter((each) => ofLearner(each.learnerId) === learnerId);
      const ids = new Set(own.map((each) => each.learnerId));
      const names = new Map(people.learners.map(({ id, name }) => [id, name]));
      const links = people.links.filter(({ learnerId: one, other }) => ids.has(one) && ids.has(other));
      return {
        learnerId,
        name: own.map((each) => names.get(each.learnerId) ?? null).find((name) => name !== null) ?? null,
        identifiers: own.map((each) => agentOfKey(each.actor)),
        links: viewsOf(org, { ...people, links }),
      };
    },
    link: async (org, actors, by) => {
      const { pair, people } = await pairFor(org, actors);
      return setLinked(org, pair, people, { linked: true, by });
    },
    unlink: async (org, actors, by) => {
      const { pair, people } = await pairFor(org, actors);
      return setLinked(org, pair, people, { linked: false, by });
    },
    unlinkById: async (org, id, by) => {
      const found = [...latestLinks(await store.identityLinks(org)).values()].find(
        ({ learnerId, other, linked }) => linked && linkId(org, learnerId, other) === id,
      );
      if (found === undefined) throw new AssiduError('not-found', `there is no link ${id}`);
      const pair = [found.learnerId, found.other] as const;
      return setLinked(org, pair, await store.people(org, { learnerIds: pair }), { linked: false, by });
    },
    emailRule,
    setEmailRule: async (org, on, by) => {
      const held = await emailRule(org);
      if (held?.on === on) return held;
      const recordedAt = held ? laterThan(held, clock()) : clock();
      const rule: IdentityRule = { org, rule: 'email', on, recordedAt, recordedBy: by };
      await store.addIdentityRule(rule);
      return rule;
    },
    seen: async (org, people) => {
      const told = people.flatMap(({ learnerId, email }) =>
        email === null || email.trim() === '' ? [] : [{ learnerId, actor: mailKey(email) }],
      );
      if (told.length === 0 || !(await emailRule(org))?.on) return;
      const asked = told.map(({ actor }) => ({ actor, learnerId: newId(), name: null }));
      const holders = await store.learnersOf(org, asked, clock());
      const known = await store.people(org, { learnerIds: told.map(({ learnerId }) => learnerId) });
      const pairs = latestLinks(known.links);
      const links = told.flatMap(({ learnerId }, index): IdentityLink[] => {
        const other = holders[index]?.id ?? learnerId;
        // What a person decided of a pair stays so.
        if (other === learnerId || pairs.has(pairOf(learnerId, other))) return [];
        const recording = { recordedAt: clock(), recordedBy: 'email' };
        return [{ org, learnerId, other, linked: true, by: 'email', ...recording }];
      });
      if (links.length > 0) await store.addIdentityLinks(links);
    },
  };
}

function keyOf(actor: Actor): string {
  const key = actorKey(actor);
  if (key === null) throw new AssiduError('invalid-request', 'an identifier is needed: names link nobody');
  return key;
}

function linkId(org: string, a: string, b: string): string {
  return contentId(['link', org, pairOf(a, b)].join('\n'));
}

/** The links that hold among people. */
function viewsOf(org: string, { identities, links, rules }: IdentityRecords): readonly LinkView[] {
  const actors = new Map(identities.map(({ learnerId, actor }) => [learnerId, actor]));
  const byMail = [...rules].sort((a, b) => a.recordedAt - b.recordedAt).at(-1)?.on ?? false;
  return [...latestLinks(links).values()]
    .filter(({ linked, by }) => linked && (by === 'hand' || byMail))
    .sort(
      (a, b) =>
        a.recordedAt - b.recordedAt ||
        (linkId(org, a.learnerId, a.other) < linkId(org, b.learnerId, b.other) ? -1 : 1),
    )
    .map(({ learnerId, other, by, recordedAt, recordedBy }) => ({
      id: linkId(org, learnerId, other),
      actors: [learnerId, other].flatMap((each) => {
        const actor = actors.get(each);
        return actor === undefined ? [] : [agentOfKey(actor)];
      }),
      by,
      recordedAt: new Date(recordedAt).toISOString(),
      recordedBy,
    }));
}
