/** How long the texts of all values remembered may be together, in characters: some 60 MB at the very most. */
const MOST = 12_000_000;

interface Remembered {
  readonly revision: number | string;
  readonly text: string;
  readonly value: unknown;
}

/**
 * Remembers what is read of an organisation's people and enrolments, which is asked for at every figure and changes
 * rarely. The same value is answered until something of it changes, in whatever process: the organisation's revision,
 * one small read, tells. Who gets the very same value need not look into it again.
 */
export function createRememberedRecords(revisionOf: (org: string) => Promise<number | string>) {
  // In the order of their last use.
  const last = new Map<string, Remembered>();
  return async <Value>(org: string, name: string, read: () => Promise<string>): Promise<Value> => {
    const key = `${org}\n${name}`;
    // Before it is read: what changes meanwhile makes it be read once more.
    const revision = await revisionOf(org);
    let known = last.get(key);
    if (known?.revision !== revision) {
      const text = await read();
      known = { revision, text, value: known?.text === text ? known.value : JSON.parse(text) };
    }
    last.delete(key);
    last.set(key, known);
    let total = [...last.values()].reduce((sum, { text }) => sum + text.length, 0);
    for (const [other, { text }] of last) {
      if (total <= MOST) break;
      last.delete(other);
      total -= text.length;
    }
    return known.value as Value;
  };
}
