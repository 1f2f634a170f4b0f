import { z } from 'zod';
import { AssiduError } from '../../src/base/errors.ts';
import type { Seal } from '../../src/base/seal.ts';
import type { PullSource, PullStore } from '../../src/storage/ports/pull-store.ts';
import { sealContext } from '../client/account-secret.ts';
import { type AddressRules, accountFields, endpointOf, parseSettings } from '../client/account-settings.ts';

/** A source as it is shown; the password never is. Instants are ISO 8601. */
export interface ShownSource {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly version: string;
  readonly username: string;
  readonly trusted: boolean;
  readonly attachments: boolean;
  readonly everyMinutes: number;
  readonly state: 'paused' | 'failing' | 'scheduled';
  /** `stored` of the last statement taken in, as the source wrote it. */
  readonly cursor: string | null;
  readonly taken: number;
  /** In the quarantine. */
  readonly refused: number;
  readonly nextLookAt: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly lastSuccessAt: string | null;
  /** The key under which its statements are kept. */
  readonly keyId: string;
  readonly createdAt: string;
}

/** The sources of an organisation. Every method but `add` and `list` throws `not-found`. */
export interface Sources {
  /** Throws `invalid-request` naming the fields at fault. */
  add(org: string, input: unknown, rules: Omit<AddressRules, 'publicUrl'>): Promise<ShownSource>;
  list(org: string): Promise<readonly ShownSource[]>;
  show(org: string, id: string): Promise<ShownSource>;
  setPaused(org: string, id: string, paused: boolean): Promise<void>;
  remove(org: string, id: string): Promise<void>;
}

export interface SourcesDeps {
  readonly store: PullStore;
  readonly seal: Seal;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
  readonly publicUrl: string;
}

const MINUTE = 60_000;

const sourceSchema = z.strictObject({
  ...accountFields,
  trusted: z.boolean().default(false),
  attachments: z.boolean().default(true),
  everyMinutes: z.number().int().min(1).max(10_080).default(5),
  since: z.iso.datetime({ offset: true, error: 'must be an instant with its zone' }).nullable().default(null),
});

export function createSources({ store, seal, clock, newId, publicUrl }: SourcesDeps): Sources {
  const show = async (org: string, id: string): Promise<ShownSource> => {
    const source = await store.find(org, id);
    if (source === null) throw noSource(id);
    return shown(source);
  };
  return {
    add: async (org, input, rules) => {
      const { password, everyMinutes, since, ...given } = parseSettings(sourceSchema, input);
      const url = endpointOf(given.url, { ...rules, publicUrl });
      const id = newId();
      await store.insert({
        ...given,
        id,
        org,
        url,
        sealedSecret: seal.seal(password, sealContext({ org, id })),
        keyId: `pull:${id}`,
        every: everyMinutes * MINUTE,
        cursor: since,
        createdAt: clock(),
      });
      return show(org, id);
    },
    list: async (org) => (await store.list(org)).map(shown),
    show,
    setPaused: async (org, id, paused) => {
      if (!(await store.setPaused(org, id, paused))) throw noSource(id);
    },
    remove: async (org, id) => {
      if (!(await store.remove(org, id, clock()))) throw noSource(id);
    },
  };
}

/** No such source in the organisation. */
export function noSource(id: string): AssiduError {
  return new AssiduError('not-found', `there is no source ${id}`);
}

function shown(source: PullSource): ShownSource {
  return {
    id: source.id,
    name: source.name,
    url: source.url,
    version: source.version,
    username: source.username,
    trusted: source.trusted,
    attachments: source.attachments,
    everyMinutes: source.every / MINUTE,
    state: source.paused ? 'paused' : source.lastError === null ? 'scheduled' : 'failing',
    cursor: source.cursor,
    taken: source.taken,
    refused: source.refused,
    nextLookAt: source.paused ? null : iso(source.nextAttemptAt),
    attempts: source.attempts,
    lastError: source.lastError,
    lastSuccessAt: iso(source.lastSuccessAt),
    keyId: source.keyId,
    createdAt: new Date(source.createdAt).toISOString(),
  };
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
