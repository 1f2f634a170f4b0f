import { oddKey, WORDS } from '../odd.ts';
import type { Random } from '../random.ts';

/** What a parameter may well be. */
export type Parameters = Readonly<Record<string, readonly string[]>>;

/** What is longer is refused before it is read, and its connection broken off: that is tried on the wire. */
const LONGEST = 8_000;
const BAD_ESCAPES = [
  '%',
  '%zz',
  '%ff',
  '%c3%28',
  '%00',
  '+',
  '%u0041',
  '%ED%A0%80',
  ';',
  '&&',
  '=',
  '#',
  '%0d%0aX:y',
];

/** Parameters of a query: some of those that are known, with good values and others, and now and then a stranger. */
export function oddParameters(
  random: Random,
  known: Parameters,
  needed: readonly string[] = [],
): readonly (readonly [string, string])[] {
  const chosen = Object.entries(known).filter(([name]) => random.chance(needed.includes(name) ? 0.97 : 0.2));
  const pairs = chosen.map(([name, values]): [string, string] => [
    name,
    random.chance(0.12) ? random.pick(WORDS) : random.pick(values),
  ]);
  const [first] = pairs;
  if (first && random.chance(0.05)) pairs.push([first[0], random.pick(WORDS)]);
  if (random.chance(0.05)) pairs.push([oddKey(random).slice(0, 1_000), random.pick(WORDS)]);
  return pairs;
}

/** A query string; a few have escapes that are none. */
export function queryOf(random: Random, pairs: readonly (readonly [string, string])[]): string {
  const text = pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');
  const query = random.chance(0.04) ? spoiled(random, text) : text;
  return query === '' ? '' : `?${query.slice(0, LONGEST)}`;
}

/** Percent-encoding; a lone surrogate becomes U+FFFD. */
export function escaped(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** With an escape that is none somewhere. */
export function spoiled(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick(BAD_ESCAPES) + text.slice(at);
}
