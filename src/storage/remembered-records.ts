/** How many values are remembered, and how long the text of one may be, in characters: some 50 MB at the very most. */
const MOST = 40;
const LONGEST = 1_000_000;

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
    if (known.text.length <= LONGEST) last.set(key, known);
    const [oldest] = last.keys();
    if (last.size > MOST && oldest !== undefined) last.delete(oldest);
    return known.value as Value;
  };
}
