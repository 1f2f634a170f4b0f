import { KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** An RSA-2048 key pair and the JWK under which its public half is published. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: JWK;
}

/** The platform's keys: the one that signs, the one before it, and two for launches that must be refused. */
export interface KeyRing {
  readonly current: () => SigningKey;
  readonly rotate: () => Promise<void>;
  /** A key that is never published. */
  readonly other: () => Promise<SigningKey>;
  /** A key published with `use: "enc"` from the first call on. */
  readonly encryption: () => Promise<SigningKey>;
  readonly jwks: () => { readonly keys: readonly JWK[] };
}

async function makeKey(use: 'sig' | 'enc'): Promise<SigningKey> {
  const pair = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const { kty, n, e } = await exportJWK(pair.publicKey);
  if (kty === undefined || n === undefined || e === undefined) throw new Error('not an RSA key');
  const kid = (await calculateJwkThumbprint({ kty, n, e })).slice(0, 20);
  return {
    kid,
    privateKey: KeyObject.from(pair.privateKey),
    publicKey: KeyObject.from(pair.publicKey),
    jwk: { kty, alg: 'RS256', kid, e, n, use },
  };
}

/** First keys of platforms: two platforms of one process may as well have the same, and making one takes its time. */
let first: Promise<SigningKey> | undefined;

/** Makes the first key; the others are made when somebody asks for them. */
export async function createKeyRing(): Promise<KeyRing> {
  first ??= makeKey('sig');
  let current = await first;
  let previous: SigningKey | undefined;
  let other: Promise<SigningKey> | undefined;
  let encryption: SigningKey | undefined;
  return {
    current: () => current,
    rotate: async () => {
      const next = await makeKey('sig');
      previous = current;
      current = next;
    },
    other: () => {
      other ??= makeKey('sig');
      return other;
    },
    encryption: async () => {
      encryption ??= await makeKey('enc');
      return encryption;
    },
    jwks: () => ({
      keys: [current, previous, encryption].flatMap((key) => (key === undefined ? [] : [key.jwk])),
    }),
  };
}
