/** How many texts are remembered, and how long one may be, in characters: 20 MB at the very most. */
const MOST = 5_000;
const LONGEST = 2_000;

/** Texts known to add nothing to what is kept under an id, so that repeating them costs no query. */
export interface SeenTexts {
  has(id: string, text: string): boolean;
  note(id: string, text: string): void;
  /** What is kept under the id has changed. */
  forgetId(id: string): void;
}

export interface Seen {
  /** What an organisation said of things of a kind. */
  of(kind: 'definition' | 'name', org: string): SeenTexts;
}

/** `forget` after a rollback, and when another process may have written. */
export function createSeen(): Seen & { forget(): void } {
  // By kind and organisation first: a key made of all three would be made anew for each text that is looked for.
  const known = new Map<string, Map<string, Set<string>>>();
  let size = 0;
  const forget = () => {
    known.clear();
    size = 0;
  };
  return {
    of: (kind, org) => {
      const key = `${kind}\n${org}`;
      return {
        has: (id, text) => known.get(key)?.get(id)?.has(text) ?? false,
        note: (id, text) => {
          if (text.length > LONGEST) return;
          if (size >= MOST) forget();
          size += 1;
          const ids = known.get(key) ?? new Map<string, Set<string>>();
          known.set(key, ids);
          const texts = ids.get(id);
          if (texts) texts.add(text);
          else ids.set(id, new Set([text]));
        },
        forgetId: (id) => {
          size -= known.get(key)?.get(id)?.size ?? 0;
          known.get(key)?.delete(id);
        },
      };
    },
    forget,
  };
}
