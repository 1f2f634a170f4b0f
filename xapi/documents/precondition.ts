import { faulty } from '../faulty.ts';

/** Entity tags of a header, `*` for "whatever there is", null when the header was not sent. */
type Tags = readonly string[] | '*' | null;

/** On what a request is conditional (RFC 9110 §13.1.1, §13.1.2). */
export interface Precondition {
  readonly ifMatch: Tags;
  readonly ifNoneMatch: Tags;
}

/** The precondition of a request. Throws `invalid-request` for a header that holds no entity tags. */
export function readPrecondition(ifMatch: string | undefined, ifNoneMatch: string | undefined): Precondition {
  return { ifMatch: readTags('If-Match', ifMatch), ifNoneMatch: readTags('If-None-Match', ifNoneMatch) };
}

export function isConditional({ ifMatch, ifNoneMatch }: Precondition): boolean {
  return ifMatch !== null || ifNoneMatch !== null;
}

/** Whether the request may go on; `kept` is the tag of the document there is, null for none. */
export function isMet({ ifMatch, ifNoneMatch }: Precondition, kept: string | null): boolean {
  if (ifMatch === '*' && kept === null) return false;
  if (Array.isArray(ifMatch) && (kept === null || !ifMatch.includes(kept))) return false;
  if (ifNoneMatch === '*') return kept === null;
  if (ifNoneMatch !== null && kept !== null)
    return !ifNoneMatch.some((tag) => tag.replace(/^W\//, '') === kept);
  return true;
}

/** Widespread clients send the bare SHA-1 without its quotes: it is taken as the tag that it means. */
function readTags(header: string, text: string | undefined): Tags {
  if (text === undefined) return null;
  const tags = text.split(',').map((tag) => tag.trim());
  if (tags.length === 1 && tags[0] === '*') return '*';
  return tags.map((tag) => {
    if (/^[0-9a-f]{40}$/i.test(tag)) return `"${tag.toLowerCase()}"`;
    if (!/^(W\/)?"[^"]*"$/.test(tag)) throw faulty(header, 'must be * or entity tags in quotes');
    return tag;
  });
}
