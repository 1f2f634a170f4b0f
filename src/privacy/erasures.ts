import { forgetPerson, namesPerson } from '../../xapi/statement/forget-person.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import { distinctiveTexts, mentionPattern } from '../../xapi/statement/person-texts.ts';
import type { Actor, Agent } from '../../xapi/statement/types.ts';
import { AssiduError, isError } from '../base/errors.ts';
import type { Feed } from '../cohorts/feed.ts';
import type { Figures } from '../cohorts/figures.ts';
import type { CohortMetrics } from '../metrics/types.ts';
import type {
  ErasureRecord,
  OpenErasure,
  Removed,
  StatementErasure,
} from '../storage/ports/erasure-store.ts';
import type { Storage, StoredStatement } from '../storage/ports/index.ts';
import type { DataSubject } from '../storage/ports/subject-store.ts';
import { pages, quarantinedOf } from './access.ts';
import { cohortsOf, cohortsWithFacts } from './cohorts-of.ts';
import { dataSubject } from './data-subject.ts';

/** What an erasure would remove, or has removed. */
export interface ErasureReport {
  /** Null of a trial. */
  readonly erasureId: string | null;
  readonly identifiers: number;
  /** Cohorts whose figures change; those before were frozen. */
  readonly cohorts: readonly string[];
  /** Counts by kind: `statements`, `statements rewritten`, and the kinds of records. */
  readonly removed: Removed;
}

/** Figures kept at an erasure; `recordedAt` is ISO 8601. */
export interface FrozenView {
  readonly erasureId: string;
  readonly recordedAt: string;
  readonly metrics: CohortMetrics;
}

/** Removes everything kept about a person (GDPR article 17; docs/privacy.md). */
export interface Erasures {
  /** What it would be; changes nothing. Throws `not-found` when nothing is kept about the actor. */
  trial(org: string, actor: Actor): Promise<ErasureReport>;
  /** Durable when it resolves. Cut off at any moment, it is finished by `resume`. Throws `not-found`. */
  erase(org: string, actor: Actor, onProgress: (step: string) => void): Promise<ErasureReport>;
  /** Finishes what was cut off, oldest first. */
  resume(org: string, onProgress: (step: string) => void): Promise<readonly ErasureReport[]>;
  list(org: string): Promise<readonly ErasureRecord[]>;
  /** The figures of a cohort just before each erasure that changed them, oldest first. */
  frozen(org: string, cohortId: string): Promise<readonly FrozenView[]>;
}

export interface ErasureDeps {
  readonly storage: Storage;
  readonly figures: Pick<Figures, 'of'>;
  readonly feed: Pick<Feed, 'settled'>;
  /** Public URL: home page of the agent who stands where the person stood in other people's statements. */
  readonly publicUrl: string;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Random UUIDs. */
  readonly newId: () => string;
}

/** Statements changed in one transaction. */
const PAGE = 2_000;
/** How often facts are forgotten again because another process had just read what was erased. */
const ROUNDS = 20;

export function createErasures(deps: ErasureDeps): Erasures {
  const { storage, clock, newId } = deps;

  const find = async (org: string, actor: Actor) => {
    const key = actorKey(actor);
    if (key === null) throw new AssiduError('invalid-request', 'actor: an identifier is needed');
    const subject = await dataSubject(storage, org, key);
    const counted = await countOf(deps, org, subject);
    if (Object.values(counted).every((count) => count === 0))
      throw new AssiduError('not-found', 'nothing is kept about this actor');
    return { subject, counted, cohorts: await cohortsOf(storage, org, subject) };
  };

  return {
    trial: async (org, actor) => {
      const { subject, counted, cohorts } = await find(org, actor);
      return { erasureId: null, identifiers: subject.actors.length, cohorts, removed: counted };
    },
    erase: async (org, actor, onProgress) => {
      const { subject, cohorts } = await find(org, actor);
      const erasure = { id: newId(), org, begunAt: clock(), subject, cohorts };
      await storage.erasures.begin(erasure);
      return run(deps, erasure, onProgress);
    },
    resume: async (org, onProgress) => {
      const reports: ErasureReport[] = [];
      for (const open of await storage.erasures.open(org)) reports.push(await run(deps, open, onProgress));
      return reports;
    },
    list: (org) => storage.erasures.list(org),
    frozen: async (org, cohortId) =>
      (await storage.erasures.frozen(org, cohortId)).map(({ erasureId, recordedAt, metrics }) => ({
        erasureId,
        recordedAt: new Date(recordedAt).toISOString(),
        metrics: JSON.parse(metrics),
      })),
  };
}

/** Every step may be repeated: whatever was done before a crash is found done. */
async function run(
  deps: ErasureDeps,
  { id, org, subject, cohorts }: OpenErasure,
  onProgress: (step: string) => void,
): Promise<ErasureReport> {
  const { storage, clock } = deps;
  let removed: Removed = {};
  if (subject !== null) {
    onProgress('freezing figures');
    await freeze(deps, org, id, cohorts);
    onProgress('removing statements');
    await revokeKeys(deps, org, subject);
    await storage.launches.sweep(clock());
    const statements = await eraseStatements(deps, org, subject);
    onProgress('removing records');
    const quarantined = (await quarantinedOf(storage, org, subject)).map((entry) => entry.id);
    removed = { ...statements, ...(await storage.erasures.records(org, subject, quarantined)) };
    onProgress('folding facts anew');
    await refold(deps, org, subject, cohorts);
    await storage.erasures.forgetSubject(id, removed);
  }
  onProgress('overwriting files');
  await storage.erasures.scrub();
  await storage.erasures.finish(id, clock());
  return { erasureId: id, identifiers: subject?.actors.length ?? 0, cohorts, removed };
}

