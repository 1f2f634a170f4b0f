/** How many texts are remembered, and how long one may be, in characters: 20 MB at the very most. */
const MOST = 5_000;
const LONGEST = 2_000;

/** Texts known to add nothing to what is kept under a key, so that repeating them costs no query. */
export interface Seen {
  has(key: string, text: string): boolean;
  note(key: string, text: string): void;
  /** What is kept under the key has changed. */
  forgetKey(key: string): void;
}

/** `forget` after a rollback, and when another process may have written. */
export function createSeen(): Seen & { forget(): void } {
  const known = new Map<string, Set<string>>();
  let size = 0;
  return {
    has: (key, text) => known.get(key)?.has(text) ?? false,
    note: (key, text) => {
      if (text.length > LONGEST) return;
      if (size >= MOST) {
        known.clear();
        size = 0;
      }
      size += 1;
      const texts = known.get(key);
      if (texts) texts.add(text);
      else known.set(key, new Set([text]));
    },
    forgetKey: (key) => {
      size -= known.get(key)?.size ?? 0;
      known.delete(key);
    },
    forget: () => {
      known.clear();
      size = 0;
    },
  };
}
