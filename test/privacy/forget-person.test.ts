import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forgetPerson, namesPerson, rolesIn } from '../../xapi/statement/forget-person.ts';
import { distinctiveTexts, mentionPattern } from '../../xapi/statement/person-texts.ts';

const ana = { mbox: 'mailto:ana@exemple.fr', name: 'Ana' };
const ben = { account: { homePage: 'https://lms.example', name: '12' }, name: 'Ben' };
const ACTORS = new Set(['mbox|mailto:ana@exemple.fr']);
const MENTION = mentionPattern(distinctiveTexts([...ACTORS]));
const ERASED = { objectType: 'Agent', account: { homePage: 'https://assidu.test', name: 'erased' } } as const;
const verb = { id: 'https://verbs.example/did' };
const unit = { id: 'https://lms.example/unit' };
const forget = (statement: unknown) => forgetPerson(JSON.stringify(statement), ACTORS, MENTION, ERASED);
const rewritten = (statement: unknown): string => {
  const fate = forget(statement);
  if (fate.kind !== 'rewritten') throw new Error('it should stay');
  return fate.text;
};

describe('a statement of somebody who is erased', () => {
  it.each([
    ['the actor', { actor: ana, verb, object: unit }],
    ['the only member of the actor', { actor: { objectType: 'Group', member: [ana] }, verb, object: unit }],
    ['the object', { actor: ben, verb, object: { objectType: 'Agent', ...ana } }],
    [
      'the actor of a substatement',
      { actor: ben, verb, object: { objectType: 'SubStatement', actor: ana, verb, object: unit } },
    ],
  ])('goes where they are %s', (_, statement) => {
    expect(forget(statement)).toEqual({ kind: 'removed' });
  });

  it('stays without them where they taught somebody else', () => {
    const text = rewritten({ actor: ben, verb, object: unit, context: { instructor: ana } });
    expect(JSON.parse(text)).toEqual({ actor: ben, verb, object: unit, context: { instructor: ERASED } });
  });

  it('stays without them where they are one of a group', () => {
    const group = { objectType: 'Group', member: [ben, ana] };
    expect(JSON.parse(rewritten({ actor: group, verb, object: unit })).actor.member).toEqual([ben, ERASED]);
  });

  it('stays without their address where a text mentions it, and without its signature', () => {
    const statement = {
      actor: ben,
      verb,
      object: unit,
      result: { response: 'Write to ANA@exemple.fr, not to joana@exemple.fr.' },
      attachments: [
        { usageType: 'http://adlnet.gov/expapi/attachments/signature', sha2: 'AB' },
        { usageType: 'https://example/certificate', sha2: 'cd' },
      ],
    };
    expect(forget(statement)).toMatchObject({ detached: ['ab'] });
    expect(JSON.parse(rewritten(statement)).result.response).toBe(
      'Write to erased, not to joana@exemple.fr.',
    );
  });

  it('keeps every other byte', () => {
    const text = `{ "actor":${JSON.stringify(ben)}, "n":1.0, "x":"}{\\"", "context":{"instructor":${JSON.stringify(ana)} } }`;
    const fate = forgetPerson(text, ACTORS, MENTION, ERASED);
    expect(fate).toMatchObject({ text: text.replace(JSON.stringify(ana), JSON.stringify(ERASED)) });
  });

  it('names them no more, whatever it was', () => {
    const people = fc.constantFrom<unknown>(ana, ben, 'ana@exemple.fr', 'MAILTO:ana@exemple.fr');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        people,
        fc.string(),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(value, (extension) => {
        const text = rewritten({ actor: ben, verb, object: unit, context: { extensions: { x: extension } } });
        expect(namesPerson(text, ACTORS, MENTION)).toBe(false);
        expect(JSON.parse(text).actor).toEqual(ben);
      }),
      { numRuns: 200 },
    );
  });
});

describe('where a statement names somebody', () => {
  it('is told part by part', () => {
    const statement = { actor: ben, verb, object: { objectType: 'Agent', ...ana }, context: { team: ana } };
    expect(rolesIn(JSON.stringify(statement), ACTORS)).toEqual(['object', 'context']);
    expect(rolesIn(JSON.stringify({ actor: ben, verb, object: unit }), ACTORS)).toEqual(['mention']);
  });
});

describe('texts that name somebody', () => {
  it('are addresses, digests, OpenIDs and long account names; a user number is none', () => {
    expect(
      distinctiveTexts([
        'mbox|mailto:ana@exemple.fr',
        'mbox_sha1sum|0123456789abcdef0123456789abcdef01234567',
        'openid|https://ana.example/',
        'account|https://canvas.example|535fa085f22b4655f48cd5a36a9215f64c062838',
        'account|https://lms.example|12',
        'account|https://lms.example|ana@exemple.fr',
      ]),
    ).toEqual([
      'ana@exemple.fr',
      '0123456789abcdef0123456789abcdef01234567',
      'https://ana.example/',
      '535fa085f22b4655f48cd5a36a9215f64c062838',
    ]);
  });
});
