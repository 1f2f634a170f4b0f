/** How many values are remembered, and how long the text of one may be, in characters: some 50 MB at the very most. */
const MOST = 40;
const LONGEST = 1_000_000;

/**
 * Parses JSON that is asked for again and again under the same name, and answers the very same value while the text is
 * the same: comparing texts costs a hundredth of parsing them, and who gets the same value need not look into it again.
 */
export function createParseOnce(): <Value>(name: string, text: string) => Value {
  // In the order of their last use.
  const last = new Map<string, { readonly text: string; readonly value: unknown }>();
  return <Value>(name: string, text: string): Value => {
    const known = last.get(name);
    const kept = known?.text === text ? known : { text, value: JSON.parse(text) };
    last.delete(name);
    if (text.length <= LONGEST) last.set(name, kept);
    const [oldest] = last.keys();
    if (last.size > MOST && oldest !== undefined) last.delete(oldest);
    return kept.value as Value;
  };
}
