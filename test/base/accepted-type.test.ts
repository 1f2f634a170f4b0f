import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedType } from '../../src/base/accepted-type.ts';

const OFFERED = ['application/problem+json', 'application/json', 'text/html', 'text/plain'] as const;

describe('the media type that an Accept header wants', () => {
  it.each([
    [undefined, 'application/problem+json'],
    ['', 'application/problem+json'],
    ['*/*', 'application/problem+json'],
    ['application/json', 'application/json'],
    ['application/json, text/plain, */*', 'application/problem+json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['TEXT/Plain', 'text/plain'],
    ['text/*', 'text/html'],
    ['text/*, text/html;q=0', 'text/plain'],
    ['text/html;q=0.3, text/plain ; q=0.4', 'text/plain'],
    ['text/plain;charset=utf-8', 'text/plain'],
    ['*/*;q=0.1, text/html', 'text/html'],
    ['image/png', 'application/problem+json'],
    ['text/html;q=many', 'application/problem+json'],
  ])('%j is %s', (accept, type) => expect(acceptedType(accept, OFFERED)).toBe(type));

  it('is always one of those that there are', () => {
    fc.assert(fc.property(fc.string(), (accept) => OFFERED.includes(acceptedType(accept, OFFERED))));
  });
});
