import { ENROLMENTS, type EnrolmentFields } from '../cohort-records/enrolments-collection.ts';
import {
  IDENTITIES,
  type IdentityFields,
  LINKS,
  type LinkFields,
} from '../cohort-records/people-collection.ts';
import type { MongoContext } from '../context.ts';
import { keyOf } from '../keys.ts';
import {
  GRADE_LINES,
  GRADES_SENT,
  type GradeLineFields,
  type GradeSentFields,
} from '../lti/grades-collection.ts';
import type { PersonalKind } from './personal-records.ts';

type Shown = Readonly<Record<string, unknown>>;

/** What was kept as JSON, without the organisation. */
function told(value: string): Shown {
  const { org: _, ...rest }: Record<string, unknown> = JSON.parse(value);
  return rest;
}

/** Enrolment changes, which several people's are told together: the others' stay, and so do the numbers. */
export function enrolmentsOf({ model }: MongoContext): PersonalKind {
  const enrolments = model(ENROLMENTS);
  const find = (org: string, learnerIds: readonly string[]) =>
    enrolments.find({ org, learnerIds: { $in: learnerIds } }).lean<EnrolmentFields[]>();
  return {
    kind: 'enrolment',
    show: async (org, { learnerIds }) =>
      (await find(org, learnerIds)).flatMap((each) =>
        each.changes.filter((_, index) => learnerIds.includes(each.learnerIds[index] ?? '')).map(told),
      ),
    remove: async (org, { learnerIds }) => {
      let count = 0;
      for (const each of await find(org, learnerIds)) {
        const stays = each.learnerIds.map((id) => !learnerIds.includes(id));
        count += stays.filter((stay) => !stay).length;
        await enrolments.updateOne(
          { _id: each._id },
          {
            $set: {
              learnerIds: each.learnerIds.filter((_, index) => stays[index]),
              changes: each.changes.filter((_, index) => stays[index]),
            },
          },
        );
      }
      return count;
    },
  };
}

/** Links between learners, told together like enrolment changes. */
export function linksOf({ model }: MongoContext): PersonalKind {
  const links = model(LINKS);
  const find = (org: string, ids: readonly string[]) =>
    links.find({ org, $or: [{ learnerIds: { $in: ids } }, { others: { $in: ids } }] }).lean<LinkFields[]>();
  const isAbout = ({ learnerIds, others }: LinkFields, ids: readonly string[], index: number): boolean =>
    ids.includes(learnerIds[index] ?? '') || ids.includes(others[index] ?? '');
  return {
    kind: 'identity link',
    show: async (org, { learnerIds }) =>
      (await find(org, learnerIds)).flatMap((each) =>
        each.links.filter((_, index) => isAbout(each, learnerIds, index)).map(told),
      ),
    remove: async (org, { learnerIds }) => {
      let count = 0;
      for (const each of await find(org, learnerIds)) {
        const stays = each.links.map((_, index) => !isAbout(each, learnerIds, index));
        count += stays.filter((stay) => !stay).length;
        await links.updateOne(
          { _id: each._id },
          {
            $set: {
              learnerIds: each.learnerIds.filter((_, index) => stays[index]),
              others: each.others.filter((_, index) => stays[index]),
              links: each.links.filter((_, index) => stays[index]),
            },
          },
        );
      }
      return count;
    },
  };
}

/** Digests of mailboxes, which are kept with the identifiers. */
export function mailsOf({ model }: MongoContext): PersonalKind {
  const identities = model(IDENTITIES);
  const find = (org: string, learnerIds: readonly string[]) =>
    identities.find({ org, learnerId: { $in: learnerIds } }).lean<IdentityFields[]>();
  const digestsOf = (found: readonly IdentityFields[]): readonly Shown[] =>
    found.flatMap(({ learnerId, mails }) => mails.map((digest) => ({ digest, learnerId })));
  return {
    kind: 'mailbox digest',
    show: async (org, { learnerIds }) => digestsOf(await find(org, learnerIds)),
    remove: async (org, { learnerIds }) => {
      const { length } = digestsOf(await find(org, learnerIds));
      await identities.updateMany({ org, learnerId: { $in: learnerIds } }, { $set: { mails: [] } });
      return length;
    },
  };
}

/** Scores that were sent: a user number is a person's only on the platform that the line is of. */
export function gradesOf({ model }: MongoContext): PersonalKind {
  const sent = model(GRADES_SENT);
  const lines = model(GRADE_LINES);
  const find = async (
    org: string,
    users: readonly { readonly registrationId: string; readonly sub: string }[],
  ): Promise<readonly GradeSentFields[]> => {
    const candidates = await sent
      .find({ org, sub: { $in: users.map(({ sub }) => sub) } })
      .lean<GradeSentFields[]>();
    const found: GradeSentFields[] = [];
    for (const each of candidates) {
      const { cohortId }: { cohortId: string } = JSON.parse(each.value);
      const line = await lines.findOne({ _id: keyOf(org, cohortId, each.line) }).lean<GradeLineFields>();
      const of: { registrationId: string } | null = line && JSON.parse(line.value);
      const theirs = users.filter(({ sub }) => sub === each.sub);
      if (of === null || theirs.some(({ registrationId }) => registrationId === of.registrationId))
        found.push(each);
    }
    return found;
  };
  return {
    kind: 'grade',
    show: async (org, { users }) => (await find(org, users)).map(({ value }) => told(value)),
    remove: async (org, { users }) => {
      const ids = (await find(org, users)).map(({ _id }) => _id);
      return (await sent.deleteMany({ _id: { $in: ids } })).deletedCount;
    },
  };
}
