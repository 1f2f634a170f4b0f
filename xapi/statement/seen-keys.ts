// Up to this many keys, walking a list is faster than hashing: most objects of a statement have two to five.
const LIST_LIMIT = 24;

/** The keys met so far in one JSON object. */
export class SeenKeys {
  private readonly list: string[] = [];
  private hashed: Set<string> | null = null;

  /** False when the key was there already. */
  add(key: string): boolean {
    if (this.hashed !== null) {
      const before = this.hashed.size;
      return this.hashed.add(key).size > before;
    }
    if (this.list.includes(key)) return false;
    this.list.push(key);
    if (this.list.length >= LIST_LIMIT) this.hashed = new Set(this.list);
    return true;
  }
}
