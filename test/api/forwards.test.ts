import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainStatement } from '../support/open-node.ts';
import { type ScriptedLrs, startScriptedLrs } from '../support/scripted-lrs.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { definition } from './definition.ts';
import { follow } from './follow.ts';

let assidu: RunningAssidu;
let lrs: ScriptedLrs;
beforeAll(async () => {
  [assidu, lrs] = await Promise.all([startAssidu(), startScriptedLrs()]);
  await assidu.request('PUT', '/api/v1/cohorts/class-9', definition());
});
afterAll(async () => {
  await assidu.close();
  await lrs.close();
});

const forwards = '/api/v1/forwards';
const target = (given: Readonly<Record<string, unknown>> = {}) => ({
  name: 'far',
  url: lrs.url,
  username: 'user',
  password: 'a secret nobody sees again',
  ...given,
});
const add = async (given: Readonly<Record<string, unknown>> = {}) =>
  (await assidu.request('POST', forwards, target(given))).json;

/** Asks until the answer is what it should be; the test's own time limit ends a wait in vain. */
async function until(path: string, expected: Readonly<Record<string, unknown>>): Promise<unknown> {
  for (;;) {
    const { json } = await assidu.request('GET', path);
    if (Object.entries(expected).every(([name, value]) => json[name] === value)) return json;
    await setTimeout(50);
  }
}

describe('forwarding by the API', () => {
  it('begins at once, follows what comes in, and shows how far it is', async () => {
    const first = plainStatement();
    await assidu.request('POST', '/xapi/statements', first);
    const { status, json, headers } = await assidu.request('POST', forwards, target({ from: 'beginning' }));
    expect([status, headers.get('location')]).toEqual([201, `${forwards}/${json.id}`]);
    const second = plainStatement();
    await assidu.request('POST', '/xapi/statements', second);
    const at = `${forwards}/${json.id}`;
    await until(at, { position: 2 });
    expect(lrs.kept.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(lrs.requests[0]?.headers).toMatchObject({
      'x-experience-api-version': '1.0.3',
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from('user:a secret nobody sees again').toString('base64')}`,
    });
    expect(await until(at, { behind: 0 })).toMatchObject({
      state: 'up to date',
      attempts: 0,
      deadLetters: 0,
    });
    expect((await assidu.request('POST', `${at}/pause`)).status).toBe(204);
    expect((await assidu.request('GET', at)).json.state).toBe('paused');
    expect((await assidu.request('POST', `${at}/resume`)).status).toBe(204);
    expect((await assidu.request('DELETE', at)).status).toBe(204);
    expect((await assidu.request('GET', at)).status).toBe(404);
    expect((await assidu.request('DELETE', at)).status).toBe(404);
  });

  it('never answers a password, and keeps it encrypted', async () => {
    const { id } = await add();
    const answers = await Promise.all(
      [forwards, `${forwards}/${id}`].map((path) => assidu.request('GET', path)),
    );
    for (const { text } of answers) expect(text).not.toMatch(/nobody sees|sealed|password/i);
    const kept = await assidu.services.storage.forwards.find('default', id);
    expect(JSON.stringify(kept)).not.toContain('nobody sees');
    await assidu.request('DELETE', `${forwards}/${id}`);
  });

  it('pages what a target refused, and sends it again', async () => {
    const { id } = await add();
    const statements = [plainStatement(), plainStatement(), plainStatement()];
    for (const each of statements) lrs.invalid.add(each.id);
    await assidu.request('POST', '/xapi/statements', statements);
    await until(`${forwards}/${id}`, { deadLetters: 3 });
    const letters = await follow(assidu, `${forwards}/${id}/dead-letters?limit=2`);
    expect(letters.flat().map(({ statementId }) => statementId)).toEqual(statements.map((each) => each.id));
    lrs.invalid.clear();
    const replay = `${forwards}/${id}/dead-letters/replay`;
    const one = { statementId: statements[1]?.id };
    expect((await assidu.request('POST', replay, one)).json).toMatchObject({ taken: 1, refused: 0 });
    expect((await assidu.request('POST', replay)).json).toMatchObject({ taken: 2, next: null });
    expect((await assidu.request('POST', replay, one)).status).toBe(404);
    expect((await assidu.request('POST', replay, { statement: 'x' })).status).toBe(400);
    await assidu.request('DELETE', `${forwards}/${id}`);
  });

  it('is for keys with the scope all, each in its own organisation', async () => {
    const { id } = await add();
    const routes = [
      ['GET', forwards],
      ['POST', forwards, target()],
      ['GET', `${forwards}/${id}`],
      ['DELETE', `${forwards}/${id}`],
      ['POST', `${forwards}/${id}/pause`],
      ['GET', `${forwards}/${id}/dead-letters`],
      ['POST', `${forwards}/${id}/dead-letters/replay`],
    ] as const;
    const authorization = await assidu.newKey(['cohorts', 'all/read', 'statements/write', 'define']);
    for (const [method, path, body] of routes)
      expect((await assidu.request(method, path, body, { authorization })).status, path).toBe(403);
    const elsewhere = { authorization: await assidu.newKey(['all'], 'elsewhere') };
    expect((await assidu.request('GET', forwards, undefined, elsewhere)).json).toEqual([]);
    for (const [method, path] of routes.slice(2))
      expect((await assidu.request(method, path, undefined, elsewhere)).status, path).toBe(404);
    await assidu.request('DELETE', `${forwards}/${id}`);
  });

  it.each([
    [{ url: 'http://lrs.example/xapi' }, 'url'],
    [{ url: 'ftp://lrs.example/xapi' }, 'url'],
    [{ url: 'https://user:secret@lrs.example/xapi' }, 'url'],
    [{ url: 'https://lrs.example/xapi?key=1' }, 'url'],
    [{ url: 'lrs.example' }, 'url'],
    [{ version: '0.95' }, 'version'],
    [{ username: 'a:b' }, 'username'],
    [{ name: ' ' }, 'name'],
    [{ from: 'yesterday' }, 'from'],
    [{ filter: { verbs: ['passed'] } }, 'filter.verbs.0'],
    [{ filter: { cohorts: ['class-9', 'class-10'] } }, 'filter.cohorts[1]'],
    [{ filtre: {} }, 'filtre'],
  ])('refuses %j, naming the field', async (given, field) => {
    const { status, json } = await assidu.request('POST', forwards, target(given));
    expect([status, json.errors.map(({ path }: { path: string }) => path)]).toEqual([400, [field]]);
  });

  it('refuses to send to itself', async () => {
    for (const path of ['/xapi', '/xapi/', '/xapi/statements', ''])
      expect((await assidu.request('POST', forwards, target({ url: `${assidu.url}${path}` }))).status).toBe(
        400,
      );
  });

  it('does not reach services of the machine it runs on, once it is a public one', async () => {
    const server = await startAssidu({ publicUrl: 'https://assidu.example' });
    for (const url of [lrs.url, 'https://localhost/xapi', 'https://127.1/xapi', 'https://[::1]:9/xapi'])
      expect((await server.request('POST', forwards, target({ url }))).status, url).toBe(400);
    const url = 'https://lrs.example/xapi';
    expect((await server.request('POST', forwards, target({ url }))).status).toBe(201);
    await server.close();
  });
});
