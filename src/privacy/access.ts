import { namesPerson, type PersonRole, rolesIn } from '../../xapi/statement/forget-person.ts';
import { actorKey, agentOfKey } from '../../xapi/statement/ifi.ts';
import { distinctiveTexts, mentionPattern, namingTexts } from '../../xapi/statement/person-texts.ts';
import type { Actor, Agent } from '../../xapi/statement/types.ts';
import { AssiduError } from '../base/errors.ts';
import type { Figures } from '../cohorts/figures.ts';
import type { LearnerRow } from '../metrics/types.ts';
import type { Storage, StoredStatement } from '../storage/ports/index.ts';
import type { DataSubject, PersonalRecord } from '../storage/ports/subject-store.ts';
import { cohortsOf } from './cohorts-of.ts';
import { dataSubject } from './data-subject.ts';

/** A statement that names a person, byte for byte, with where it does. */
export interface PersonalStatement {
  readonly as: readonly PersonRole[];
  /** ISO 8601; null while it stands. */
  readonly voidedAt: string | null;
  readonly text: string;
  /** What was sent with it. */
  readonly attachments: readonly { readonly sha2: string; readonly contentType: string }[];
}

/** A line of figures about a person, of one cohort. */
export interface PersonalFigures {
  readonly cohortId: string;
  readonly row: LearnerRow;
}

/** Everything kept about a person (GDPR article 15), piece by piece: statements may be many. */
export interface PersonalData {
  readonly identifiers: readonly Agent[];
  /** All records but statements, by kind. */
  readonly records: readonly PersonalRecord[];
  readonly figures: readonly PersonalFigures[];
  /** Statements of the quarantine, as they came. */
  readonly quarantined: readonly string[];
  statements(): AsyncIterable<PersonalStatement>;
}

/** Tells people what is kept about them. */
export interface PersonalAccess {
  /** Throws `not-found` when nothing is kept about the actor. */
  of(org: string, actor: Actor): Promise<PersonalData>;
}

const PAGE = 500;

type Stores = Pick<Storage, 'cohorts' | 'subjects' | 'facts' | 'attachments'>;

export function createPersonalAccess(storage: Stores, figures: Pick<Figures, 'of'>): PersonalAccess {
  return {
    of: async (org, actor) => {
      const key = actorKey(actor);
      if (key === null) throw new AssiduError('invalid-request', 'actor: an identifier is needed');
      const subject = await dataSubject(storage, org, key);
      const records = await storage.subjects.records(org, subject);
      const quarantined = (await quarantinedOf(storage, org, subject)).map(({ text }) => text);
      const statements = () => statementsOf(storage, org, subject);
      const [first] = await firstOf(statements());
      if (records.length === 0 && quarantined.length === 0 && first === undefined)
        throw new AssiduError('not-found', 'nothing is kept about this actor');
      return {
        identifiers: subject.actors.map(agentOfKey),
        records,
        figures: await figuresOf(storage, figures, org, subject),
        quarantined,
        statements,
      };
    },
  };
}

/** What the quarantine holds about a person. */
export async function quarantinedOf(
  { subjects }: Pick<Stores, 'subjects'>,
  org: string,
  { actors }: DataSubject,
) {
  const own = new Set(actors);
  const mention = mentionPattern(distinctiveTexts(actors));
  const candidates = await subjects.quarantined(org, namingTexts(actors));
  return candidates.filter(({ text }) => namesPerson(text, own, mention));
}

async function firstOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  for await (const item of items) return [item];
  return [];
}

async function* statementsOf(
  storage: Stores,
  org: string,
  { actors }: DataSubject,
): AsyncIterable<PersonalStatement> {
  const own = new Set(actors);
  const texts = distinctiveTexts(actors);
  const mention = mentionPattern(texts);
  for await (const kept of statementsNaming(storage, org, actors))
    yield personal(storage, kept, rolesIn(kept.text, own));
  if (mention === null) return;
  for await (const kept of pages((after) => storage.subjects.mentioning(org, texts, after, PAGE)))
    if (!namesPerson(kept.text, own, null) && kept.text.search(mention) >= 0)
      yield personal(storage, kept, ['mention']);
}

/** Statements that name one of these actors, in the order of their positions. */
export function statementsNaming(
  { subjects }: Pick<Stores, 'subjects'>,
  org: string,
  actors: readonly string[],
): AsyncIterable<StoredStatement> {
  return pages((after) => subjects.statements(org, actors, after, PAGE));
}

/** A statement with where it names the person, and what was sent with it. */
export async function personal(
  { attachments }: Pick<Stores, 'attachments'>,
  { org, id, text, voidedAt }: StoredStatement,
  as: readonly PersonRole[],
): Promise<PersonalStatement> {
  return {
    as,
    voidedAt: voidedAt === null ? null : new Date(voidedAt).toISOString(),
    text,
    attachments: await attachments.sentWith(org, [id]),
  };
}

/** Statements of all pages, in the order of their positions. */
export async function* pages(
  read: (after: number) => Promise<readonly StoredStatement[]>,
): AsyncIterable<StoredStatement> {
  for (let after = 0; ; ) {
    const page = await read(after);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

async function figuresOf(
  storage: Stores,
  figures: Pick<Figures, 'of'>,
  org: string,
  subject: DataSubject,
): Promise<readonly PersonalFigures[]> {
  const own = new Set(subject.learnerIds);
  const found: PersonalFigures[] = [];
  const removed = new Set(
    (await storage.cohorts.currentVersions(org)).filter((each) => each.removed).map((each) => each.cohortId),
  );
  for (const cohortId of await cohortsOf(storage, org, subject)) {
    if (removed.has(cohortId)) continue;
    const { rows, learnerOf } = await figures.of(org, cohortId, { asOf: null, knownAt: null });
    for (const row of rows) if (own.has(learnerOf.get(row.enrolmentId) ?? '')) found.push({ cohortId, row });
  }
  return found;
}
