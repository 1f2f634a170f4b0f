import { AssiduError } from '../../src/base/errors.ts';
import { type JsonLimits, type JsonOutline, type JsonPath, outlineJson } from './scan-json.ts';

/** One member of an object: `key` unescaped, `[start, end)` from its opening quote, the value from `valueStart`. */
export interface MemberSpan {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
}

/** The raw text of each statement, and whether they came in an array. */
export interface RawStatements {
  readonly batch: boolean;
  readonly parts: readonly string[];
}

const UNLIMITED: JsonLimits = { maxDepth: Number.POSITIVE_INFINITY, maxKeys: Number.POSITIVE_INFINITY };

const objectOutline = (text: string): JsonOutline => {
  const outline = outlineJson(text, UNLIMITED);
  if (outline.kind !== 'object') throw new AssiduError('invalid-request', 'expected a JSON object');
  return outline;
};

/**
 * Cuts a request body into the original text of each statement: the elements of an array, or the one object.
 * Throws `invalid-request` with line and column for malformed JSON, a limit passed, and a duplicate key unless
 * `onRepeatedKey` takes it.
 */
export function readRawStatements(
  text: string,
  limits: JsonLimits,
  onRepeatedKey?: (path: JsonPath, message: string) => void,
): RawStatements {
  const outline = outlineJson(text, limits, onRepeatedKey);
  if (outline.kind === 'object') return { batch: false, parts: [text.slice(outline.start, outline.end)] };
  if (outline.kind === 'array') {
    return { batch: true, parts: outline.children.map((child) => text.slice(child.valueStart, child.end)) };
  }
  throw new AssiduError(
    'invalid-request',
    'expected a statement or an array of statements (xAPI 1.0.3 Communication 2.1)',
  );
}

/** True when a JSON text is an array: then its statements are named by their place. */
export function isBatch(text: string): boolean {
  return /^\s*\[/.test(text);
}

/** The original text of each statement, see `readRawStatements`. */
export function splitStatements(text: string, limits: JsonLimits): readonly string[] {
  return readRawStatements(text, limits).parts;
}

/** Where each member of the JSON object in `text` stands. Throws `invalid-request` when it is not one. */
export function topLevelMembers(text: string): readonly MemberSpan[] {
  return objectOutline(text).children;
}

/** The same object with the value of one member rewritten and every other byte kept; itself where it has no such member. */
export function mapMember(text: string, key: string, change: (json: string) => string): string {
  const member = topLevelMembers(text).find((candidate) => candidate.key === key);
  if (member === undefined) return text;
  const value = text.slice(member.valueStart, member.end);
  return text.slice(0, member.valueStart) + change(value) + text.slice(member.end);
}

/** The same object without the members of these keys; every other member keeps its bytes and its order. */
export function withoutMembers(text: string, keys: ReadonlySet<string>): string {
  const outline = objectOutline(text);
  const kept = outline.children.filter((member) => !keys.has(member.key));
  if (kept.length === outline.children.length) return text;
  const members = kept.map((member) => text.slice(member.start, member.end));
  return `${text.slice(0, outline.start)}{${members.join(',')}}${text.slice(outline.end)}`;
}

/**
 * The same object with members added at its end, in the order given; `json` is inserted as it stands.
 * `text` is an object already read once: only its last bracket is looked for.
 */
export function appendMembers(
  text: string,
  members: readonly (readonly [key: string, json: string])[],
): string {
  if (members.length === 0) return text;
  const close = text.lastIndexOf('}');
  if (close < 0) throw new AssiduError('invalid-request', 'expected a JSON object');
  const added = members.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(',');
  const body = text.slice(0, close);
  const empty = body.trim() === '{';
  return `${body}${empty ? '' : ','}${added}${text.slice(close)}`;
}
