import { AssiduError } from '../src/base/errors.ts';
import type { KeyBounds, KeyLimits, KeyScope, KeyStore } from '../src/storage/ports/key-store.ts';
import { newAccessKey } from './credentials.ts';

const MINUTE = 60_000;
/** How long a key for content lives, in ms. */
export const CONTENT_KEY_LIFETIME = { usual: 120 * MINUTE, longest: 24 * 60 * MINUTE };
const SCOPES: readonly KeyScope[] = ['statements/write', 'statements/read/mine', 'state', 'profile'];
const LIMITS: KeyLimits = { requestsPerMinute: 600, statementsPerMinute: 3_000 };

export interface ContentKeysDeps {
  readonly keys: Pick<KeyStore, 'insert'>;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
}

/** Whom a key is for. */
export interface ContentKeyRequest extends KeyBounds {
  readonly org: string;
  /** Shown in the authority of what it writes. */
  readonly name: string;
  /** ms, 24 hours at most; two hours where absent. */
  readonly lifetime?: number | undefined;
}

/** A key as its content is handed it; the secret is not kept. */
export interface ContentKey {
  readonly key: string;
  readonly secret: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
}

/** Keys for content that runs in a browser (H5P, Storyline, cmi5): short-lived, about one learner (bound-key.ts). */
export interface ContentKeys {
  /** Throws `invalid-request` for a lifetime that is not from one millisecond to 24 hours. */
  issue(request: ContentKeyRequest): Promise<ContentKey>;
}

export function createContentKeys({ keys, clock, random }: ContentKeysDeps): ContentKeys {
  return {
    issue: async ({ org, name, actor, registration, lifetime = CONTENT_KEY_LIFETIME.usual }) => {
      if (!(lifetime > 0 && lifetime <= CONTENT_KEY_LIFETIME.longest))
        throw new AssiduError('invalid-request', 'lifetime: must be 24 hours at most', {
          problems: [{ path: 'lifetime', message: 'must be 24 hours at most' }],
        });
      const at = clock();
      const expiresAt = at + lifetime;
      const boundTo = { actor, registration: registration?.toLowerCase() ?? null };
      const { accessKey, secret } = newAccessKey(
        { org, name, scopes: SCOPES, at, terms: { boundTo, expiresAt, limits: LIMITS } },
        random,
      );
      await keys.insert(accessKey);
      return { key: accessKey.key, secret, expiresAt };
    },
  };
}
