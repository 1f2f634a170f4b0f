import type { JsonLimits } from '../scan-json.ts';

/** Where a JSON text is being read. */
export interface Cursor {
  readonly text: string;
  readonly limits: JsonLimits;
  /** Offset of what comes next. */
  at: number;
  /** Brackets open around it. */
  depth: number;
  /** Keys read so far. */
  keys: number;
}

/** Reads the value at a cursor and goes past it; `undefined` where this way of reading does not fit. */
export type Read = (cursor: Cursor) => unknown;

/** The first way that fits. */
export function firstOf(...ways: readonly Read[]): Read {
  return (cursor) => {
    const { at, depth, keys } = cursor;
    for (const way of ways) {
      const value = way(cursor);
      if (value !== undefined) return value;
      cursor.at = at;
      cursor.depth = depth;
      cursor.keys = keys;
    }
    return undefined;
  };
}
