import { AssiduError, isError } from '../base/errors.ts';
import type { Feed } from '../cohorts/feed.ts';
import type { Figures } from '../cohorts/figures.ts';
import type { OpenErasure, Removed } from '../storage/ports/erasure-store.ts';
import type { Storage } from '../storage/ports/index.ts';
import type { DataSubject } from '../storage/ports/subject-store.ts';
import { quarantinedOf } from './access.ts';
import { cohortsWithFacts } from './cohorts-of.ts';
import { eraseStatements } from './erase-statements.ts';

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

export interface ErasureDeps {
  readonly storage: Storage;
  readonly figures: Pick<Figures, 'of'>;
  readonly feed: Pick<Feed, 'settled'>;
  /** Public URL: home page of the agent who stands where the person stood in other people's statements. */
  readonly publicUrl: string;
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** How often what another process had just read or written is erased again. */
const ROUNDS = 20;

/** Every step may be repeated: whatever was done before a crash is found done. */
export async function runErasure(
  deps: ErasureDeps,
  { id, org, subject, cohorts }: OpenErasure,
  onProgress: (step: string) => void,
): Promise<ErasureReport> {
  const { storage, clock } = deps;
  let removed: Removed = {};
  if (subject !== null) {
    onProgress('freezing figures');
    await freeze(deps, org, id, cohorts);
    await revokeKeys(deps, org, subject);
    await storage.launches.sweep(clock());
    removed = await eraseAll(deps, org, subject, onProgress);
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

/** Statements, then records; again, when statements came in between. */
async function eraseAll(
  deps: ErasureDeps,
  org: string,
  subject: DataSubject,
  onProgress: (step: string) => void,
): Promise<Removed> {
  const { storage } = deps;
  let statements: Removed = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    onProgress('removing statements');
    statements = sumOf(statements, await eraseStatements(deps.storage, org, subject, deps.publicUrl));
    onProgress('removing records');
    const quarantined = (await quarantinedOf(storage, org, subject)).map((entry) => entry.id);
    const records = await storage.erasures.records(org, subject, quarantined);
    if (records !== null) return { ...statements, ...records };
  }
  throw stillActive();
}

function sumOf(one: Removed, other: Removed): Removed {
  return Object.fromEntries(Object.entries(other).map(([kind, count]) => [kind, count + (one[kind] ?? 0)]));
}

function stillActive(): AssiduError {
  return new AssiduError('conflict', 'they are still active: close their access, then erase --resume');
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
  if (concerned.length > 0) throw stillActive();
}
