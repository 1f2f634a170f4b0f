import type { z } from 'zod';
import { outlineJson } from '../scan-json.ts';
import { endOfBrackets } from './brackets.ts';
import type { Cursor, Read } from './cursor.ts';
import type { FamiliarParts, Part } from './parts.ts';

/** One kind of part: what it must be, and the bit that says that a part was found to be it. */
export interface PartKind {
  readonly schema: z.ZodType;
  readonly bit: number;
}

/** A part that is known to be valid as this. */
export function familiarPart(parts: FamiliarParts, { bit }: PartKind): Read {
  return (cursor) => {
    const end = endOfBrackets(cursor.text, cursor.at);
    const found = end < 0 ? undefined : parts.find(cursor.text.slice(cursor.at, end));
    return found === undefined || (found.valid & bit) === 0 ? undefined : take(cursor, end, found);
  };
}

/** A part that is looked at, and known from then on. */
export function learntPart(parts: FamiliarParts, { schema, bit }: PartKind): Read {
  return (cursor) => {
    const end = endOfBrackets(cursor.text, cursor.at);
    if (end < 0) return undefined;
    const text = cursor.text.slice(cursor.at, end);
    const known = parts.find(text);
    const part = known ?? parse(text, cursor);
    if (!schema.safeParse(part.value).success) return undefined;
    part.valid |= bit;
    if (known === undefined) parts.note(text, part);
    return take(cursor, end, part);
  };
}

/** A part that is looked at and not remembered, since its like will hardly come again. */
export function singlePart(schema: z.ZodType): Read {
  return (cursor) => {
    const end = endOfBrackets(cursor.text, cursor.at);
    if (end < 0) return undefined;
    const part = parse(cursor.text.slice(cursor.at, end), cursor);
    return schema.safeParse(part.value).success ? take(cursor, end, part) : undefined;
  };
}

/** Goes past a part, unless it is nested too deep where it stands. */
function take(cursor: Cursor, end: number, part: Part): unknown {
  if (cursor.depth + part.depth > cursor.limits.maxDepth) return undefined;
  cursor.at = end;
  cursor.keys += part.keys;
  return part.value;
}

/** Throws `invalid-request` for what is not JSON within the limits: no other way of reading will do better. */
function parse(text: string, { limits }: Cursor): Part {
  const { depth, keys } = outlineJson(text, limits);
  return { value: JSON.parse(text), depth, keys, valid: 0 };
}
