import { faulty } from '../faulty.ts';
import { type JsonLimits, outlineJson } from '../statement/scan-json.ts';

/** What is in a document is its client's own matter; the limit of a body holds. */
const UNLIMITED: JsonLimits = { maxDepth: Number.POSITIVE_INFINITY, maxKeys: Number.POSITIVE_INFINITY };

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
  if (isJson(sent)) textOf(sent.content, 'the body');
}

/**
 * A posted document over the one that is kept: properties of the outermost object only, each replaced whole and left as
 * it was written, so that no digit of a number is lost. Throws `invalid-request` unless both are JSON objects by type and
 * by content (xAPI 1.0.3 Communication 2.2).
 */
export function mergeContents(kept: Content, sent: Content): Uint8Array {
  if (!isJson(sent))
    throw faulty('Content-Type', 'only application/json can be merged with a document that exists');
  if (!isJson(kept)) throw faulty('', 'the document kept is not application/json: it can only be replaced');
  const merged = new Map([
    ...membersOf(kept.content, 'the document kept'),
    ...membersOf(sent.content, 'the body'),
  ]);
  return Buffer.from(`{${[...merged.values()].join(',')}}`);
}

/** The text of each member of an object, by its key; of a key used twice the last one, as JSON.parse has it. */
function membersOf(content: Uint8Array, what: string): readonly (readonly [string, string])[] {
  const text = textOf(content, what);
  const { kind, children } = outlineJson(text, UNLIMITED, () => {});
  if (kind !== 'object') throw faulty('', `${what} is not a JSON object`);
  return children.map(({ key, start, end }) => [key, text.slice(start, end)]);
}

/** The text of a content that is JSON. */
function textOf(content: Uint8Array, what: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    JSON.parse(text);
    return text;
  } catch {
    throw faulty('', `${what} is not JSON in UTF-8`);
  }
}
