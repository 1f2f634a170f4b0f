import type { Model } from 'mongoose';
import type { DataSubject } from '../../ports/subject-store.ts';
import { ACCESS_KEYS } from '../access/access-keys-collection.ts';
import { GRANTS } from '../access/grants-collection.ts';
import { IDENTITIES, LEARNERS } from '../cohort-records/people-collection.ts';
import type { CollectionDefinition } from '../collection.ts';
import type { MongoContext } from '../context.ts';
import { DOCUMENTS } from '../documents-collection.ts';
import { CONTENT_SESSIONS } from '../lti/content-sessions-collection.ts';
import { COURSE_USERS } from '../lti/courses-collection.ts';
import { LAUNCHES, SESSIONS } from '../lti/launches-collection.ts';
import { ROSTER_KNOWN } from '../lti/rosters-collection.ts';
import { AGENT_NAMES } from '../said/said-collections.ts';
import { enrolmentsOf, gradesOf, linksOf, mailsOf } from './told-together.ts';

/** Records of one kind about a person: what an access shows, and an erasure removes. */
export interface PersonalKind {
  readonly kind: string;
  show(org: string, subject: DataSubject): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Answers how many were removed. */
  remove(org: string, subject: DataSubject): Promise<number>;
}

export type Condition = Readonly<Record<string, unknown>>;

/** Which records of an organisation are about a person. */
type About = (subject: DataSubject) => Condition;

const ofActors =
  (field: string): About =>
  ({ actors }) => ({ [field]: { $in: actors } });
const ofLearners =
  (field: string): About =>
  ({ learnerIds }) => ({ [field]: { $in: learnerIds } });
/** Of one of the platforms' users. */
const ofUsers: About = ({ users }) =>
  anyOf(users.map(({ registrationId, sub }) => ({ registrationId, sub })));

/** One of these; nothing where there are none. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? { _id: { $in: [] } } : { $or: conditions };
}

/** Fields that nobody needs to see: secrets, and what is said elsewhere. A value kept as JSON is shown as what it is. */
const HIDDEN = new Set(['_id', 'org', 'within', 'n', 'revision', 'mails']);
const SECRET = new Set(['org', 'sessionHash', 'fetchHash', 'secretHash', 'key']);

function shown(fields: object): Readonly<Record<string, unknown>> {
  const entries = Object.entries<unknown>({ ...fields });
  const value = entries.find(([name]) => name === 'value')?.[1];
  if (typeof value === 'string') {
    const told: Readonly<Record<string, unknown>> = JSON.parse(value);
    return Object.fromEntries(Object.entries(told).filter(([name]) => !SECRET.has(name)));
  }
  return Object.fromEntries(
    entries
      .filter(([name]) => !HIDDEN.has(name))
      .map(([name, each]) =>
        each instanceof Uint8Array ? [`${name}Base64`, Buffer.from(each).toString('base64')] : [name, each],
      ),
  );
}

function records<Fields>(
  { model }: MongoContext,
  kind: string,
  definition: CollectionDefinition<Fields>,
  about: About,
  /** Records of other people that name the person: removed, but shown to nobody else. */
  alsoErased: About | null = null,
): PersonalKind {
  const collection: Model<Fields> = model(definition);
  return {
    kind,
    show: async (org, subject) => {
      const found = await collection.find({ org, ...about(subject) });
      return found.map((each) => shown(each.toObject({ flattenMaps: true })));
    },
    remove: async (org, subject) => {
      const own = await collection.deleteMany({ org, ...about(subject) });
      if (alsoErased === null) return own.deletedCount;
      return own.deletedCount + (await collection.deleteMany({ org, ...alsoErased(subject) })).deletedCount;
    },
  };
}

/** All kinds, in an order that removes what hangs on a record before the record. */
export function personalKinds(context: MongoContext): readonly PersonalKind[] {
  return [
    records(context, 'document', DOCUMENTS, ofActors('agent')),
    enrolmentsOf(context),
    records(context, 'roster', ROSTER_KNOWN, ofLearners('learnerId')),
    gradesOf(context),
    records(context, 'launch', LAUNCHES, ofUsers, ({ users }) =>
      anyOf(users.map(({ registrationId, sub }) => ({ registrationId, named: sub }))),
    ),
    records(context, 'session', SESSIONS, ofUsers),
    records(context, 'content session', CONTENT_SESSIONS, ofActors('actor')),
    records(context, 'content key', ACCESS_KEYS, ofActors('boundActor')),
    records(context, 'role', GRANTS, ofUsers),
    records(context, 'course user', COURSE_USERS, (subject) =>
      anyOf([
        { learnerId: { $in: subject.learnerIds } },
        ...subject.users.map(({ registrationId, sub }) => ({ registrationId, sub })),
      ]),
    ),
    records(context, 'name in statements', AGENT_NAMES, ofActors('actor')),
    linksOf(context),
    mailsOf(context),
    records(context, 'identity', IDENTITIES, ({ actors, learnerIds }) => ({
      $or: [{ learnerId: { $in: learnerIds } }, { actor: { $in: actors } }],
    })),
    records(context, 'learner', LEARNERS, ofLearners('id')),
  ];
}
