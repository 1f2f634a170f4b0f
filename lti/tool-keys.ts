import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint } from 'jose';
import { z } from 'zod';
import { AssiduError } from '../src/base/errors.ts';
import type { Seal } from '../src/base/seal.ts';
import type { ToolKeyStore } from '../src/storage/ports/tool-key-store.ts';

/** Platforms keep the keys they have read for a while: a new one signs when they may be expected to know it, ms. */
export const PUBLISHED_BEFORE = 60 * 60_000;

const rsaPublic = z.object({ kty: z.literal('RSA'), n: z.string(), e: z.string() });
const rsaPrivate = rsaPublic.extend({
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
});

/** A signing key of the tool, opened. */
export interface OpenedToolKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  /** ms since the epoch. */
  readonly createdAt: number;
  /** Throws `storage` when the sealed half cannot be opened (another master secret). */
  privateKey(): KeyObject;
}

export interface ToolKeys {
  /** Newest first; all are published. */
  list(): Promise<readonly OpenedToolKey[]>;
  /** The one that signs: the newest that platforms have had time to see, else the oldest. Throws `internal` when there is none. */
  signing(): Promise<OpenedToolKey>;
  /** Makes a new key, which is published at once and signs an hour later; the ones before stay published. Answers its kid. */
  rotate(): Promise<string>;
  /** Withdraws one, at once: nothing that it signed is believed any more. Throws `not-found`, and `conflict` for the last one. */
  remove(kid: string): Promise<void>;
  /** Makes the first key when there is none. */
  ensure(): Promise<void>;
  /** Throws `settings` when the key that signs was sealed with another master secret. */
  check(): Promise<void>;
}

const generate = promisify(generateKeyPair);
const contextOf = (kid: string): string => `tool key ${kid}`;
const keyFrom = (jwk: JsonWebKey): { key: JsonWebKey; format: 'jwk' } => ({ key: jwk, format: 'jwk' });

/** Our RSA-2048 signing keys (1EdTech Security Framework §5.1.1); private halves leave this file opened only. */
export function createToolKeys(deps: {
  readonly store: ToolKeyStore;
  readonly seal: Seal;
  readonly clock: () => number;
}): ToolKeys {
  const { store, seal, clock } = deps;

  async function rotate(): Promise<string> {
    // Generated on the thread pool: the event loop goes on serving.
    const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
    const publicJwk = rsaPublic.parse(publicKey.export({ format: 'jwk' }));
    const kid = await calculateJwkThumbprint(publicJwk);
    await store.insert({
      kid,
      publicJwk: JSON.stringify(publicJwk),
      sealedPrivateJwk: seal.seal(JSON.stringify(privateKey.export({ format: 'jwk' })), contextOf(kid)),
      createdAt: clock(),
    });
    return kid;
  }

  async function list(): Promise<readonly OpenedToolKey[]> {
    return (await store.list()).map((key) => ({
      kid: key.kid,
      publicKey: createPublicKey(keyFrom(rsaPublic.parse(JSON.parse(key.publicJwk)))),
      createdAt: key.createdAt,
      privateKey() {
        const opened = seal.open(key.sealedPrivateJwk, contextOf(key.kid));
        if (opened === null) throw new AssiduError('storage', `the tool key ${key.kid} cannot be opened`);
        return createPrivateKey(keyFrom(rsaPrivate.parse(JSON.parse(opened))));
      },
    }));
  }

  async function signing(): Promise<OpenedToolKey> {
    const keys = await list();
    const known = clock() - PUBLISHED_BEFORE;
    const key = keys.find(({ createdAt }) => createdAt <= known) ?? keys.at(-1);
    if (key === undefined) throw new AssiduError('internal', 'there is no tool key to sign with');
    return key;
  }

  return {
    rotate,
    list,
    signing,
    async remove(kid) {
      const keys = await store.list();
      if (!keys.some((key) => key.kid === kid))
        throw new AssiduError('not-found', `there is no tool key ${kid}`);
      if (keys.length === 1) throw new AssiduError('conflict', 'the last tool key stays: make another first');
      await store.remove(kid);
    },
    async ensure() {
      if ((await store.list()).length === 0) await rotate();
    },
    async check() {
      const key = await signing();
      try {
        key.privateKey();
      } catch (cause) {
        throw new AssiduError(
          'settings',
          'ASSIDU_SECRET: is not the one that the keys in this store were sealed with (docs/operate.md, "Another secret")',
          { cause },
        );
      }
    },
  };
}
