import { createCipheriv, createDecipheriv } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

/** Authenticated encryption of texts, each bound to its context. */
export interface Seal {
  /** base64url text that only `open` with the same key and context can read. */
  seal(plain: string, context: string): string;
  /** The text, or null when it was altered, sealed by another key, or for another context. */
  open(sealed: string, context: string): string | null;
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
