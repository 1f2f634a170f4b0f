import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { AssiduError } from './errors.ts';

const ivBytes = 12;
const tagBytes = 16;

/** Authenticated encryption of texts, each bound to its context. */
export interface Seal {
  /** base64url text that only `open` with the same key and context can read. */
  seal(plain: string, context: string): string;
  /** The text, or null when it was altered, sealed by another key, or for another context. */
  open(sealed: string, context: string): string | null;
}

/**
 * A key of 32 bytes for one purpose (HKDF-SHA-256, RFC 5869) from a master secret of at least 32 characters; throws
 * `settings` when it is shorter.
 */
export function deriveKey(secret: string, purpose: string): Buffer {
  if (secret.length < 32) throw new AssiduError('settings', 'the secret must have at least 32 characters');
  return Buffer.from(hkdfSync('sha256', secret, 'assidu', purpose, 32));
}

/** AES-256-GCM under a key of 32 bytes; the context (a kid, a purpose) is authenticated with it. */
export function createSeal(key: Buffer, random: (bytes: number) => Buffer): Seal {
  return {
    seal(plain, context) {
      const iv = random(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url');
      // A decoder that skips what it does not know would let two texts stand for one.
      if (bytes.length < ivBytes + tagBytes || bytes.toString('base64url') !== sealed) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes))
          .setAAD(Buffer.from(context))
          .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        const body = bytes.subarray(ivBytes + tagBytes);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
