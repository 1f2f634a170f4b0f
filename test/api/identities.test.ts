import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { account, definition } from './definition.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const UNIT = 'https://lms.example.org/mod/page/view.php?id=12';
const mbox = (name: string) => ({ mbox: `mailto:${name}@example.org` });
const cohort = async (id: string) => {
  await assidu.request('PUT', `/api/v1/cohorts/${id}`, definition({ id }));
  return {
    enrol: (...actors: readonly object[]) =>
      assidu.request(
        'POST',
        `/api/v1/cohorts/${id}/enrolments`,
        actors.map((actor) => ({ actor, enrolledAt: '2026-09-07T08:00:00Z' })),
      ),
    learners: async () =>
      (await assidu.request('GET', `/api/v1/cohorts/${id}/learners?asOf=2026-09-20T12:00:00Z`)).json,
  };
};
const link = (...actors: readonly object[]) => assidu.request('POST', '/api/v1/identities', { actors });
const complete = (actor: object) =>
  assidu.request('POST', '/xapi/statements', {
    actor,
    verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
    object: { id: UNIT },
    timestamp: '2026-09-10T08:00:00Z',
  });

describe('identities', () => {
  it('are linked by hand and taken apart again; all figures follow', async () => {
    const { enrol, learners } = await cohort('by-hand');
    await enrol(account('h1'), account('h2'));
    await complete(account('h2'));
    const made = await link(account('h1'), account('h2'));
    expect([made.status, made.json.outcome]).toEqual([201, 'linked']);
    expect(await learners()).toMatchObject([
      { actor: account('h1'), units: [{ satisfiedAt: '2026-09-10T08:00:00.000Z' }, {}] },
    ]);
    expect((await link(account('h2'), account('h1'))).json).toEqual({
      id: made.json.id,
      outcome: 'unchanged',
    });
    await enrol(account('h1'), account('h2'));
    expect(await learners()).toHaveLength(1);
    expect((await assidu.request('DELETE', `/api/v1/identities/${made.json.id}`)).status).toBe(204);
    expect(await learners()).toHaveLength(2);
    expect((await assidu.request('DELETE', `/api/v1/identities/${made.json.id}`)).status).toBe(404);
  });

  it('of one mailbox are one person by themselves, until a person says they are not', async () => {
    const { enrol, learners } = await cohort('mailbox');
    await enrol(mbox('Mia'));
    const digest = { mbox_sha1sum: createHash('sha1').update('mailto:mia@example.org').digest('hex') };
    await complete(digest);
    expect((await learners())[0].units[0].satisfiedAt).not.toBeNull();
    const apart = { actors: [mbox('Mia'), digest], linked: false };
    expect((await assidu.request('POST', '/api/v1/identities', apart)).json.outcome).toBe('unlinked');
    expect((await learners())[0].units[0].satisfiedAt).toBeNull();
  });

  it('are shown as a person with all identifiers', async () => {
    await link(account('p1'), account('p2'));
    await link(account('p2'), mbox('p3'));
    const actor = encodeURIComponent(JSON.stringify(mbox('p3')));
    const { json } = await assidu.request('GET', `/api/v1/identities?actor=${actor}`);
    expect(json.identifiers).toHaveLength(3);
    expect(json.links).toHaveLength(2);
    const unlinking = { actors: [account('p1'), mbox('p3')], linked: false };
    expect((await assidu.request('POST', '/api/v1/identities', unlinking)).status).toBe(409);
    const nobody = encodeURIComponent(JSON.stringify(account('nobody')));
    expect((await assidu.request('GET', `/api/v1/identities?actor=${nobody}`)).status).toBe(404);
  });

  it('are never linked by name, nor with themselves, nor by who may not', async () => {
    const byName = await link(account('1'), { name: 'Ana' });
    expect([byName.status, byName.json.errors[0].path]).toEqual([400, 'actors[1]']);
    expect((await link(account('1'), account('1'))).status).toBe(400);
    expect((await link(account('1'))).status).toBe(400);
    const authorization = await assidu.newKey(['all/read']);
    const refused = await assidu.request('POST', '/api/v1/identities', { actors: [] }, { authorization });
    expect(refused.status).toBe(403);
  });

  it('stay within their organisation', async () => {
    const authorization = await assidu.newKey(['all', 'cohorts'], 'other');
    await assidu.request(
      'POST',
      '/api/v1/identities',
      { actors: [account('o1'), account('o2')] },
      { authorization },
    );
    const ours = await assidu.request('GET', '/api/v1/identities');
    expect(JSON.stringify(ours.json)).not.toMatch(/"o1"/);
    expect(
      (await assidu.request('GET', '/api/v1/identities', undefined, { authorization })).json,
    ).toHaveLength(1);
  });

  it('are linked by e-mail address only while the organisation says so', async () => {
    const rule = (on: boolean) => assidu.request('PUT', '/api/v1/identities/rules/email', { on });
    expect((await assidu.request('GET', '/api/v1/identities/rules/email')).json.on).toBe(false);
    expect((await rule(true)).json).toMatchObject({ on: true, recordedBy: 'test' });
    expect((await rule(false)).json.on).toBe(false);
    expect(
      (await assidu.request('PUT', '/api/v1/identities/rules/email', { on: 1 })).json.errors[0].path,
    ).toBe('on');
  });
});
