import { AssiduError } from '../src/base/errors.ts';
import type { AccessKey } from '../src/storage/ports/key-store.ts';

const MINUTE = 60_000;
/** Keys whose use is remembered at once. */
const MAX_KEYS = 50_000;

/** What is left of a minute's worth at an instant (ms); less than nothing after a batch greater than the limit. */
interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** Holds keys to what they may ask in a minute, in the memory of this process. */
export interface KeyLimiter {
  /** Counts a request. Throws `too-many-requests` with `retryAfter`, and counts nothing, beyond the limit. */
  takeRequest(key: AccessKey): void;
  /**
   * As `takeRequest`, for statements. A batch greater than the whole limit is let in when nothing was used, and paid for
   * afterwards: what is sent in batches of a fixed size never gets stuck, and over time the limit holds.
   */
  takeStatements(key: AccessKey, count: number): void;
}

/** A token bucket for each key and unit, full at first, refilled evenly; `clock` in ms. */
export function createKeyLimiter(clock: () => number, maxKeys = MAX_KEYS): KeyLimiter {
  const take = createBuckets(clock, maxKeys);
  return {
    takeRequest: (key) => take(key.id, 'requests', key.limits.requestsPerMinute, 1),
    takeStatements: (key, count) => take(key.id, 'statements', key.limits.statementsPerMinute, count),
  };
}

function createBuckets(clock: () => number, maxKeys: number) {
  // In the order of their last use: the first to be forgotten comes first.
  const buckets = new Map<string, Bucket>();
  return (keyId: string, unit: 'requests' | 'statements', perMinute: number | null, count: number): void => {
    if (perMinute === null || count === 0) return;
    const name = `${unit} ${keyId}`;
    const now = clock();
    const before = buckets.get(name);
    // A clock that was set back refills nothing.
    const refilled = before ? (Math.max(0, now - before.at) * perMinute) / MINUTE : perMinute;
    const left = Math.min(perMinute, (before?.left ?? 0) + refilled);
    const needed = Math.min(count, perMinute);
    if (left < needed) throw tooMany(unit, perMinute, ((needed - left) * MINUTE) / perMinute);
    buckets.delete(name);
    buckets.set(name, { left: left - count, at: now });
    const [oldest] = buckets.keys();
    if (buckets.size > maxKeys && oldest !== undefined) buckets.delete(oldest);
  };
}

function tooMany(unit: string, perMinute: number, wait: number): AssiduError {
  const seconds = Math.max(1, Math.ceil(wait / 1_000));
  return new AssiduError(
    'too-many-requests',
    `this key may send ${perMinute} ${unit} a minute; try again in ${seconds} s`,
    { retryAfter: seconds },
  );
}
