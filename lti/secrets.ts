import { createHash, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../src/base/seal.ts';

/** The keys of this folder, each for one purpose, all from the master secret. */
export interface LtiKeys {
  readonly toolKeys: Buffer;
  readonly ltijsRecords: Buffer;
  readonly heldLaunches: Buffer;
  readonly forms: Buffer;
  readonly reviews: Buffer;
  /** Text, because ltijs wants a string. */
  readonly ltijs: string;
}

/** Derives the keys from a master secret of at least 32 characters; else throws `settings`. */
export function deriveLtiKeys(secret: string): LtiKeys {
  const derive = (purpose: string): Buffer => deriveKey(secret, `lti ${purpose}`);
  return {
    toolKeys: derive('tool keys'),
    ltijsRecords: derive('ltijs records'),
    heldLaunches: derive('held launches'),
    forms: derive('forms'),
    reviews: derive('reviews'),
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
