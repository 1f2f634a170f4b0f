import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { statement } from '../xapi/statements.ts';
import { follow } from './follow.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const nameOf = (authorization: string) =>
  Buffer.from(authorization.slice(6), 'base64').toString().split(':')[0] ?? '';

/** An organisation of its own: a key with the scope `all`, and one that only writes. */
async function newOrg() {
  const org = `org-${randomUUID()}`;
  const [admin, plugin] = [await assidu.newKey(['all'], org), await assidu.newKey(['statements/write'], org)];
  const ask = (method: string, path: string, body?: unknown) =>
    assidu.request(method, `/api/v1/quarantine${path}`, body, { authorization: admin });
  return {
    org,
    admin,
    plugin,
    ask,
    /** Sends statements, none of which can be stored; answers the ids of all open entries. */
    spoil: async (...statements: readonly unknown[]): Promise<readonly string[]> => {
      const answer = await assidu.request('POST', '/xapi/statements?assidu:onInvalid=skip', statements, {
        authorization: plugin,
      });
      expect([answer.status, answer.json]).toEqual([200, []]);
      return (await ask('GET', '?limit=1000')).json.map(({ id }: { id: string }) => id);
    },
    kept: async (id: string) =>
      assidu.request('GET', `/xapi/statements?statementId=${id}`, undefined, { authorization: admin }),
  };
}

/** What the statement lacks is only that `verb.display` is no language map. */
const mendable = () => ({ ...statement(), verb: { id: 'https://example.org/did', display: 'did' } });
const mended = (given: object) => ({ ...given, verb: { id: 'https://example.org/did' } });

describe('GET /api/v1/quarantine', () => {
  it('pages through the entries, oldest first, with what is wrong and without their texts', async () => {
    const { spoil, ask, plugin, admin } = await newOrg();
    const ids = await spoil(...Array.from({ length: 5 }, (_, n) => ({ n })));
    const pages = await follow(assidu, '/api/v1/quarantine?limit=2', { authorization: admin });
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([
      ids.slice(0, 2),
      ids.slice(2, 4),
      ids.slice(4),
    ]);
    expect(pages[0]?.[0]).toEqual({
      id: ids[0],
      key: nameOf(plugin),
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      lastReceivedAt: expect.stringMatching(/Z$/),
      times: 1,
      version: '1.0.3',
      code: 'invalid-statement',
      problems: expect.arrayContaining([{ path: 'actor', message: 'is required (xAPI 1.0.3 Data 2.4.2)' }]),
      resolvedAt: null,
      resolution: null,
    });
    expect((await ask('GET', `?key=${nameOf(plugin)}`)).json).toHaveLength(5);
    expect((await ask('GET', `?key=${nameOf(admin)}`)).json).toEqual([]);
    expect((await ask('GET', '?key=ak_unknown')).json).toEqual([]);
  });

  it('shows an entry with the text that was sent', async () => {
    const { spoil, ask } = await newOrg();
    const [id] = await spoil({ actor: 'é' });
    expect((await ask('GET', `/${id}`)).json).toMatchObject({ id, text: '{"actor":"é"}' });
  });

  it('is for the scope all, and shows nothing of other organisations', async () => {
    const { spoil } = await newOrg();
    const [id] = await spoil({ a: 1 });
    for (const scopes of [['all/read'], ['cohorts'], ['statements/read', 'statements/write']] as const) {
      const authorization = await assidu.newKey(scopes);
      const answer = await assidu.request('GET', '/api/v1/quarantine', undefined, { authorization });
      expect(answer.status, scopes.join()).toBe(403);
    }
    const other = await newOrg();
    for (const [method, path] of [
      ['GET', `/${id}`],
      ['POST', `/${id}/replay`],
      ['DELETE', `/${id}`],
    ] as const)
      expect((await other.ask(method, path)).status, method).toBe(404);
  });

  it.each([
    ['state', 'open,resolved'],
    ['limit', '0'],
    ['cursor', 'x'],
    ['cursor', Buffer.from('c12').toString('base64url')],
    ['colour', 'red'],
  ])('refuses %s=%s, naming it', async (name, value) => {
    const { ask } = await newOrg();
    const { status, json } = await ask('GET', `?${new URLSearchParams({ [name]: value })}`);
    expect([status, json.errors[0].path]).toEqual([400, name]);
  });
});

