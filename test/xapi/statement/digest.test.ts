import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameStatement, statementDigest } from '../../../xapi/statement/digest.ts';
import type { Statement } from '../../../xapi/statement/types.ts';
import { validateStatement } from '../../../xapi/statement/validate.ts';
import { changed, complete, type Loose, minimal } from './samples.ts';

const valid = (value: unknown): Statement => {
  const validation = validateStatement(value, '2.0.0');
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return validation.statement;
};
const digest = (value: unknown): string => statementDigest(valid(value));

/** The same JSON with every object's keys in an order decided by `rank`. */
const reordered = (value: unknown, rank: (key: string) => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => reordered(item, rank));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => rank(left) - rank(right));
  return Object.fromEntries(entries.map(([key, member]) => [key, reordered(member, rank)]));
};

const set = (path: string, value: unknown, base: Loose = complete()): Loose => changed(base, path, value);
const members = [{ mbox: 'mailto:a@example.org' }, { mbox: 'mailto:b@example.org' }];
const team = (member: readonly unknown[]): Loose => set('context.team', { objectType: 'Group', member });
const sub = (extra: Loose): Loose => ({
  ...minimal(),
  object: { objectType: 'SubStatement', ...minimal(), ...extra },
});

describe('statementDigest', () => {
  it('is never changed by key order or white space', () => {
    const rank = fc.func(fc.integer());
    fc.assert(
      fc.property(rank, fc.integer({ min: 0, max: 4 }), (order, indent) => {
        const text = JSON.stringify(reordered(complete(), order), null, indent);
        expect(digest(JSON.parse(text))).toBe(digest(complete()));
      }),
    );
  });

  it('always tells two verbs apart, and two extension values', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.webUrl(), (left, right) => {
        expect(digest(set('verb.id', left)) === digest(set('verb.id', right))).toBe(left === right);
      }),
    );
    const extension = (value: unknown): Loose => set('result.extensions', { 'https://example.org/x': value });
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        const equal = JSON.stringify(reordered(left, () => 0)) === JSON.stringify(reordered(right, () => 0));
        if (equal) expect(digest(extension(left))).toBe(digest(extension(right)));
        else if (typeof left !== 'object') expect(digest(extension(left))).not.toBe(digest(extension(right)));
      }),
    );
  });

  it.each<[string, Loose]>([
    ['id', set('id', undefined)],
    ['stored', set('stored', '2030-01-01T00:00:00Z')],
    ['authority', set('authority', undefined)],
    ['version', set('version', '1.0.0')],
    ['the display of the verb', set('verb.display', { de: 'beantwortete' })],
    ['the definition of the object', set('object.definition', undefined)],
    [
      'the definition of a context activity',
      set('context.contextActivities.parent.definition', { name: { en: 'Quiz' } }),
    ],
    [
      'a single context activity in an array',
      set('context.contextActivities.parent', [{ id: 'https://lms.example.org/quiz/1' }]),
    ],
    ['the offset of the timestamp', set('timestamp', '2024-02-29T09:00:00.123Z')],
    ['digits of the timestamp beyond milliseconds', set('timestamp', '2024-02-29T09:00:00.123999Z')],
    ['digits of the duration beyond 0.01 s', set('result.duration', 'PT1M2.349S')],
    ['the case of a UUID', set('context.registration', 'EC531277-B57B-4C15-8D91-D292C5B2B8F7')],
    ['the case of a language', set('context.language', 'FR-ca')],
    ['the case of a domain', set('context.team.mbox', 'mailto:team@EXAMPLE.org')],
  ])('leaves out %s', (_what, statement) => expect(digest(statement)).toBe(digest(complete())));

  it('compares numbers by value', () => {
    const raw = (digits: string): unknown =>
      JSON.parse(JSON.stringify(complete()).replace('"raw":5', `"raw":${digits}`));
    expect(digest(raw('5.00'))).toBe(digest(complete()));
    expect(digest(raw('50e-1'))).toBe(digest(complete()));
    expect(digest(raw('5.01'))).not.toBe(digest(complete()));
    const huge = (json: string): unknown => set('result.extensions', JSON.parse(`{"a:b":${json}}`));
    expect(digest(huge('1e400'))).not.toBe(digest(huge('null')));
    expect(digest(huge('1'))).not.toBe(digest(huge('"1"')));
  });

  it('does not mind the order of group members, but how often they come', () => {
    expect(digest(team(members))).toBe(digest(team(members.toReversed())));
    expect(digest(team(members))).not.toBe(digest(team([...members, ...members])));
  });

  it.each<[string, Loose]>([
    ['the actor', set('actor.account.name', '43')],
    ['the case of an account name', set('actor.account.homePage', 'https://LMS.example.org')],
    ['the name of the actor', set('actor.name', 'Someone')],
    ['the object', set('object.id', 'https://lms.example.org/question/8')],
    ['the score', set('result.score.raw', 6)],
    ['success left out', set('result.success', undefined)],
    ['the duration in other units', set('result.duration', 'PT62.34S')],
    ['the timestamp', set('timestamp', '2024-02-29T10:00:00.124+01:00')],
    ['a context activity', set('context.contextActivities.category', [{ id: 'a:b' }])],
    ['the case before the @', set('context.team.mbox', 'mailto:TEAM@example.org')],
    ['an extension', set('result.extensions', {})],
    ['an attachment', set('attachments.0.length', 28)],
  ])('tells %s', (_what, statement) => expect(digest(statement)).not.toBe(digest(complete())));

  it('treats a substatement likewise', () => {
    const plain = digest(sub({}));
    expect(digest(sub({ verb: { ...Object(minimal().verb), display: { en: 'x' } } }))).toBe(plain);
    expect(digest(sub({ result: { success: true } }))).not.toBe(plain);
  });
});

describe('sameStatement', () => {
  it('takes a timestamp on one side only for one that the LRS assigned', () => {
    const timed = valid(complete());
    const untimed = valid(set('timestamp', undefined));
    expect(sameStatement(timed, untimed)).toBe(true);
    expect(sameStatement(untimed, timed)).toBe(true);
    expect(sameStatement(timed, timed)).toBe(true);
    expect(sameStatement(timed, valid(set('timestamp', '2020-01-01T00:00:00Z')))).toBe(false);
    expect(sameStatement(valid(set('verb.id', 'a:b')), untimed)).toBe(false);
  });
});
