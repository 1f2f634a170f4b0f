import { z } from 'zod';
import { AssiduError } from '../../src/base/errors.ts';
import type { Seal } from '../../src/base/seal.ts';
import type { ForwardFilter, ForwardStore, ForwardTarget } from '../../src/storage/ports/forward-store.ts';
import type { StatementStore } from '../../src/storage/ports/statement-store.ts';
import { sealContext } from '../client/account-secret.ts';
import {
  type AddressRules,
  accountFields,
  endpointOf,
  faultyFields,
  parseSettings,
} from '../client/account-settings.ts';

/** A target as it is shown; the password never is. Instants are ISO 8601 in UTC. */
export interface ShownTarget {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly version: string;
  readonly username: string;
  readonly filter: ForwardFilter;
  readonly state: 'paused' | 'waiting' | 'behind' | 'up to date';
  readonly position: number;
  /** Statements of the whole store still to be looked at for this target. */
  readonly behind: number;
  readonly waitingUntil: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly lastSuccessAt: string | null;
  /** Unresolved ones; 1000 means that many or more. */
  readonly deadLetters: number;
  readonly createdAt: string;
}

/** The targets of an organisation. Every method but `add` and `list` throws `not-found`. */
export interface Targets {
  /** Throws `invalid-request` naming the fields at fault. */
  add(org: string, input: unknown, rules: Omit<AddressRules, 'publicUrl'>): Promise<ShownTarget>;
  list(org: string): Promise<readonly ShownTarget[]>;
  show(org: string, id: string): Promise<ShownTarget>;
  setPaused(org: string, id: string, paused: boolean): Promise<void>;
  remove(org: string, id: string): Promise<void>;
}

export interface TargetsDeps {
  readonly store: ForwardStore;
  readonly statements: StatementStore;
  readonly seal: Seal;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
  readonly publicUrl: string;
  /** Ids of the cohorts of an organisation. */
  readonly cohortsOf: (org: string) => Promise<readonly string[]>;
}

const iris = z
  .array(
    z
      .string()
      .max(2_000)
      .regex(/^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$/, 'must be an absolute IRI'),
  )
  .max(100)
  .default([]);

/** What is asked of a new target. */
export const targetSchema = z.strictObject({
  ...accountFields,
  from: z.enum(['now', 'beginning'], 'must be now or beginning').default('now'),
  filter: z
    .strictObject({
      cohorts: z.array(z.string().min(1).max(200)).max(100).default([]),
      verbs: iris,
      activities: iris,
    })
    .default({ cohorts: [], verbs: [], activities: [] }),
});

export function createTargets(deps: TargetsDeps): Targets {
  const { store, statements, seal, clock, newId, publicUrl, cohortsOf } = deps;

  const shown = async (target: ForwardTarget, head: number): Promise<ShownTarget> => {
    const { id, org, position, paused, nextAttemptAt } = target;
    const behind = Math.max(0, head - position);
    const waiting = !paused && nextAttemptAt !== null;
    return {
      id,
      name: target.name,
      url: target.url,
      version: target.version,
      username: target.username,
      filter: target.filter,
      state: paused ? 'paused' : waiting ? 'waiting' : behind > 0 ? 'behind' : 'up to date',
      position,
      behind,
      waitingUntil: waiting ? iso(nextAttemptAt) : null,
      attempts: target.attempts,
      lastError: target.lastError,
      lastSuccessAt: iso(target.lastSuccessAt),
      deadLetters: (await store.deadLetters(org, id, 0, 1_000)).length,
      createdAt: new Date(target.createdAt).toISOString(),
    };
  };
  const show = async (org: string, id: string): Promise<ShownTarget> => {
    const target = await store.find(org, id);
    if (target === null) throw noTarget(id);
    return shown(target, (await statements.head()).seq);
  };

  return {
    add: async (org, input, rules) => {
      const { from, filter, ...given } = parseSettings(targetSchema, input);
      const url = endpointOf(given.url, { ...rules, publicUrl });
      const known = filter.cohorts.length === 0 ? [] : await cohortsOf(org);
      const unknown = filter.cohorts.findIndex((cohort) => !known.includes(cohort));
      if (unknown >= 0)
        throw faultyFields([
          { path: `filter.cohorts[${unknown}]`, message: `there is no cohort ${filter.cohorts[unknown]}` },
        ]);
      const id = newId();
      const { password, ...account } = given;
      await store.insert({
        ...account,
        id,
        org,
        url,
        sealedSecret: seal.seal(password, sealContext({ org, id })),
        filter,
        position: from === 'beginning' ? 0 : (await statements.head()).seq,
        createdAt: clock(),
      });
      return show(org, id);
    },
    list: async (org) => {
      const [targets, { seq }] = await Promise.all([store.list(org), statements.head()]);
      return Promise.all(targets.map((target) => shown(target, seq)));
    },
    show,
    setPaused: async (org, id, paused) => {
      if (!(await store.setPaused(org, id, paused))) throw noTarget(id);
    },
    remove: async (org, id) => {
      if (!(await store.remove(org, id, clock()))) throw noTarget(id);
    },
  };
}

/** No such target in the organisation. */
export function noTarget(id: string): AssiduError {
  return new AssiduError('not-found', `there is no forwarding ${id}`);
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
