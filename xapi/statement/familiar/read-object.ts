import { CLOSE_OBJECT, COLON, COMMA, OPEN_OBJECT, QUOTE } from '../json-characters.ts';
import { skipSpace } from '../scan-json.ts';
import { closingQuote } from './brackets.ts';
import type { Cursor, Read } from './cursor.ts';

/** A string without escapes that passes a test, which lets no control character pass. */
export function plainString(test: (value: string) => boolean): Read {
  return (cursor) => {
    const { text, at } = cursor;
    if (text.charCodeAt(at) !== QUOTE) return undefined;
    const end = text.indexOf('"', at + 1);
    const value = text.slice(at + 1, end);
    if (end < 0 || value.includes('\\') || !test(value)) return undefined;
    cursor.at = end + 1;
    return value;
  };
}

/** An object of these members, each read in its way, none twice and none of `required` missing. */
export function objectOf(
  members: Readonly<Record<string, Read>>,
  required: readonly string[],
): (cursor: Cursor) => Record<string, unknown> | undefined {
  const table = new Map(
    Object.entries(members).map(([key, read], index) => [key, { read, bit: 1 << index }]),
  );
  const wanted = required.reduce((bits, key) => bits | (table.get(key)?.bit ?? 0), 0);
  return (cursor) => {
    const { text } = cursor;
    if (text.charCodeAt(cursor.at) !== OPEN_OBJECT || cursor.depth >= cursor.limits.maxDepth)
      return undefined;
    const values: Record<string, unknown> = {};
    let seen = 0;
    cursor.depth += 1;
    do {
      const start = skipSpace(text, cursor.at + 1);
      const end = text.charCodeAt(start) === QUOTE ? closingQuote(text, start + 1) : -1;
      const key = text.slice(start + 1, end);
      const member = end < 0 ? undefined : table.get(key);
      if (member === undefined || (seen & member.bit) !== 0) return undefined;
      seen |= member.bit;
      const colon = skipSpace(text, end + 1);
      if (text.charCodeAt(colon) !== COLON) return undefined;
      cursor.at = skipSpace(text, colon + 1);
      const value = member.read(cursor);
      if (value === undefined) return undefined;
      values[key] = value;
      cursor.keys += 1;
      cursor.at = skipSpace(text, cursor.at);
    } while (text.charCodeAt(cursor.at) === COMMA);
    if (text.charCodeAt(cursor.at) !== CLOSE_OBJECT || (seen & wanted) !== wanted) return undefined;
    cursor.at += 1;
    cursor.depth -= 1;
    return values;
  };
}
