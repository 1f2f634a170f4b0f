import { z } from 'zod';
import { type PersonRole, rolesIn } from '../../xapi/statement/forget-person.ts';
import { actorKey, agentOfKey } from '../../xapi/statement/ifi.ts';
import type { Actor, Agent } from '../../xapi/statement/types.ts';
import { AssiduError } from '../base/errors.ts';
import type { Figures } from '../cohorts/figures.ts';
import type { Storage } from '../storage/ports/index.ts';
import type { DataSubject, PersonalRecord } from '../storage/ports/subject-store.ts';
import { type PersonalData, type PersonalFigures, personal, statementsNaming } from './access.ts';
import { dataSubject } from './data-subject.ts';

/** Statements about a person with one verb. */
export interface VerbCount {
  readonly verb: string;
  /** What the statements call the verb, by language. */
  readonly display: Readonly<Record<string, string>>;
  readonly count: number;
  /** ISO 8601, by timestamp. */
  readonly first: string;
  readonly last: string;
}

/** What is kept about a person, at a glance. */
export interface OwnOverview {
  readonly identifiers: readonly Agent[];
  /** Most frequent first. */
  readonly verbs: readonly VerbCount[];
  /** Statements about the person that were counted. */
  readonly statements: number;
  /** There are more statements than were counted. */
  readonly more: boolean;
  /** Statements about others that name the person: by whom they were taught, a team. */
  readonly naming: number;
  readonly records: readonly PersonalRecord[];
}

/** What people may learn, by themselves, of what is kept about them. */
export interface OwnData {
  overview(org: string, actor: Actor): Promise<OwnOverview>;
  /**
   * All of it but what is about others, too: statements in which the person is actor or object, records, figures of
   * `cohortId` and of every cohort with an enrolment of theirs. The rest is for somebody to read first (docs/privacy.md).
   */
  all(org: string, actor: Actor, cohortId: string): Promise<PersonalData>;
}

type Stores = Pick<Storage, 'cohorts' | 'subjects' | 'attachments'>;

/** Statements looked at for an overview: a page must not wait for more. */
const MOST = 2_000;

const said = z.object({
  verb: z.object({ id: z.string(), display: z.record(z.string(), z.string()).catch({}).default({}) }),
});

export function createOwnData(storage: Stores, figures: Pick<Figures, 'of'>): OwnData {
  const subjectOf = async (org: string, actor: Actor): Promise<DataSubject> => {
    const key = actorKey(actor);
    if (key === null) throw new AssiduError('invalid-request', 'actor: an identifier is needed');
    return dataSubject(storage, org, key);
  };
  return {
    overview: async (org, actor) => {
      const subject = await subjectOf(org, actor);
      const [kept, records] = await Promise.all([
        storage.subjects.statements(org, subject.actors, 0, MOST + 1),
        storage.subjects.records(org, subject),
      ]);
      const own = new Set(subject.actors);
      const verbs = new Map<string, VerbCount>();
      let naming = 0;
      for (const { text, timestamp } of kept.slice(0, MOST)) {
        if (isAbout(rolesIn(text, own))) count(verbs, text, new Date(timestamp).toISOString());
        else naming += 1;
      }
      const counted = [...verbs.values()].sort((a, b) => b.count - a.count || (a.verb < b.verb ? -1 : 1));
      return {
        identifiers: subject.actors.map(agentOfKey),
        verbs: counted,
        statements: counted.reduce((total, each) => total + each.count, 0),
        more: kept.length > MOST,
        naming,
        records,
      };
    },
    all: async (org, actor, cohortId) => {
      const subject = await subjectOf(org, actor);
      const records = await storage.subjects.records(org, subject);
      const cohortIds = new Set([cohortId, ...enrolledIn(records)]);
      return {
        identifiers: subject.actors.map(agentOfKey),
        records,
        figures: await figuresOf(storage, figures, org, subject, cohortIds),
        quarantined: [],
        statements: () => aboutThem(storage, org, subject),
      };
    },
  };
}

function isAbout(as: readonly PersonRole[]): boolean {
  return as.includes('actor') || as.includes('object');
}

function count(verbs: Map<string, VerbCount>, text: string, at: string): void {
  const read = said.safeParse(JSON.parse(text));
  if (!read.success) return;
  const { id, display } = read.data.verb;
  const known = verbs.get(id);
  verbs.set(id, {
    verb: id,
    display: { ...display, ...known?.display },
    count: (known?.count ?? 0) + 1,
    first: known !== undefined && known.first < at ? known.first : at,
    last: known !== undefined && known.last > at ? known.last : at,
  });
}

async function* aboutThem(storage: Stores, org: string, subject: DataSubject) {
  const own = new Set(subject.actors);
  for await (const kept of statementsNaming(storage, org, subject.actors)) {
    const as = rolesIn(kept.text, own);
    if (isAbout(as)) yield await personal(storage, kept, as);
  }
}

function enrolledIn(records: readonly PersonalRecord[]): readonly string[] {
  return records.flatMap(({ kind, value }) =>
    kind === 'enrolment' && typeof value.cohortId === 'string' ? [value.cohortId] : [],
  );
}

async function figuresOf(
  { cohorts }: Pick<Stores, 'cohorts'>,
  figures: Pick<Figures, 'of'>,
  org: string,
  subject: DataSubject,
  cohortIds: ReadonlySet<string>,
): Promise<readonly PersonalFigures[]> {
  const own = new Set(subject.learnerIds);
  const found: PersonalFigures[] = [];
  for (const { cohortId, removed } of await cohorts.currentVersions(org)) {
    if (removed || !cohortIds.has(cohortId)) continue;
    const { rows, learnerOf } = await figures.of(org, cohortId, { asOf: null, knownAt: null });
    for (const row of rows) if (own.has(learnerOf.get(row.enrolmentId) ?? '')) found.push({ cohortId, row });
  }
  return found;
}
