import { AssiduError } from '../../src/base/errors.ts';
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './json-characters.ts';
import { clipped, pathText } from './problems.ts';
import { SeenKeys } from './seen-keys.ts';

/** Bounds on JSON text: nesting counted from the outermost bracket, keys counted over the whole text. */
export interface JsonLimits {
  readonly maxDepth: number;
  readonly maxKeys: number;
}

/** Where in a JSON value: keys and, in arrays, places counted from 0. */
export type JsonPath = readonly (string | number)[];

/** Where a direct child of the outermost value stands: `[start, end)`, with `key` inside an object. */
export interface JsonSpan {
  readonly key: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** The outermost value's kind and its direct children. */
export interface JsonOutline {
  readonly kind: 'array' | 'object' | 'scalar';
  readonly start: number;
  readonly end: number;
  readonly children: readonly JsonSpan[];
  /** Levels of brackets, 0 for a scalar. */
  readonly depth: number;
  /** Keys in all its objects. */
  readonly keys: number;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// Most strings have no escape: the regular expression engine runs over these much faster than a loop here.
const PLAIN_STRING = /"[ !#-[\]-\uffff]*"/y;
// A path is for people: where a value nested a hundred levels deep begins says enough.
const NAMED_LEVELS = 10;
const LITERALS = ['true', 'false', 'null'];

const fault = (text: string, at: number, what: string, path?: JsonPath): AssiduError => {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return new AssiduError('invalid-request', `invalid JSON at line ${line}, column ${column}: ${what}`, {
    problems: path === undefined ? [] : [{ path: pathText(path.slice(0, NAMED_LEVELS)), message: what }],
  });
};

const unexpected = (text: string, at: number, wanted: string): AssiduError =>
  fault(
    text,
    at,
    `expected ${wanted}, found ${at < text.length ? JSON.stringify(text[at]) : 'the end of the text'}`,
  );

/** The offset of what is no white space of JSON, from `from` on. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at += 1;
  }
}

const isHex = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);

/** The offset after the escape whose backslash stands at `at`. */
const skipEscape = (text: string, at: number): number => {
  const letter = text.charAt(at + 1);
  if (letter === 'u') {
    for (let digit = at + 2; digit < at + 6; digit += 1) {
      if (!isHex(text.charCodeAt(digit))) throw fault(text, at, 'a \\u escape needs four hexadecimal digits');
    }
    return at + 6;
  }
  if (letter === '' || !'"\\/bfnrt'.includes(letter)) throw fault(text, at, 'unknown escape in a string');
  return at + 2;
};

/** The offset after the string whose opening quote stands at `start`. */
const skipString = (text: string, start: number): number => {
  PLAIN_STRING.lastIndex = start;
  if (PLAIN_STRING.test(text)) return PLAIN_STRING.lastIndex;
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at = skipEscape(text, at);
    else if (code >= 32) at += 1;
    else if (at >= text.length) throw fault(text, start, 'a string is not closed');
    else throw fault(text, at, 'a control character must be escaped in a string');
  }
};

const skipScalar = (text: string, at: number): number => {
  if (text.charCodeAt(at) === QUOTE) return skipString(text, at);
  NUMBER.lastIndex = at;
  if (NUMBER.test(text)) return NUMBER.lastIndex;
  for (const literal of LITERALS) if (text.startsWith(literal, at)) return at + literal.length;
  throw unexpected(text, at, 'a value');
};

/** The key between two quotes, escapes resolved. */
const keyOf = (text: string, start: number, end: number): string => {
  const plain = text.slice(start + 1, end - 1);
  return plain.includes('\\') ? String(JSON.parse(text.slice(start, end))) : plain;
};

/**
 * Reads JSON text once, without recursion and without building values, and tells where the children of the
 * outermost value stand. Throws `invalid-request` for anything that is not JSON (RFC 8259), for a key used
 * twice in one object (1.0.3 Data 2.2) unless `onRepeatedKey` takes it, and beyond the limits.
 */
export function outlineJson(
  text: string,
  limits: JsonLimits,
  onRepeatedKey?: (path: JsonPath, message: string) => void,
): JsonOutline {
  const children: JsonSpan[] = [];
  // One entry per open bracket: the keys seen so far in an object, null in an array.
  const open: (SeenKeys | null)[] = [];
  // The key or place where each of them is being read.
  const place: (string | number)[] = [];
  let current: SeenKeys | null = null;
  let keyCount = 0;
  let deepest = 0;
  let childKey = '';
  let childStart = 0;
  let valueStart = 0;
  const start = skipSpace(text, 0);
  let at = start;
  let wanted: 'value' | 'key' | 'after' = 'value';

  for (;;) {
    if (wanted === 'value') {
      at = skipSpace(text, at);
      const code = text.charCodeAt(at);
      if (open.length === 1) {
        valueStart = at;
        if (current === null) childStart = at;
      }
      if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        if (open.length >= limits.maxDepth) {
          throw fault(text, at, `nested deeper than ${limits.maxDepth} levels`, place.slice(0, open.length));
        }
        current = code === OPEN_OBJECT ? new SeenKeys() : null;
        place[open.length] = 0;
        open.push(current);
        if (open.length > deepest) deepest = open.length;
        at = skipSpace(text, at + 1);
        const closes = text.charCodeAt(at) === (current === null ? CLOSE_ARRAY : CLOSE_OBJECT);
        wanted = closes ? 'after' : current === null ? 'value' : 'key';
      } else {
        at = skipScalar(text, at);
        wanted = 'after';
        if (open.length === 1) children.push({ key: childKey, start: childStart, valueStart, end: at });
      }
    } else if (wanted === 'key') {
      at = skipSpace(text, at);
      if (text.charCodeAt(at) !== QUOTE) throw unexpected(text, at, 'a key in double quotes');
      const end = skipString(text, at);
      const key = keyOf(text, at, end);
      place[open.length - 1] = key;
      if (open.at(-1)?.add(key) === false) {
        const path = place.slice(0, open.length);
        const message = `the key ${JSON.stringify(clipped(key))} is used twice (xAPI 1.0.3 Data 2.2)`;
        if (onRepeatedKey === undefined) throw fault(text, at, message, path);
        onRepeatedKey(path, message);
      }
      keyCount += 1;
      if (keyCount > limits.maxKeys) {
        throw fault(text, at, `more than ${limits.maxKeys} keys`, place.slice(0, open.length));
      }
      if (open.length === 1) {
        childKey = key;
        childStart = at;
      }
      at = skipSpace(text, end);
      if (text.charCodeAt(at) !== COLON) throw unexpected(text, at, '":"');
      at += 1;
      wanted = 'value';
    } else {
      at = skipSpace(text, at);
      if (open.length === 0) break;
      const code = text.charCodeAt(at);
      if (code === COMMA) {
        wanted = current === null ? 'value' : 'key';
        const reached = place[open.length - 1];
        if (typeof reached === 'number') place[open.length - 1] = reached + 1;
      } else if (code === (current === null ? CLOSE_ARRAY : CLOSE_OBJECT)) {
        open.pop();
        current = open.at(-1) ?? null;
        if (open.length === 1) children.push({ key: childKey, start: childStart, valueStart, end: at + 1 });
      } else {
        throw unexpected(text, at, current === null ? '"," or "]"' : '"," or "}"');
      }
      at += 1;
    }
  }
  if (at < text.length) throw unexpected(text, at, 'the end of the text');
  const first = text.charCodeAt(start);
  const kind = first === OPEN_OBJECT ? 'object' : first === OPEN_ARRAY ? 'array' : 'scalar';
  return { kind, start, end: text.trimEnd().length, children, depth: deepest, keys: keyCount };
}
