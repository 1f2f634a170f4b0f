import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssiduError } from '../../src/base/errors.ts';
import type { AccessKey, KeyLimits } from '../../src/storage/ports/key-store.ts';
import { newAccessKey } from '../../xapi/credentials.ts';
import { createKeyLimiter } from '../../xapi/key-limits.ts';

const START = Date.UTC(2026, 0, 5);
const keyWith = (limits: Partial<KeyLimits>, id = 'one'): AccessKey => ({
  ...newAccessKey({ org: 'default', name: 'k', scopes: [], at: START }, Buffer.alloc).accessKey,
  id,
  limits: { requestsPerMinute: null, statementsPerMinute: null, ...limits },
});

/** A limiter with a clock that the test turns; null for what is let in, else the seconds to wait. */
function limiter(maxKeys?: number) {
  let now = START;
  const { takeRequest, takeStatements } = createKeyLimiter(() => now, maxKeys);
  const told = (work: () => void): number | null => {
    try {
      work();
      return null;
    } catch (error) {
      if (!(error instanceof AssiduError) || error.code !== 'too-many-requests') throw error;
      return error.retryAfter;
    }
  };
  return {
    pass: (ms: number) => {
      now += ms;
    },
    request: (key: AccessKey) => told(() => takeRequest(key)),
    statements: (key: AccessKey, count: number) => told(() => takeStatements(key, count)),
  };
}

describe('the limits of a key', () => {
  it('let a minute’s worth in at once, then refuse, and say how long to wait', () => {
    const { request, pass } = limiter();
    const key = keyWith({ requestsPerMinute: 6 });
    expect(Array.from({ length: 6 }, () => request(key))).toEqual(Array(6).fill(null));
    expect(request(key)).toBe(10);
    pass(4_500);
    expect(request(key)).toBe(6);
    pass(6_000);
    expect([request(key), request(key)]).toEqual([null, 10]);
  });

  it('are each key’s own, and there are none where none are set', () => {
    const { request, statements } = limiter();
    const [one, two] = [keyWith({ requestsPerMinute: 1 }), keyWith({ requestsPerMinute: 1 }, 'two')];
    expect([request(one), request(two), request(one), request(two)]).toEqual([null, null, 60, 60]);
    expect(statements(one, 1_000_000)).toBeNull();
    const free = keyWith({});
    expect(Array.from({ length: 1_000 }, () => request(free)).every((wait) => wait === null)).toBe(true);
  });

  it('let a batch greater than the limit in when nothing was used, and have it paid for', () => {
    const { statements, pass } = limiter();
    const key = keyWith({ statementsPerMinute: 100 });
    expect(statements(key, 250)).toBeNull();
    expect(statements(key, 1)).toBe(Math.ceil((151 * 60) / 100));
    pass(120_000);
    expect(statements(key, 250)).toBe(30);
    pass(30_000);
    expect(statements(key, 250)).toBeNull();
  });

  it('refill nothing when the clock is set back', () => {
    const { request, pass } = limiter();
    const key = keyWith({ requestsPerMinute: 1 });
    expect(request(key)).toBeNull();
    pass(-3_600_000);
    expect(request(key)).toBe(60);
  });

  it('always let a batch in after the wait that was told, and over any time no more than one bucket above the rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 0, max: 90_000 })), {
          maxLength: 30,
        }),
        (perMinute, work) => {
          const { statements, pass } = limiter();
          const key = keyWith({ statementsPerMinute: perMinute });
          let [passed, sent, greatest] = [0, 0, 0];
          for (const [count, ms] of work) {
            pass(ms);
            passed += ms;
            const wait = statements(key, count);
            if (wait !== null) {
              pass(wait * 1_000);
              passed += wait * 1_000;
              expect(statements(key, count)).toBeNull();
            }
            sent += count;
            greatest = Math.max(greatest, count, perMinute);
            expect(sent).toBeLessThanOrEqual(greatest + (passed * perMinute) / 60_000 + 1e-6);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are remembered of so many keys only, the longest unused forgotten first', () => {
    const { request } = limiter(2);
    const [a, b, c] = ['a', 'b', 'c'].map((id) => keyWith({ requestsPerMinute: 1 }, id));
    if (!a || !b || !c) throw new Error('three keys');
    expect([request(a), request(b), request(c)]).toEqual([null, null, null]);
    expect([request(c), request(b), request(a)]).toEqual([60, 60, null]);
  });
});
