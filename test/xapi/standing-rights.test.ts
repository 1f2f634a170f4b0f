import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAbout, liesBelow } from '../../xapi/standing-rights.ts';
import type { Statement } from '../../xapi/statement/types.ts';

const SITE = 'https://moodle.example.org';

describe('an address lies below a platform', () => {
  it.each([
    [`${SITE}`, SITE],
    [`${SITE}/`, SITE],
    [`${SITE}/mod/quiz/view.php?id=18`, SITE],
    [`${SITE}/mod/quiz/view.php?id=18`, `${SITE}/`],
    ['https://MOODLE.example.org:443/course', SITE],
    ['https://x.org/moodle', 'https://x.org/moodle'],
    ['https://x.org/moodle?id=1', 'https://x.org/moodle/'],
    ['https://x.org/moodle/course/1', 'https://x.org/moodle'],
  ])('%s below %s', (address, platform) => {
    expect(liesBelow(address, platform)).toBe(true);
  });

  it.each([
    ['https://moodle.example.org.evil/course', SITE],
    ['https://moodle.example.org@evil/course', SITE],
    ['https://evil.org/https://moodle.example.org/', SITE],
    ['https://sub.moodle.example.org/course', SITE],
    ['https://example.org/course', SITE],
    ['http://moodle.example.org/course', SITE],
    ['https://moodle.example.org:8443/course', SITE],
    ['https://x.org/moodle2/course', 'https://x.org/moodle'],
    ['https://x.org/moodle/../other', 'https://x.org/moodle'],
    ['https://x.org/moodle/%2e%2e/other', 'https://x.org/moodle'],
    ['https://x.org/moodle%2Fcourse', 'https://x.org/moodle'],
    ['https://x.org/', 'https://x.org/moodle'],
    ['urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427', SITE],
    ['tag:moodle.example.org,2026:1', SITE],
    ['', SITE],
    [`${SITE}/course`, ''],
    ['urn:a', 'urn:a'],
  ])('%s not below %s', (address, platform) => {
    expect(liesBelow(address, platform)).toBe(false);
  });

  it('whatever stands after the host, only when the host ends there', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.string(), (url, rest) => {
        const address = `${url}${rest}`;
        if (!liesBelow(address, url)) return;
        expect(new URL(address).origin).toBe(new URL(url).origin);
      }),
    );
  });
});

describe('a statement is about a platform', () => {
  const about = (changes: Partial<Statement>) =>
    isAbout(
      {
        actor: { mbox: 'mailto:a@example.org' },
        verb: { id: 'http://adlnet.gov/expapi/verbs/attended' },
        object: { id: 'urn:elsewhere' },
        ...changes,
      },
      SITE,
    );
  const course = { id: `${SITE}/course/view.php?id=2` };

  it('by its object, a parent or a grouping', () => {
    expect(about({ object: course })).toBe(true);
    expect(about({ context: { contextActivities: { parent: course } } })).toBe(true);
    expect(about({ context: { contextActivities: { grouping: [{ id: 'urn:x' }, course] } } })).toBe(true);
  });

  it('not by its context when its object is a page of another site', () => {
    const elsewhere = { id: 'https://other.example.org/mod/bigbluebuttonbn/view.php?id=1' };
    expect(about({ object: elsewhere, context: { contextActivities: { grouping: [course] } } })).toBe(false);
  });

  it('not by its category, another activity, an agent, a statement, or what a substatement says', () => {
    expect(about({})).toBe(false);
    expect(about({ context: { contextActivities: { category: [course], other: [course] } } })).toBe(false);
    expect(about({ object: { objectType: 'Agent', openid: SITE } })).toBe(false);
    const { actor, verb } = { actor: { mbox: 'mailto:a@example.org' }, verb: { id: 'urn:v' } };
    expect(about({ object: { objectType: 'SubStatement', actor, verb, object: course } })).toBe(false);
  });
});
