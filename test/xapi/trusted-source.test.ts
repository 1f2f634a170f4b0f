import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, definition } from '../api/definition.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { statement } from './statements.ts';

const SITE = 'https://lms.example.org';
const MEETING = `${SITE}/mod/bigbluebuttonbn/view.php?id=15`;
const AT = '2026-09-20T12:00:00Z';
/** Each is said to have attended, by another key. */
const PEOPLE = ['trusted', 'below', 'elsewhere', 'lookalike', 'plain', 'content', 'cohorts'];

let assidu: RunningAssidu;
let attended: readonly string[];

beforeAll(async () => {
  assidu = await startAssidu();
  const units = [
    {
      id: MEETING,
      modality: 'virtual-class',
      satisfiedBy: 'Attended',
      startsAt: '2026-09-15T14:00+02:00',
      endsAt: '2026-09-15T15:30+02:00',
    },
  ];
  await assidu.request('PUT', '/api/v1/cohorts/class-9', definition({ units }));
  const enrolled = PEOPLE.map((name) => ({ actor: account(name), enrolledAt: '2026-09-07T08:00:00Z' }));
  await assidu.request('POST', '/api/v1/cohorts/class-9/enrolments', enrolled);

  const trusting = (trustedPlatform: string | null) =>
    assidu.newKey(['statements/write'], 'default', { trustedPlatform });
  const content = await assidu.request('POST', '/api/v1/content-keys', { actor: account('content') });
  const basic = `Basic ${Buffer.from(`${content.json.key}:${content.json.secret}`).toString('base64')}`;
  const keys: Record<string, string> = {
    trusted: await trusting(SITE),
    below: await trusting(`${SITE}/mod`),
    elsewhere: await trusting('https://other.example.org'),
    lookalike: await trusting(`${SITE}/mo`),
    plain: await trusting(null),
    content: basic,
    cohorts: await assidu.newKey(['statements/write', 'cohorts']),
  };
  for (const [name, authorization] of Object.entries(keys)) {
    const said = statement({
      actor: account(name),
      verb: { id: 'http://adlnet.gov/expapi/verbs/attended' },
      object: { id: MEETING },
      timestamp: '2026-09-15T13:30:00Z',
    });
    const { status } = await assidu.request('POST', '/xapi/statements', [said], { authorization });
    expect([name, status]).toEqual([name, 200]);
  }
  await assidu.services.feed.settled();
  const { json } = await assidu.request('GET', `/api/v1/cohorts/class-9/learners?asOf=${AT}`);
  attended = json
    .filter(({ units: [unit] }: { units: { satisfiedAt: string | null }[] }) => unit?.satisfiedAt)
    .map(({ actor }: { actor: { account: { name: string } } }) => actor.account.name);
}, 30_000);
afterAll(() => assidu.close());

describe('that somebody attended', () => {
  it('counts in the figures from a key that its platform trusts, or with the scope cohorts', () => {
    expect(attended).toEqual(expect.arrayContaining(['trusted', 'below', 'cohorts']));
  });

  it('means nothing from a key of another platform, of a path that only looks alike, or from content', () => {
    for (const name of ['elsewhere', 'lookalike', 'plain', 'content']) expect(attended).not.toContain(name);
  });

  it('is kept all the same', async () => {
    const { json } = await assidu.request('GET', `/xapi/statements?activity=${encodeURIComponent(MEETING)}`);
    expect(json.statements).toHaveLength(PEOPLE.length);
  });
});
