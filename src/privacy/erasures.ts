import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Actor } from '../../xapi/statement/types.ts';
import { AssiduError } from '../base/errors.ts';
import type { CohortMetrics } from '../metrics/types.ts';
import type { ErasureRecord } from '../storage/ports/erasure-store.ts';
import { cohortsOf } from './cohorts-of.ts';
import { countPersonal } from './count-personal.ts';
import { dataSubject } from './data-subject.ts';
import { type ErasureDeps, type ErasureReport, runErasure } from './run-erasure.ts';

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

/** `newId` makes random UUIDs. */
export function createErasures(deps: ErasureDeps & { readonly newId: () => string }): Erasures {
  const { storage, clock, newId } = deps;

  const find = async (org: string, actor: Actor) => {
    const key = actorKey(actor);
    if (key === null) throw new AssiduError('invalid-request', 'actor: an identifier is needed');
    const subject = await dataSubject(storage, org, key);
    const counted = await countPersonal(storage, org, subject);
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
      return runErasure(deps, erasure, onProgress);
    },
    resume: async (org, onProgress) => {
      const reports: ErasureReport[] = [];
      for (const open of await storage.erasures.open(org))
        reports.push(await runErasure(deps, open, onProgress));
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
