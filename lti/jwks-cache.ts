import { importJWK } from 'jose';
import { z } from 'zod';
import type { Outgoing } from '../src/base/outgoing.ts';

type VerificationKey = Awaited<ReturnType<typeof importJWK>>;

/** A platform's key, or why there is none. */
export type KeyLookup =
  | { readonly kind: 'found'; readonly key: VerificationKey }
  | { readonly kind: 'unknown-kid' }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

export interface JwksCache {
  /** `guarded`: the URL is a stranger's word, and must be a public one. */
  find(url: string, kid: string, guarded?: boolean): Promise<KeyLookup>;
}

const freshMs = 10 * 60_000;
const windowMs = 60_000;
/** Fetches of one key set in a minute, whoever makes up key ids. */
const fetchesPerWindow = 5;
const timeLimit = 5_000;
const maxBytes = 256 * 1024;

const keySet = z.object({
  keys: z.array(
    z.looseObject({
      kty: z.string(),
      kid: z.string().optional(),
      use: z.string().optional(),
      alg: z.string().optional(),
      key_ops: z.array(z.string()).optional(),
    }),
  ),
});
const rsaKey = z.object({ kid: z.string(), n: z.string(), e: z.string() });

type Keys = ReadonlyMap<string, VerificationKey>;

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error(`the key set is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const headers = { accept: 'application/json', 'user-agent': 'Assidu' };

async function imported(response: Response): Promise<Keys> {
  if (!response.ok) throw new Error(`the key set answered ${response.status}`);
  const { keys } = keySet.parse(JSON.parse(await limitedText(response)));
  const usable = keys.filter(
    ({ kty, use = 'sig', alg = 'RS256', key_ops = ['verify'] }) =>
      kty === 'RSA' && use === 'sig' && alg === 'RS256' && key_ops.includes('verify'),
  );
  const found = await Promise.all(
    usable.map(async (candidate) => {
      const jwk = rsaKey.safeParse(candidate);
      if (!jwk.success) return [];
      const { kid, n, e } = jwk.data;
      return [[kid, await importJWK({ kty: 'RSA', n, e }, 'RS256')] as const];
    }),
  );
  return new Map(found.flat());
}

interface Entry {
  keys: Keys;
  fetchedAt: number;
  /** Times of the last fetches, ms. */
  attempts: readonly number[];
  pending: Promise<Keys> | null;
}

/**
 * The platforms' signing keys (RS256, `use: sig` only), kept for ten minutes. An unknown key id fetches again, so
 * that a rotation is seen at once, but at most five times a minute; concurrent launches share one fetch.
 */
export function createJwksCache(deps: {
  readonly fetch: typeof fetch;
  readonly outgoing: Outgoing;
  readonly clock: () => number;
  /** For an answer, ms; five seconds unless told. */
  readonly timeLimit?: number;
}): JwksCache {
  const limit = deps.timeLimit ?? timeLimit;
  const entries = new Map<string, Entry>();

  const ask = (url: string, guarded: boolean): Promise<Response> =>
    guarded
      ? deps.outgoing(url, { headers, timeLimit: limit, sizeLimit: maxBytes })
      : deps.fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(limit) });

  function refresh(url: string, entry: Entry, guarded: boolean): Promise<Keys> {
    if (entry.pending !== null) return entry.pending;
    const now = deps.clock();
    const recent = entry.attempts.filter((at) => at > now - windowMs);
    if (recent.length >= fetchesPerWindow) {
      if (now - entry.fetchedAt < freshMs) return Promise.resolve(entry.keys);
      return Promise.reject(new Error('the key set was asked for too often'));
    }
    entry.attempts = [...recent, now];
    entry.pending = ask(url, guarded)
      .then(imported)
      .then((keys) => {
        entry.keys = keys;
        entry.fetchedAt = now;
        return keys;
      })
      .finally(() => {
        entry.pending = null;
      });
    return entry.pending;
  }

  return {
    async find(url, kid, guarded = false) {
      const name = `${guarded} ${url}`;
      const entry = entries.get(name) ?? {
        keys: new Map(),
        fetchedAt: Number.NEGATIVE_INFINITY,
        attempts: [],
        pending: null,
      };
      entries.set(name, entry);
      const fresh = deps.clock() - entry.fetchedAt < freshMs;
      const kept = fresh ? entry.keys.get(kid) : undefined;
      if (kept !== undefined) return { kind: 'found', key: kept };
      try {
        const key = (await refresh(url, entry, guarded)).get(kid);
        return key === undefined ? { kind: 'unknown-kid' } : { kind: 'found', key };
      } catch (cause) {
        return { kind: 'unavailable', cause };
      }
    },
  };
}
