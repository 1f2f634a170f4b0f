import { mailDigests } from '../../../../xapi/statement/mail-digests.ts';
import type { StoredStatement } from '../../ports/statement-store.ts';
import type { DataSubject, PlatformUser, SubjectStore } from '../../ports/subject-store.ts';
import { IDENTITIES } from '../cohort-records/people-collection.ts';
import type { MongoContext } from '../context.ts';
import { COURSE_USERS } from '../lti/courses-collection.ts';
import { LAUNCHES } from '../lti/launches-collection.ts';
import { createRegistrations } from '../lti/registrations.ts';
import { QUARANTINE } from '../quarantine-collection.ts';
import { MAILBOXES } from '../said/said-collections.ts';
import type { Horizons } from '../statements/horizon.ts';
import { STATEMENTS } from '../statements/statements-collection.ts';
import { STORED_FIELDS, type StoredFields, toStored } from '../statements/stored-statement.ts';
import { bothMarks } from '../statements/terms.ts';
import { containing } from './containing.ts';
import { personalKinds } from './personal-records.ts';

const MAILBOX = 'mbox|mailto:';

export function createSubjects(context: MongoContext, horizons: Horizons): SubjectStore {
  const statements = context.model(STATEMENTS);
  const mailboxes = context.model(MAILBOXES);
  const identities = context.model(IDENTITIES);
  const courseUsers = context.model(COURSE_USERS);
  const launches = context.model(LAUNCHES);
  const quarantine = context.model(QUARANTINE);
  const registrations = createRegistrations(context);
  const kinds = personalKinds(context);

  /** Actor keys of all mailboxes that statements named, and identities have, with one of these digests. */
  const sameMailbox = async (org: string, digests: readonly string[]): Promise<readonly string[]> => {
    type Found = { readonly actor: string }[];
    const [named, known] = await Promise.all([
      mailboxes.find({ org, digests: { $in: digests } }, { actor: 1 }).lean<Found>(),
      identities.find({ org, mails: { $in: digests } }, { actor: 1 }).lean<Found>(),
    ]);
    return [...named, ...known].map(({ actor }) => actor).filter((actor) => actor.startsWith('mbox|'));
  };

  /** Users of platforms that are these learners, accounts or mailboxes. */
  const usersOf = async (
    org: string,
    { actors, learnerIds }: DataSubject,
  ): Promise<readonly PlatformUser[]> => {
    const emails = actors
      .filter((actor) => actor.startsWith(MAILBOX))
      .map((actor) => actor.slice(MAILBOX.length).toLowerCase());
    const fields = { _id: 0, registrationId: 1, sub: 1 } as const;
    const [ofCourses, ofLaunches, platforms] = await Promise.all([
      courseUsers.find({ org, learnerId: { $in: learnerIds } }, fields).lean<PlatformUser[]>(),
      launches.find({ org, email: { $in: emails } }, fields).lean<PlatformUser[]>(),
      registrations.list(org),
    ]);
    const ofAccounts = platforms.flatMap(({ id, issuer }) => {
      const account = `account|${issuer}|`;
      return actors
        .filter((actor) => actor.startsWith(account))
        .map((actor) => ({ registrationId: id, sub: actor.slice(account.length) }));
    });
    return [...ofCourses, ...ofAccounts, ...ofLaunches];
  };

  const find = async (
    condition: Readonly<Record<string, unknown>>,
    after: number,
    limit: number,
  ): Promise<readonly StoredStatement[]> => {
    const { seq } = await horizons.look();
    const found = await statements
      .find({ ...condition, seq: { $gt: after, $lte: seq } }, STORED_FIELDS)
      .sort({ seq: 1 })
      .limit(limit)
      .lean<StoredFields[]>();
    return found.map(toStored);
  };

  return {
    completed: async (org, subject) => {
      const digests = subject.actors.flatMap(mailDigests);
      const actors = new Set(subject.actors);
      if (digests.length > 0) for (const actor of await sameMailbox(org, digests)) actors.add(actor);
      for (const actor of actors)
        for (const digest of mailDigests(actor)) actors.add(`mbox_sha1sum|${digest}`);
      const known = { ...subject, actors: [...actors] };
      const users = [...subject.users, ...(await usersOf(org, known))];
      const byName = new Map(users.map((each) => [`${each.registrationId}\n${each.sub}`, each] as const));
      return { ...known, users: [...byName.values()] };
    },
    statements: (org, actors, after, limit) =>
      find({ org, agents: { $in: bothMarks(actors) } }, after, limit),
    mentioning: (org, texts, after, limit) => find({ org, text: containing(texts) }, after, limit),
    quarantined: (org, texts) =>
      quarantine
        .find({ org, text: containing(texts) }, { _id: 0, id: 1, text: 1 })
        .sort({ receivedAt: 1, id: 1 })
        .lean<{ readonly id: string; readonly text: string }[]>(),
    records: async (org, subject) => {
      const found = await Promise.all(
        kinds.map(async ({ kind, show }) => (await show(org, subject)).map((value) => ({ kind, value }))),
      );
      return found.flat();
    },
  };
}
