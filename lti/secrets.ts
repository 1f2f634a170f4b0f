import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto';
import { AssiduError } from '../src/base/errors.ts';

/** The keys of this folder, each for one purpose, all from the master secret. */
export interface LtiKeys {
  readonly toolKeys: Buffer;
  readonly ltijsRecords: Buffer;
  readonly heldLaunches: Buffer;
  readonly forms: Buffer;
  /** Text, because ltijs wants a string. */
  readonly ltijs: string;
}

/** Derives the keys (HKDF-SHA-256, RFC 5869) from a master secret of at least 32 characters; else throws `settings`. */
export function deriveLtiKeys(secret: string): LtiKeys {
  if (secret.length < 32) throw new AssiduError('settings', 'the secret must have at least 32 characters');
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, 'assidu', `lti ${purpose}`, 32));
  return {
    toolKeys: derive('tool keys'),
    ltijsRecords: derive('ltijs records'),
    heldLaunches: derive('held launches'),
    forms: derive('forms'),
    ltijs: derive('ltijs').toString('base64url'),
  };
}

/** SHA-256 of a text, base64url: what is kept of a secret that a browser holds. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** True when both texts are the same, in a time that does not tell where they differ. */
export function sameSecret(one: string, other: string): boolean {
  const [left, right] = [
    createHash('sha256').update(one).digest(),
    createHash('sha256').update(other).digest(),
  ];
  return timingSafeEqual(left, right);
}
