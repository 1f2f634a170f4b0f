import { isDeepStrictEqual } from 'node:util';

/** What this LRS sets itself, or gives where it was not sent. */
const SET_HERE = new Set(['id', 'stored', 'authority', 'timestamp', 'version']);

type Loose = Readonly<Record<string, unknown>>;

/**
 * JSON parsed with the digits of its numbers: 1.50 is not 1.5. Throws SyntaxError for what is no JSON.
 */
export function parseWithDigits(json: string): unknown {
  // Whoever reads JSON may pass over a byte order mark (RFC 8259 8.1), and this LRS does.
  const text = json.replace(/^\ufeff/, '');
  JSON.parse(text);
  return JSON.parse(
    text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g, (token) =>
      token.startsWith('"') ? token : `"#${token}"`,
    ),
  );
}

/** True when what is kept says what was sent, digit by digit, beside what the LRS sets. */
export function saysTheSame(sent: unknown, kept: unknown): boolean {
  if (!isLoose(sent) || !isLoose(kept)) return false;
  const [said, answered] = [withoutSet(sent), withoutSet(kept)];
  const timestamp = sent.timestamp === undefined || kept.timestamp === sent.timestamp;
  return timestamp && typeof kept.stored === 'string' && isDeepStrictEqual(said, answered);
}

function withoutSet(statement: Loose): unknown {
  return withLists(Object.fromEntries(Object.entries(statement).filter(([key]) => !SET_HERE.has(key))));
}

/** One activity in the place of a list of them is given back as a list (1.0.3 Data 2.4.6.2). */
function withLists(value: unknown, within = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => withLists(each));
  if (!isLoose(value)) return value;
  const members = Object.entries(value).map(([key, each]) => [key, withLists(each, key)]);
  if (within !== 'contextActivities') return members;
  return members.map(([key, each]) => [key, isLoose(Reflect.get(value, String(key))) ? [each] : each]);
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
