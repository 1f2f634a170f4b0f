import { faulty } from '../resources/request.ts';

/** Content with its media type, as it was sent or as it is kept. */
export interface Content {
  readonly contentType: string;
  readonly content: Uint8Array;
}

export function isJson({ contentType }: Content): boolean {
  return /^\s*application\/json\s*(;|$)/i.test(contentType);
}

/** Throws `invalid-request` when a content says that it is JSON and is not (xAPI 1.0.3 Communication 3.2). */
export function checkJson(sent: Content): void {
  if (isJson(sent)) parse(sent.content, 'the body');
}

/**
 * A posted document over the one that is kept: properties of the outermost object only, each replaced whole. Throws
 * `invalid-request` unless both are JSON objects by type and by content (xAPI 1.0.3 Communication 2.2).
 */
export function mergeContents(kept: Content, sent: Content): Uint8Array {
  if (!isJson(sent))
    throw faulty('Content-Type', 'only application/json can be merged with a document that exists');
  if (!isJson(kept)) throw faulty('', 'the document kept is not application/json: it can only be replaced');
  const merged = { ...objectOf(kept.content, 'the document kept'), ...objectOf(sent.content, 'the body') };
  try {
    return Buffer.from(JSON.stringify(merged));
  } catch {
    throw faulty('', 'is nested too deeply');
  }
}

function objectOf(content: Uint8Array, what: string): object {
  const value = parse(content, what);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw faulty('', `${what} is not a JSON object`);
  return value;
}

function parse(content: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    throw faulty('', `${what} is not JSON in UTF-8`);
  }
}