describe('POST /api/v1/quarantine/{id}/replay', () => {
  it('answers what is still wrong, and keeps the entry', async () => {
    const { spoil, ask } = await newOrg();
    const [id] = await spoil(mendable());
    const answer = await ask('POST', `/${id}/replay`);
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, 'verb.display']);
    expect((await ask('GET', '')).json).toHaveLength(1);
  });

  it('stores a corrected statement byte for byte, as said by the key that corrects it', async () => {
    const { spoil, ask, kept, admin } = await newOrg();
    const given = mendable();
    const [id] = await spoil(given);
    const corrected = JSON.stringify({ ...mended(given), result: { score: { raw: 1 } } }).replace(
      ':1}',
      ':1.50}',
    );
    const answer = await ask('POST', `/${id}/replay`, corrected);
    expect([answer.status, answer.json]).toEqual([200, { statementId: given.id }]);
    const { text, json } = await kept(given.id);
    expect(text).toContain('"raw":1.50');
    expect(json.authority.account.name).toBe(nameOf(admin));
    expect((await ask('GET', '')).json).toEqual([]);
    expect((await ask('GET', '?state=resolved')).json).toMatchObject([{ id, resolution: 'replayed' }]);
  });

  it('answers 409 to what conflicts, and stores its correction once, at the moment it came', async () => {
    const { spoil, ask, kept, admin } = await newOrg();
    const taken = statement();
    const { id: _, ...untimed } = statement();
    await assidu.request('POST', '/xapi/statements', taken, { authorization: admin });
    const [id] = await spoil({ ...untimed, id: taken.id, result: { success: true } });
    expect((await ask('POST', `/${id}/replay`)).status).toBe(409);
    const first = await ask('POST', `/${id}/replay`, untimed);
    const again = await ask('POST', `/${id}/replay`, untimed);
    expect([first.status, again.status, again.json]).toEqual([200, 200, first.json]);
    const { json } = await kept(first.json.statementId);
    expect(json.timestamp).toBe((await ask('GET', `/${id}`)).json.receivedAt);
  });

  it('refuses an array, what is no JSON, and an unknown entry', async () => {
    const { spoil, ask } = await newOrg();
    const [id] = await spoil(mendable());
    for (const body of [[statement()], '{"actor":', '7'])
      expect((await ask('POST', `/${id}/replay`, body)).status).toBe(400);
    expect((await ask('POST', `/${randomUUID()}/replay`)).status).toBe(404);
    expect((await ask('GET', '')).json).toHaveLength(1);
  });
});

describe('replaying everything', () => {
  it('stores what today’s rules take, by the authority of the key that sent it, unless it was revoked', async () => {
    const { org, plugin, admin, kept } = await newOrg();
    const other = await assidu.newKey(['statements/write'], org);
    const [mine, theirs] = [statement(), statement()];
    const { storage, quarantine } = assidu.services;
    const keyOf = async (authorization: string) => {
      const key = await storage.keys.find(nameOf(authorization));
      if (!key) throw new Error('the key is not there');
      return key;
    };
    // As a version with stricter rules would have left them.
    const entry = async (text: string, authorization: string) => ({
      org,
      id: randomUUID(),
      keyId: (await keyOf(authorization)).id,
      receivedAt: Date.now(),
      version: '1.0.3' as const,
      text,
      code: 'invalid-statement' as const,
      problems: [],
    });
    await storage.quarantine.put([
      await entry(JSON.stringify(mine), plugin),
      await entry(JSON.stringify(theirs), other),
      await entry('{}', plugin),
    ]);
    await storage.keys.revoke(org, nameOf(other), Date.now());
    const seen: number[] = [];
    const by = (await keyOf(admin)).id;
    const report = await quarantine.replayAll(org, by, (done) => seen.push(done));
    expect([report, seen]).toEqual([{ stored: 2, refused: 1 }, [1, 2, 3]]);
    expect((await kept(mine.id)).json.authority.account.name).toBe(nameOf(plugin));
    expect((await kept(theirs.id)).json.authority.account.name).toBe(nameOf(admin));
    expect(await quarantine.replayAll(org, by, () => undefined)).toEqual({ stored: 0, refused: 1 });
  });
});

describe('DELETE /api/v1/quarantine/{id}', () => {
  it('closes an entry and keeps its text; it stays closed when it comes again', async () => {
    const { spoil, ask } = await newOrg();
    const [id] = await spoil({ a: 1 });
    expect((await ask('DELETE', `/${id}`)).status).toBe(204);
    expect((await ask('DELETE', `/${id}`)).status).toBe(204);
    expect(await spoil({ a: 1 })).toEqual([]);
    expect((await ask('GET', `/${id}`)).json).toMatchObject({
      text: '{"a":1}',
      resolution: 'discarded',
      times: 2,
    });
    expect((await ask('DELETE', `/${randomUUID()}`)).status).toBe(404);
  });
});
