const FIRST = 5_000;
const LONGEST = 15 * 60_000;
const LONGEST_ASKED = 24 * 60 * 60_000;

/**
 * How long to wait after so many failures in a row, ms: 5 s doubled each time, up to a quarter more so that many do not
 * come back together, 15 min at most; or what Retry-After asks (seconds or a date), from 1 s to a day.
 */
export function backoff(
  attempts: number,
  retryAfter: string | undefined,
  { now, random }: { readonly now: number; readonly random: (bytes: number) => Buffer },
): number {
  const asked = askedFor(retryAfter, now);
  if (asked !== null) return Math.min(Math.max(asked, 1_000), LONGEST_ASKED);
  const share = random(4).readUInt32BE() / 2 ** 32;
  const doubled = FIRST * 2 ** Math.min(Math.max(attempts, 1) - 1, 20);
  return Math.round(Math.min(doubled * (1 + share / 4), LONGEST));
}

function askedFor(text: string | undefined, now: number): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : date - now;
}
