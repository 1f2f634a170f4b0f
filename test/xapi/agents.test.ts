import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { etagOf } from './document-rules.ts';
import { statement } from './statements.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const person = (agent: object, headers = {}) =>
  assidu.request(
    'GET',
    `/xapi/agents?${new URLSearchParams({ agent: JSON.stringify(agent) })}`,
    undefined,
    headers,
  );
const say = async (...changes: readonly object[]) => {
  const sent = changes.map((change) => statement({ ...change }));
  expect((await assidu.request('POST', '/xapi/statements', sent)).status).toBe(200);
};

describe('the agents resource', () => {
  it('answers a Person with just what was asked of someone unknown', async () => {
    const account = { homePage: 'https://lms.example', name: randomUUID() };
    const { status, json, text, headers } = await person({ account, name: 'Anna' });
    expect([status, json]).toEqual([200, { objectType: 'Person', name: ['Anna'], account: [account] }]);
    expect(headers.get('etag')).toBe(etagOf(text));
    for (const identifier of [
      { mbox: `mailto:${randomUUID()}@example.org` },
      { mbox_sha1sum: 'ebd31e95054c018b10727ccffd2ef2ec3a016ee9' },
      { openid: 'https://example.org/anna' },
    ]) {
      const [[name, value] = []] = Object.entries(identifier);
      expect((await person(identifier)).json).toEqual({ objectType: 'Person', [String(name)]: [value] });
    }
  });

  it('knows every name that statements gave the agent, wherever they named it', async () => {
    const mbox = `mailto:${randomUUID()}@example.org`;
    const called = (name: string) => ({ objectType: 'Agent', mbox, name });
    const group = (name: string) => ({ objectType: 'Group', name: 'A team', member: [called(name)] });
    await say(
      { actor: called('As actor') },
      { actor: group('As member') },
      { object: called('As object') },
      { context: { instructor: called('As instructor'), team: group('In a team') } },
      {
        object: {
          objectType: 'SubStatement',
          actor: called('In a substatement'),
          verb: { id: 'urn:v' },
          object: { id: 'urn:o' },
        },
      },
      { actor: called('As actor') },
    );
    const { json } = await person({ mbox, name: 'As asked' });
    expect(json.name[0]).toBe('As asked');
    expect([...json.name].sort()).toEqual([
      'As actor',
      'As asked',
      'As instructor',
      'As member',
      'As object',
      'In a substatement',
      'In a team',
    ]);
    const elsewhere = await person({ mbox }, { authorization: await assidu.newKey(['all'], 'elsewhere') });
    expect(elsewhere.json).toEqual({ objectType: 'Person', mbox: [mbox] });
  });

  it('is refused without an agent, for a group, and with other parameters', async () => {
    const mbox = 'mailto:anna@example.org';
    expect((await assidu.request('GET', '/xapi/agents')).json.errors[0].path).toBe('agent');
    expect((await person({ objectType: 'Group', mbox })).status).toBe(400);
    expect((await person({ name: 'Anna' })).status).toBe(400);
    expect((await person({ mbox: [mbox] })).status).toBe(400);
    const query = new URLSearchParams({ agent: JSON.stringify({ mbox }), foo: 'bar' });
    expect((await assidu.request('GET', `/xapi/agents?${query}`)).json.errors[0].path).toBe('foo');
  });

  it('is for keys that may read', async () => {
    const agent = { mbox: 'mailto:anna@example.org' };
    for (const scope of ['all/read', 'statements/read', 'profile'] as const)
      expect((await person(agent, { authorization: await assidu.newKey([scope]) })).status).toBe(200);
    for (const scope of ['statements/write', 'statements/read/mine', 'state'] as const)
      expect((await person(agent, { authorization: await assidu.newKey([scope]) })).status).toBe(403);
  });
});
