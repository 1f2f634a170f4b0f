import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/context.ts';
import { readKeyOptions } from '../../src/cli/key-options.ts';

const NOW = Date.UTC(2026, 0, 5);
const given = (changes: Record<string, unknown> = {}) => ({
  org: 'default',
  name: 'key',
  scopes: 'statements/write',
  onInvalid: 'refuse',
  ...changes,
});
const refusal = (changes: Record<string, unknown>) => {
  try {
    readKeyOptions(given(changes), NOW);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return null;
};

describe('what a key is created with', () => {
  it('is unlimited, for ever, trusted by nobody and strict unless told otherwise', () => {
    expect(readKeyOptions(given(), NOW)).toMatchObject({
      scopes: ['statements/write'],
      terms: {
        expiresAt: null,
        limits: { requestsPerMinute: null, statementsPerMinute: null },
        trustedPlatform: null,
        onInvalid: 'refuse',
      },
    });
  });

  it.each([
    ['https://moodle.example.org/', 'https://moodle.example.org'],
    ['https://Example.org/moodle/', 'https://example.org/moodle'],
    ['http://localhost:8080', 'http://localhost:8080'],
  ])('names a trusted source by its address: %s', (trustedSource, kept) => {
    expect(readKeyOptions(given({ trustedSource }), NOW).terms.trustedPlatform).toBe(kept);
  });

  it.each([
    [{ trustedSource: 'moodle.example.org' }, '--trusted-source'],
    [{ trustedSource: 'ftp://moodle.example.org' }, '--trusted-source'],
    [{ trustedSource: 'https://admin@moodle.example.org' }, '--trusted-source'],
    [{ trustedSource: 'https://moodle.example.org/?id=2' }, '--trusted-source'],
    [{ requestsPerMinute: '0' }, '--requests-per-minute'],
    [{ requestsPerMinute: '1.5' }, '--requests-per-minute'],
    [{ statementsPerMinute: 'many' }, '--statements-per-minute'],
    [{ expires: '2025-01-01T00:00:00Z' }, '--expires'],
    [{ expires: 'soon' }, '--expires'],
    [{ name: '' }, '--name'],
    [{ scopes: 'everything' }, '--scopes'],
  ])('is refused: %j', (changes, option) => {
    expect(refusal(changes)).toMatch(new RegExp(`^${option}: `));
  });

  it('is told every fault at once', () => {
    expect(refusal({ requestsPerMinute: 'x', expires: 'x' })?.split('\n')).toHaveLength(2);
  });
});
