import { mailDigests } from '../../../../xapi/statement/mail-digests.ts';
import type { CohortStore, IdentityLink, IdentityRule, PeopleAsked } from '../../ports/cohort-store.ts';
import type { MongoContext } from '../context.ts';
import { groupedBy } from '../grouped.ts';
import { keyOf } from '../keys.ts';
import { numbered } from '../numbered.ts';
import { ENROLMENTS, type EnrolmentFields } from './enrolments-collection.ts';
import { createLearners } from './learners.ts';
import {
  IDENTITIES,
  type IdentityFields,
  LINKS,
  type LinkFields,
  RULES,
  type RuleFields,
} from './people-collection.ts';

/** The record that keeps links, but for its number. */
export function linkFields(
  links: readonly IdentityLink[],
): Pick<LinkFields, 'learnerIds' | 'others' | 'links'> {
  return {
    learnerIds: links.map(({ learnerId }) => learnerId),
    others: links.map(({ other }) => other),
    links: links.map((link) => JSON.stringify(link)),
  };
}

const linksOf = (records: readonly LinkFields[]): readonly IdentityLink[] =>
  JSON.parse(`[${records.flatMap(({ links }) => links).join(',')}]`);

/** Learners with their identities, links and rules, and who may be one with whom. */
export function createPeople(
  context: MongoContext,
): Pick<CohortStore, 'people' | 'addIdentityLinks' | 'identityLinks' | 'addIdentityRule' | 'identityRules'> {
  const { model } = context;
  const identities = model(IDENTITIES);
  const enrolments = model(ENROLMENTS);
  const links = model(LINKS);
  const rules = model(RULES);
  const learners = createLearners(context);
  const linkRecords = numbered(links, (numbers, record) => ({ ...numbers, ...record }));
  const ruleRecords = numbered(rules, (numbers, record) => ({ ...numbers, ...record }));

  const identitiesWhere = (where: Record<string, unknown>) => identities.find(where).lean<IdentityFields[]>();

  const askedFor = async (
    org: string,
    { cohortId, actors = [], learnerIds = [] }: PeopleAsked,
  ): Promise<readonly string[]> => {
    const enrolled =
      cohortId === undefined
        ? []
        : await enrolments
            .find({ within: keyOf(org, cohortId) }, { learnerIds: 1 })
            .lean<Pick<EnrolmentFields, 'learnerIds'>[]>();
    const named =
      actors.length === 0
        ? []
        : await Promise.all([
            identitiesWhere({ _id: { $in: actors.map((actor) => keyOf(org, actor)) } }),
            identitiesWhere({ org, mails: { $in: actors.flatMap(mailDigests) } }),
          ]);
    return [
      ...enrolled.flatMap((record) => record.learnerIds),
      ...named.flat().map(({ learnerId }) => learnerId),
      ...learnerIds,
    ];
  };

  /** All whom links and mailboxes lead to, with their identities and links. */
  const near = async (org: string, from: readonly string[]) => {
    const known = new Set<string>();
    const mails = new Set<string>();
    const foundIdentities = new Map<string, IdentityFields>();
    const foundLinks = new Map<string, LinkFields>();
    for (let next = new Set(from); next.size > 0; ) {
      const ids = [...next];
      for (const id of ids) known.add(id);
      const [own, linked, linkedTo] = await Promise.all([
        identitiesWhere({ org, learnerId: { $in: ids } }),
        links.find({ org, learnerIds: { $in: ids } }).lean<LinkFields[]>(),
        links.find({ org, others: { $in: ids } }).lean<LinkFields[]>(),
      ]);
      const newMails = own.flatMap((identity) => identity.mails).filter((mail) => !mails.has(mail));
      for (const mail of newMails) mails.add(mail);
      const sharing = newMails.length === 0 ? [] : await identitiesWhere({ org, mails: { $in: newMails } });
      for (const identity of own) foundIdentities.set(identity.actor, identity);
      for (const record of [...linked, ...linkedTo]) foundLinks.set(record._id, record);
      const reached = linksOf([...linked, ...linkedTo])
        .filter(({ learnerId, other }) => next.has(learnerId) || next.has(other))
        .flatMap(({ learnerId, other }) => [learnerId, other]);
      next = new Set(
        [...reached, ...sharing.map(({ learnerId }) => learnerId)].filter((id) => !known.has(id)),
      );
    }
    return { ids: known, identities: [...foundIdentities.values()], links: [...foundLinks.values()] };
  };

  const identityRules = async (org: string): Promise<readonly IdentityRule[]> => {
    const found = await rules
      .find({ within: keyOf(org) })
      .sort({ n: 1 })
      .lean<RuleFields[]>();
    return found.map(({ value }) => JSON.parse(value));
  };

  return {
    people: async (org, asked) => {
      const found = await near(org, await askedFor(org, asked));
      const [known, kept] = await Promise.all([learners.of(org, found.identities), identityRules(org)]);
      return {
        learners: [...known.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        identities: found.identities
          .map(({ actor, learnerId, recordedAt }) => ({ org, actor, learnerId, recordedAt }))
          .toSorted((a, b) => (a.actor < b.actor ? -1 : 1)),
        links: linksOf(found.links.toSorted((a, b) => a.n - b.n)).filter(({ learnerId }) =>
          found.ids.has(learnerId),
        ),
        rules: kept,
      };
    },
    addIdentityLinks: async (added) => {
      for (const [org, group] of groupedBy(added, (link) => link.org))
        await linkRecords.add([org], { org, ...linkFields(group) });
    },
    identityLinks: async (org) =>
      linksOf(
        await links
          .find({ within: keyOf(org) })
          .sort({ n: 1 })
          .lean<LinkFields[]>(),
      ),
    addIdentityRule: async (rule) => {
      await ruleRecords.add([rule.org], { value: JSON.stringify(rule) });
    },
    identityRules,
  };
}
