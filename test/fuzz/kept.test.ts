import { describe, expect, it } from 'vitest';
import { parseWithDigits, saysTheSame } from './kept.ts';

const kept = (text: string) =>
  parseWithDigits(`{${text},"stored":"2026-01-05T10:00:00.000Z","authority":{}}`);
const sent = (text: string) => parseWithDigits(`{${text}}`);

describe('what the fuzz takes for the same statement', () => {
  it.each([
    ['the same digits', '"n":1.50,"s":"1.5e\\"3"', '"n":1.50,"s":"1.5e\\"3"'],
    [
      'one activity given back as a list',
      '"contextActivities":{"other":{"id":"a"}}',
      '"contextActivities":{"other":[{"id":"a"}]}',
    ],
  ])('is one with %s', (_, before, after) => {
    expect(saysTheSame(sent(before), kept(after))).toBe(true);
  });

  it.each([
    ['other digits of an equal number', '"n":1.50', '"n":1.5'],
    ['members in another order', '"a":1,"b":2', '"b":2,"a":1'],
    ['a number for a string', '"n":"1"', '"n":1'],
    ['a member too few', '"a":1,"b":2', '"a":1'],
    ['a member too many', '"a":1', '"a":1,"b":2'],
    ['another time', '"timestamp":"2026-01-05T10:00:00Z"', '"timestamp":"2026-01-05T10:00:00.000Z"'],
    ['members of a prototype', '"__proto__":{"x":1}', '"__proto__":{"x":2}'],
  ])('is none with %s', (_, before, after) => {
    expect(saysTheSame(sent(before), kept(after))).toBe(false);
  });
});
