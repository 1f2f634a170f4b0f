import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapContextActivities } from '../../../xapi/statement/context-activities.ts';
import { formatStatement, type StatementFormat } from '../../../xapi/statement/format.ts';
import type { Statement } from '../../../xapi/statement/types.ts';
import { validateStatement } from '../../../xapi/statement/validate.ts';
import { changed, complete, type Loose, minimal } from './samples.ts';

const valid = (value: unknown): Statement => {
  const validation = validateStatement(value, '2.0.0');
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return validation.statement;
};
const format = (value: Loose, as: StatementFormat, languages?: string): unknown =>
  formatStatement(valid(value), as, languages);

const member = { objectType: 'Agent', name: 'A', mbox: 'mailto:a@example.org' };
const names = (languages: string | undefined, map: Loose): unknown => {
  const formatted = formatStatement(valid(changed(minimal(), 'verb.display', map)), 'canonical', languages);
  return formatted.verb.display;
};

describe('formatStatement', () => {
  it('exact: changes nothing but single context activities, which become arrays (Data 2.4.6.2)', () => {
    const arrays = changed(complete(), 'context.contextActivities.parent', [
      { id: 'https://lms.example.org/quiz/1' },
    ]);
    expect(format(complete(), 'exact')).toEqual(arrays);
    expect(format(minimal(), 'exact')).toEqual(minimal());
  });

  it('ids: keeps only what identifies agents, groups, verbs and activities', () => {
    const statement = {
      ...complete(),
      actor: { objectType: 'Group', name: 'Pair', member: [member, { openid: 'a:b', name: 'B' }] },
      authority: member,
    };
    const formatted = format(statement, 'ids');
    expect(formatted).toMatchObject({
      actor: {
        objectType: 'Group',
        member: [{ objectType: 'Agent', mbox: 'mailto:a@example.org' }, { openid: 'a:b' }],
      },
      authority: { objectType: 'Agent', mbox: 'mailto:a@example.org' },
      context: { team: { objectType: 'Group', mbox: 'mailto:team@example.org' } },
      result: complete().result,
      attachments: complete().attachments,
    });
    expect(formatted).toHaveProperty('verb', { id: 'http://adlnet.gov/expapi/verbs/answered' });
    expect(formatted).toHaveProperty('object', { id: 'https://lms.example.org/question/7' });
    expect(JSON.stringify(formatted)).not.toMatch(/"name":"(?:Pair|A|B|Team)"/);
  });

  it('ids: leaves the members of an identified group out', () => {
    const group = { objectType: 'Group', openid: 'a:b', name: 'G', member: [member] };
    expect(format({ ...minimal(), object: group }, 'ids')).toHaveProperty('object', {
      objectType: 'Group',
      openid: 'a:b',
    });
  });

  it('ids: reaches into substatements and into the context agents and groups of 2.0', () => {
    const context = {
      contextAgents: [{ objectType: 'contextAgent', agent: member }],
      contextGroups: [
        { objectType: 'contextGroup', group: { objectType: 'Group', member: [member], name: 'G' } },
      ],
      contextActivities: { other: { id: 'a:b', definition: {} } },
    };
    const inner = { ...minimal(), actor: member, verb: { id: 'a:v', display: { en: 'v' } }, context };
    const formatted = format({ ...minimal(), object: { objectType: 'SubStatement', ...inner } }, 'ids');
    const bare = { objectType: 'Agent', mbox: 'mailto:a@example.org' };
    expect(formatted).toHaveProperty('object', {
      objectType: 'SubStatement',
      ...minimal(),
      actor: bare,
      verb: { id: 'a:v' },
      context: {
        contextAgents: [{ objectType: 'contextAgent', agent: bare }],
        contextGroups: [{ objectType: 'contextGroup', group: { objectType: 'Group', member: [bare] } }],
        contextActivities: { other: [{ id: 'a:b' }] },
      },
    });
  });

  it('canonical: gives one language in each map of verbs and activities, and leaves actors as they are', () => {
    const formatted = format(complete(), 'canonical', 'fr;q=0.8, de');
    expect(formatted).toHaveProperty('verb.display', { fr: 'a répondu' });
    expect(formatted).toHaveProperty('object.definition.name', { fr: 'Question 7' });
    expect(formatted).toHaveProperty('object.definition.description', { 'zh-Hant-TW': '問題' });
    expect(formatted).toHaveProperty('object.definition.choices', [
      { id: 'a', description: { fr: 'Un A' } },
      { id: 'b', description: { en: 'B' } },
    ]);
    expect(formatted).toHaveProperty('actor', complete().actor);
  });

  it.each([
    ['fr', 'fr'],
    ['FR-ca', 'fr'],
    ['en', 'en-GB'],
    ['de, en;q=0.5, fr;q=0.9', 'fr'],
    ['fr;q=0, en', 'en-GB'],
    ['*', 'es'],
    ['de', 'es'],
    ['', 'es'],
    ['fr;q=nonsense, en', 'en-GB'],
    ['en-US-x-a', 'en-GB'],
    [`a${'-a'.repeat(8000)}, fr`, 'fr'],
  ])('canonical: Accept-Language %j picks %s', (languages, tag) => {
    expect(Object.keys(Object(names(languages, { es: 'a', 'en-GB': 'b', fr: 'c' })))).toEqual([tag]);
  });

  it.each([
    ['en-GB;q=0, en', 'en'],
    ['en;q=0.5, en-GB;q=0.9, fr;q=0.7', 'en-GB'],
    // The longest range that matches a tag speaks for it, whatever a shorter one says (RFC 2616 14.4).
    ['fr-CA;q=0.1, fr;q=0.9, de;q=0.5', 'de'],
    ['fr-CA;q=0, fr, de;q=0.5', 'de'],
    ['*, fr-CA;q=0, de;q=0', 'en'],
    ['en;q=0, fr;q=0', 'de'],
    ['en-US, de;q=0.9', 'en'],
    ['*;q=0.9, en-US;q=0.8, fr-CA;q=0', 'en-GB'],
    ['fr-BE', 'fr-CA'],
    ['fr-BE, de;q=0.1', 'de'],
    ['fr-BE, fr-CA;q=0', 'en'],
    ['*;q=0', 'en'],
    ['de;q=none', 'en'],
  ])('canonical: Accept-Language %j is heeded for each tag by itself: %s', (languages, tag) => {
    const map = { en: 'a', 'en-GB': 'b', 'fr-CA': 'c', de: 'd' };
    expect(Object.keys(Object(names(languages, map)))).toEqual([tag]);
  });

  it('canonical: never gives more than one language, nor loses the last', () => {
    const map = fc.dictionary(fc.constantFrom('en', 'fr', 'en-US', 'de', 'pt-BR', 'und'), fc.string());
    fc.assert(
      fc.property(map, fc.string(), (given, languages) => {
        expect(Object.keys(Object(names(languages, given)))).toHaveLength(
          Math.min(1, Object.keys(given).length),
        );
      }),
    );
    expect(names(undefined, {})).toEqual({});
  });
});

describe('wrapContextActivities', () => {
  it('puts single activities into arrays and keeps every other byte', () => {
    const raw =
      '{ "context" : {"contextActivities":{"parent": {"id":"a:p"} ,"other":[{"id":"a:o"}]}}, "x":1.10,"actor":{"mbox":"mailto:a@b.org"}}';
    const statement = valid({ ...minimal(), context: { contextActivities: { parent: { id: 'a:p' } } } });
    expect(wrapContextActivities(raw, statement)).toBe(raw.replace('{"id":"a:p"}', '[{"id":"a:p"}]'));
  });

  it('reaches into a substatement, and returns a text without single activities as it is', () => {
    const inner = {
      ...minimal(),
      context: { contextActivities: { category: { id: 'a:c' }, grouping: { id: 'a:g' } } },
    };
    const statement = { ...minimal(), object: { objectType: 'SubStatement', ...inner } };
    const wrapped: unknown = JSON.parse(wrapContextActivities(JSON.stringify(statement), valid(statement)));
    expect(wrapped).toEqual(formatStatement(valid(statement), 'exact', undefined));
    const plain = JSON.stringify(minimal(), null, 2);
    expect(wrapContextActivities(plain, valid(minimal()))).toBe(plain);
  });
});
