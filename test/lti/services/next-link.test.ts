import { describe, expect, it } from 'vitest';
import { nextLink } from '../../../lti/services/next-link.ts';

const PAGE = 'https://lms.example/list?limit=2';
const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('the link to the next page', () => {
  it.each([
    ['<https://lms.example/list?from=2>; rel="next"', 'https://lms.example/list?from=2'],
    ['<https://lms.example/a,b?from=2>; rel=next', 'https://lms.example/a,b?from=2'],
    ['</list?from=2>;rel="prev next"', 'https://lms.example/list?from=2'],
    [
      '<?from=1>; rel="first", <?from=4>; rel="next", <?from=9>; rel="last"',
      'https://lms.example/list?from=4',
    ],
    [utf8('<https://lms.example/l?a=1&amp;from=2>; rel=“next”'), 'https://lms.example/l?a=1&from=2'],
    ['<https://lms.example/next?x=1>; title="next"; rel="next"', 'https://lms.example/next?x=1'],
  ])('is read from %s', (header, url) => {
    expect(nextLink(header, PAGE)).toEqual({ kind: 'next', url });
  });

  it.each([
    null,
    '',
    '<https://lms.example/list?from=0>; rel="prev"',
    '<https://lms.example/next>; rel="last"',
  ])('is absent from %s', (header) => {
    expect(nextLink(header, PAGE)).toEqual({ kind: 'last' });
  });

  it.each([
    'next',
    '<>; rel="next"',
    '<https://elsewhere.example/>; rel="next"',
    '<http://lms.example/>; rel=next',
  ])('cannot be followed in %s', (header) => {
    expect(nextLink(header, PAGE).kind).toBe('unreadable');
  });
});