/** Keeps the figures as they are, before anything they are made of goes. */
async function freeze(
  { storage, figures, clock }: ErasureDeps,
  org: string,
  erasureId: string,
  cohorts: readonly string[],
): Promise<void> {
  for (const cohortId of cohorts) {
    const known = await storage.erasures.frozen(org, cohortId);
    if (known.some((each) => each.erasureId === erasureId)) continue;
    const at = clock();
    try {
      const { metrics } = await figures.of(org, cohortId, { asOf: at, knownAt: null });
      const frozen = { org, cohortId, erasureId, recordedAt: at, metrics: JSON.stringify(metrics) };
      await storage.erasures.freeze(frozen);
    } catch (error) {
      // A cohort that was removed has no figures any more.
      if (!isError(error, 'not-found')) throw error;
    }
  }
}

/** Content that is open knows at once that it may not write any more. */
async function revokeKeys({ storage, clock }: ErasureDeps, org: string, { actors }: DataSubject) {
  for (const { key, boundTo } of await storage.keys.list(org, 'content'))
    if (boundTo !== null && actors.includes(boundTo.actor)) await storage.keys.revoke(org, key, clock());
}

async function eraseStatements(
  { storage, publicUrl }: ErasureDeps,
  org: string,
  { actors }: DataSubject,
): Promise<Removed> {
  const own = new Set(actors);
  const texts = distinctiveTexts(actors);
  const mention = mentionPattern(texts);
  const erased: Agent = { objectType: 'Agent', account: { homePage: publicUrl, name: 'erased' } };
  let [removed, rewritten] = [0, 0];
  const erase = async (page: readonly StoredStatement[]) => {
    const step = stepOf(page, actors, (text) => forgetPerson(text, own, mention, erased));
    await storage.erasures.statements(org, step);
    removed += step.removed.length;
    rewritten += step.rewritten.length;
  };
  for (;;) {
    const page = await storage.subjects.statements(org, actors, 0, PAGE);
    if (page.length === 0) break;
    await erase(page);
  }
  if (mention !== null)
    for await (const kept of pages((after) => storage.subjects.mentioning(org, texts, after, PAGE)))
      if (namesPerson(kept.text, own, mention)) await erase([kept]);
  return { statements: removed, 'statements rewritten': rewritten };
}

function stepOf(
  page: readonly StoredStatement[],
  actors: readonly string[],
  forget: (text: string) => ReturnType<typeof forgetPerson>,
): StatementErasure {
  const fates = page.map(({ seq, id, text }) => ({ seq, id, fate: forget(text) }));
  return {
    actors,
    removed: fates.filter(({ fate }) => fate.kind === 'removed').map(({ seq }) => seq),
    rewritten: fates.flatMap(({ seq, id, fate }) =>
      fate.kind === 'rewritten' ? [{ seq, id, text: fate.text, detached: fate.detached }] : [],
    ),
  };
}

/** Forgets the facts of the cohorts, until none is left of the person: another process may have been reading. */
async function refold(
  { storage, feed }: ErasureDeps,
  org: string,
  subject: DataSubject,
  cohorts: readonly string[],
): Promise<void> {
  let concerned = cohorts;
  for (let round = 0; round < ROUNDS && concerned.length > 0; round += 1) {
    for (const cohortId of concerned) await storage.facts.forget(org, cohortId, null);
    await feed.settled();
    concerned = await cohortsWithFacts(storage, org, subject);
  }
  if (concerned.length > 0)
    throw new AssiduError(
      'conflict',
      `they are still active in ${concerned.join(', ')}: close their access first`,
    );
}

async function countOf({ storage }: ErasureDeps, org: string, subject: DataSubject): Promise<Removed> {
  const counts: Record<string, number> = { statements: 0, 'statements rewritten': 0 };
  const add = (kind: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  const own = new Set(subject.actors);
  const texts = distinctiveTexts(subject.actors);
  const mention = mentionPattern(texts);
  const nobody: Agent = { objectType: 'Agent' };
  const seen = new Set<number>();
  const count = (kept: StoredStatement) => {
    if (seen.has(kept.seq) || !namesPersonOrLinked(kept)) return;
    seen.add(kept.seq);
    const { kind } = forgetPerson(kept.text, own, mention, nobody);
    add(kind === 'removed' ? 'statements' : 'statements rewritten');
  };
  const namesPersonOrLinked = (kept: StoredStatement) => namesPerson(kept.text, own, mention);
  for await (const kept of pages((after) => storage.subjects.statements(org, subject.actors, after, PAGE)))
    count(kept);
  if (mention !== null)
    for await (const kept of pages((after) => storage.subjects.mentioning(org, texts, after, PAGE)))
      count(kept);
  for (const { kind } of await storage.subjects.records(org, subject)) add(kind);
  for (const _ of await quarantinedOf(storage, org, subject)) add('quarantined');
  return counts;
}
