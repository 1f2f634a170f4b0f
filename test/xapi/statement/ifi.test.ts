import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actorKey, agentOfKey } from '../../../xapi/statement/ifi.ts';
import type { Agent } from '../../../xapi/statement/types.ts';

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('|', '%7C', '%257C', 'https://a.org/|b%', 'a|b|c', '\ud800'),
);
/** Names of accounts may be any text; what else identifies somebody is an IRI or hex digits. */
const name = fc.oneof(
  text,
  fc.string({ unit: fc.constantFrom('a', '%', ':', '|', '0', '\0', '\ud800', '😀') }),
);
const agents: fc.Arbitrary<Agent> = fc.oneof(
  text.map((mbox): Agent => ({ objectType: 'Agent', mbox })),
  text.map((sum): Agent => ({ objectType: 'Agent', mbox_sha1sum: sum.toLowerCase() })),
  text.map((openid): Agent => ({ objectType: 'Agent', openid })),
  fc
    .tuple(text, name)
    .map(([homePage, called]): Agent => ({ objectType: 'Agent', account: { homePage, name: called } })),
);

describe('actorKey', () => {
  it('always gives back its agent by agentOfKey', () => {
    fc.assert(
      fc.property(agents, (agent) => {
        expect(agentOfKey(actorKey(agent) ?? '')).toEqual(agent);
      }),
    );
  });

  it('always differs between two different identifiers', () => {
    fc.assert(
      fc.property(agents, agents, (left, right) => {
        expect(actorKey(left) === actorKey(right)).toBe(JSON.stringify(left) === JSON.stringify(right));
      }),
    );
  });

  it('is always a text that every database gives back, whatever an account is called', () => {
    fc.assert(
      fc.property(name, (called) => {
        const key = actorKey({ account: { homePage: 'https://lms.example.org', name: called } }) ?? '';
        expect(key).not.toMatch(/\0|\p{Cs}/u);
      }),
    );
  });

  it.each<[Parameters<typeof actorKey>[0], string | null]>([
    [{ name: 'A', mbox: 'mailto:Ann@Example.org' }, 'mbox|mailto:Ann@Example.org'],
    [
      { mbox_sha1sum: 'CD9B00A5611F94EAA7B1661EDAB976068E364975' },
      'mbox_sha1sum|cd9b00a5611f94eaa7b1661edab976068e364975',
    ],
    [{ openid: 'https://openid.example.org/a' }, 'openid|https://openid.example.org/a'],
    [
      { account: { homePage: 'https://lms.example.org', name: 'a|b' } },
      'account|https://lms.example.org|a|b',
    ],
    [
      { account: { homePage: 'https://lms.example.org', name: 'a\0%\ud83d😀' } },
      'account|https://lms.example.org|%:a%0000%0025%d83d😀',
    ],
    [
      { account: { homePage: 'https://lms.example.org', name: '%:' } },
      'account|https://lms.example.org|%:%0025:',
    ],
    [{ account: { homePage: 'https://lms.example.org', name: '%' } }, 'account|https://lms.example.org|%'],
    [{ objectType: 'Group', mbox: 'mailto:g@example.org', member: [] }, 'mbox|mailto:g@example.org'],
    [{ objectType: 'Group', member: [{ mbox: 'mailto:a@example.org' }] }, null],
  ])('of %j is %s', (actor, key) => expect(actorKey(actor)).toBe(key));

  it.each(['', 'mbox', 'account|https://lms.example.org', 'email|a@b.org'])(
    '%j stands for no agent',
    (key) => {
      expect(() => agentOfKey(key)).toThrow('not an actor key');
    },
  );
});
