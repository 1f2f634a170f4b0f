import { describe, expect, it } from 'vitest';
import { parseExpiry } from '../../src/cli/expiry.ts';

const NOW = Date.UTC(2026, 0, 5);

describe('the end of a key', () => {
  it.each([
    ['90m', 90 * 60_000],
    ['12h', 12 * 3_600_000],
    ['30d', 30 * 86_400_000],
    ['8w', 56 * 86_400_000],
    ['2026-01-06T00:00:00Z', 86_400_000],
    ['2026-01-06T00:00+01:00', 82_800_000],
  ])('%s is %i ms from now', (text, later) => {
    expect(parseExpiry(text, NOW)).toBe(NOW + later);
  });

  it.each([
    '',
    '0d',
    '30',
    'd',
    '-1d',
    '1y',
    'tomorrow',
    '2026-01-06',
    '2026-01-06T00:00:00',
    '2026-02-30T00:00:00Z',
  ])('"%s" is none', (text) => {
    expect(parseExpiry(text, NOW)).toBeNull();
  });

  it('lies ahead', () => {
    expect(parseExpiry('2026-01-05T00:00:00Z', NOW)).toBeNull();
  });
});
