/** A value read once, with what it is as JSON. */
export interface Part {
  readonly value: unknown;
  /** Levels of brackets: 1 for an object of scalars. */
  readonly depth: number;
  /** Keys in all its objects. */
  readonly keys: number;
  /** What it was found valid as, a bit for each kind of part. */
  valid: number;
}

/** Characters of JSON remembered by one of two maps: with their values some 10 MB for both. */
const MOST = 1_000_000;
/** Longer ones are hardly met again. */
const LONGEST = 8_000;

/**
 * Remembers parts of statements - actors, verbs, activities, contexts - by their very text. The statements of a course
 * name the same few word for word again and again: what was read and found valid once needs neither a second time.
 */
export interface FamiliarParts {
  find(text: string): Part | undefined;
  note(text: string, part: Part): void;
}

/** Of two maps the older one is let go when the newer is full: what is asked for goes on being remembered. */
export function createFamiliarParts(): FamiliarParts {
  let newer = new Map<string, Part>();
  let older = new Map<string, Part>();
  let size = 0;
  const note = (text: string, part: Part) => {
    if (text.length > LONGEST) return;
    if (size + text.length > MOST) {
      older = newer;
      newer = new Map();
      size = 0;
    }
    size += text.length;
    newer.set(detached(text), part);
  };
  return {
    note,
    find: (text) => {
      const found = newer.get(text);
      if (found !== undefined) return found;
      const before = older.get(text);
      if (before !== undefined) note(text, before);
      return before;
    },
  };
}

/** The same text in memory of its own: a slice would keep the whole request that it was cut from. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
