import { createHash } from 'node:crypto';

/**
 * Digests by which a mailbox is found again, hexadecimal SHA-1 as in `mbox_sha1sum` (1.0.3 Data 2.4.2.3): of an mbox as
 * it is written and in lower case, of an mbox_sha1sum itself; none for other identifiers. Two actor keys that share one
 * are the same person: no mail provider tells people apart by upper and lower case.
 */
export function mailDigests(actor: string): readonly string[] {
  if (actor.startsWith('mbox_sha1sum|')) return [actor.slice('mbox_sha1sum|'.length)];
  if (!actor.startsWith('mbox|')) return [];
  const written = actor.slice('mbox|'.length);
  const folded = written.toLowerCase();
  return folded === written ? [sha1(written)] : [sha1(folded), sha1(written)];
}

/** The actor key of an address that is not to be kept in clear. */
export function mailKey(address: string): string {
  return `mbox_sha1sum|${sha1(`mailto:${address.trim().toLowerCase()}`)}`;
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
