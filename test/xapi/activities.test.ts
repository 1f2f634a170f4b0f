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

const newId = () => `https://example.org/activities/${randomUUID()}`;
const activity = (activityId: string, headers = {}) =>
  assidu.request('GET', `/xapi/activities?${new URLSearchParams({ activityId })}`, undefined, headers);
const say = async (changes: object, authorization = assidu.authorization) => {
  const answer = await assidu.request('POST', '/xapi/statements', statement({ ...changes }), {
    authorization,
  });
  expect(answer.status).toBe(200);
};

describe('the activities resource', () => {
  it('answers an activity with its id alone when nothing is known of it', async () => {
    const id = newId();
    const { status, json, text, headers } = await activity(id);
    expect([status, json]).toEqual([200, { objectType: 'Activity', id }]);
    expect(headers.get('etag')).toBe(etagOf(text));
    const head = await assidu.request('HEAD', `/xapi/activities?${new URLSearchParams({ activityId: id })}`);
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it('puts together what statements said, and remembers it over a change of language', async () => {
    const id = newId();
    const choice = (description: object) => ({
      interactionType: 'choice',
      choices: [{ id: 'a', description }],
    });
    await say({ object: { id, definition: { name: { en: 'Quiz' }, ...choice({ en: 'Yes' }) } } });
    await say({ object: { id, definition: { name: { fr: 'Test' }, ...choice({ fr: 'Oui' }) } } });
    await say({ object: { id } });
    await say({ object: { id, definition: { type: 'http://adlnet.gov/expapi/activities/assessment' } } });
    expect((await activity(id)).json.definition).toEqual({
      name: { en: 'Quiz', fr: 'Test' },
      type: 'http://adlnet.gov/expapi/activities/assessment',
      interactionType: 'choice',
      choices: [{ id: 'a', description: { en: 'Yes', fr: 'Oui' } }],
    });
  });

  it('hears what is said in contexts and in substatements', async () => {
    const [parent, grouping, inner] = [newId(), newId(), newId()];
    const called = (id: string, name: string) => ({ id, definition: { name: { en: name } } });
    await say({
      context: { contextActivities: { parent: called(parent, 'P'), grouping: [called(grouping, 'G')] } },
      object: {
        objectType: 'SubStatement',
        actor: { mbox: 'mailto:anna@example.org' },
        verb: { id: 'urn:v' },
        object: called(inner, 'I'),
      },
    });
    for (const [id, name] of [
      [parent, 'P'],
      [grouping, 'G'],
      [inner, 'I'],
    ] as const)
      expect((await activity(id)).json.definition).toEqual({ name: { en: name } });
  });

  it('is not changed by a key that may not define, nor by another organisation', async () => {
    const id = newId();
    const typed = (type: string) => ({ object: { id, definition: { type } } });
    await say(typed('urn:ours'));
    await say(typed('urn:theirs'), await assidu.newKey(['statements/write']));
    await say(typed('urn:elsewhere'), await assidu.newKey(['all'], 'elsewhere'));
    expect((await activity(id)).json.definition).toEqual({ type: 'urn:ours' });
  });

  it('is refused without an IRI, and with other parameters', async () => {
    for (const [query, path] of [
      ['', 'activityId'],
      ['?activityId=no+iri', 'activityId'],
      ['?activityId=urn:a&activityId=urn:b', 'activityId'],
      ['?activityId=urn:a&format=ids', 'format'],
    ])
      expect((await assidu.request('GET', `/xapi/activities${query}`)).json.errors[0].path).toBe(path);
  });

  it('is for keys that may read or define', async () => {
    for (const scope of ['all/read', 'statements/read', 'profile', 'define'] as const)
      expect((await activity('urn:a', { authorization: await assidu.newKey([scope]) })).status).toBe(200);
    for (const scope of ['statements/write', 'state', 'cohorts'] as const)
      expect((await activity('urn:a', { authorization: await assidu.newKey([scope]) })).status).toBe(403);
  });
});
