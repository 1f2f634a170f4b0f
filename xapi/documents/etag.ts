import { createHash } from 'node:crypto';

/** The entity tag of a content: its SHA-1 in lower-case hex, in quotes (xAPI 1.0.3 Communication 3.1). */
export function etagOf(content: Uint8Array | string): string {
  return `"${createHash('sha1').update(content).digest('hex')}"`;
}
