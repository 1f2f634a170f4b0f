import type { ServiceAnswer, ServiceFailure } from './platform-client.ts';

/** Time and chance, for waiting politely. */
export interface PatienceDeps {
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
  /** Resolves after so many ms. */
  readonly wait: (ms: number) => Promise<void>;
}

const FIRST = 1_000;
/** Who asks for a longer pause than this, ms, is left alone until the next time. */
const LONGEST = 60_000;
const ATTEMPTS = 5;

/** Whether the same request may succeed later: no answer, throttled (Canvas says 403), or the platform's own trouble. */
export function isPassing({ status, lasting }: ServiceFailure): boolean {
  if (lasting === true) return false;
  return status === null || status === 403 || status === 408 || status === 429 || status >= 500;
}

/** How long Retry-After asks to wait, ms; null when it says nothing (RFC 9110 §10.2.3: seconds or a date). */
export function askedPause(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null) return null;
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter) * 1_000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/**
 * Tries again what may pass: after 1 s, 2 s, 4 s, 8 s and up to a half more, so that many do not come back together, or
 * after what Retry-After asks, up to a minute. Answers the last failure when it does not pass.
 */
export async function politely(
  attempt: () => Promise<ServiceAnswer>,
  { clock, random, wait }: PatienceDeps,
): Promise<ServiceAnswer> {
  for (let turn = 1; ; turn += 1) {
    const answer = await attempt();
    if (answer.kind === 'answer' || !isPassing(answer) || turn >= ATTEMPTS) return answer;
    const share = random(4).readUInt32BE() / 2 ** 32;
    const own = FIRST * 2 ** (turn - 1) * (1 + share / 2);
    const pause = askedPause(answer.retryAfter, clock()) ?? own;
    if (pause > LONGEST) return answer;
    await wait(Math.round(pause));
  }
}
