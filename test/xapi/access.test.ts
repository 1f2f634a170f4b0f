import { randomUUID } from 'node:crypto';
import XAPI from '@xapi/xapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyScope } from '../../src/storage/ports/key-store.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { idsOf, query, statement } from './statements.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const basic = (user: string, secret: string) =>
  `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
const parted = (authorization: string) => {
  const [user = '', secret = ''] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
  return { user, secret };
};
const post = (body: unknown, authorization: string) =>
  assidu.request('POST', '/xapi/statements', body, { authorization });
const list = (authorization: string) => query(assidu, { limit: '100' }, { authorization });

describe('the version header', () => {
  const version = 'X-Experience-API-Version';
  const asked = (value: string | undefined, path = '/xapi/statements') =>
    fetch(`${assidu.url}${path}`, {
      headers: { authorization: assidu.authorization, ...(value === undefined ? {} : { [version]: value }) },
    });

  it.each([
    ['1.0', '1.0.3'],
    ['1.0.0', '1.0.3'],
    ['1.0.3', '1.0.3'],
    ['1.0.9', '1.0.3'],
    ['2.0', '2.0.0'],
    ['2.0.0', '2.0.0'],
  ])('%s is spoken, and answered in %s', async (value, answered) => {
    const response = await asked(value);
    expect([response.status, response.headers.get(version)]).toEqual([200, answered]);
  });

  it.each(['', '0.95', '0.9', '1', '1.1.0', '1.0.3.1', '2.1.0', '3.0.0', 'latest'])(
    '"%s" is refused with an explanation, and the answer names a version all the same',
    async (value) => {
      const response = await asked(value);
      expect([response.status, response.headers.get(version)]).toEqual([400, '1.0.3']);
      expect((await response.json()).errors[0].path).toBe(version);
    },
  );

  it('is needed by every resource but About', async () => {
    expect((await asked(undefined)).status).toBe(400);
    expect((await asked(undefined, '/xapi/about')).status).toBe(200);
  });

  it('stands on every answer, errors included', async () => {
    const unauthorised = await fetch(`${assidu.url}/xapi/statements`, { headers: { [version]: '2.0.0' } });
    expect([unauthorised.status, unauthorised.headers.get(version)]).toEqual([401, '2.0.0']);
    expect((await asked('1.0.3', '/xapi/nowhere')).headers.get(version)).toBe('1.0.3');
  });
});

describe('About', () => {
  it('names the versions, and needs neither key nor version', async () => {
    const response = await fetch(`${assidu.url}/xapi/about`);
    expect(response.headers.get('X-Experience-API-Version')).toBe('1.0.3');
    expect((await response.json()).version).toEqual(expect.arrayContaining(['1.0.3', '2.0.0']));
    const second = await fetch(`${assidu.url}/xapi/about`, {
      headers: { 'X-Experience-API-Version': '2.0.0' },
    });
    expect(second.headers.get('X-Experience-API-Version')).toBe('2.0.0');
  });

  it('may be asked for by an alternate request, and has no parameters', async () => {
    const alternate = await fetch(`${assidu.url}/xapi/about?method=GET`, { method: 'POST' });
    expect((await alternate.json()).version).toContain('2.0.0');
    const refused = await fetch(`${assidu.url}/xapi/about?Version=1.0.3`);
    expect([refused.status, (await refused.json()).errors[0].path]).toEqual([400, 'Version']);
  });
});

describe('credentials', () => {
  it.each([
    ['none', () => ''],
    ['of another scheme', () => 'Bearer abc'],
    ['not in base64', () => 'Basic %%%'],
    ['without a secret', () => basic(parted(assidu.authorization).user, '')],
    ['with a wrong secret', () => basic(parted(assidu.authorization).user, 'wrong')],
    ['of an unknown key', () => basic('ak_0', parted(assidu.authorization).secret)],
    ['without a colon', () => `Basic ${Buffer.from(parted(assidu.authorization).user).toString('base64')}`],
    ['of nobody', () => basic('', '')],
  ])('%s: answered 401 and told how to do better', async (_, authorization) => {
    for (const method of ['GET', 'POST', 'PUT']) {
      const answer = await assidu.request(
        method,
        '/xapi/statements',
        method === 'GET' ? undefined : statement(),
        {
          authorization: authorization(),
        },
      );
      expect(answer.status).toBe(401);
      expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Basic realm=/);
    }
  });

  it('do not work any more from the moment they are revoked', async () => {
    const authorization = await assidu.newKey(['all']);
    expect((await list(authorization)).status).toBe(200);
    await assidu.services.storage.keys.revoke('default', parted(authorization).user, Date.now());
    expect((await list(authorization)).status).toBe(401);
    expect((await post(statement(), authorization)).status).toBe(401);
  });
});

describe('scopes', () => {
  const allowed = async (scope: KeyScope) => {
    const authorization = await assidu.newKey([scope]);
    const sent = statement();
    const written = (await post(sent, authorization)).status;
    const read = await list(authorization);
    return { authorization, sent, written, read };
  };

  it('statements/write writes and does not read', async () => {
    const { written, read } = await allowed('statements/write');
    expect([written, read.status]).toEqual([200, 403]);
  });

  it.each(['statements/read', 'all/read'] as const)(
    '%s reads everything and does not write',
    async (scope) => {
      await post(statement(), assidu.authorization);
      const { written, read } = await allowed(scope);
      expect([written, read.status]).toEqual([403, 200]);
      expect(idsOf(read).length).toBeGreaterThan(0);
    },
  );

  it.each(['state', 'define', 'profile', 'cohorts'] as const)(
    '%s is no scope for statements',
    async (scope) => {
      const { written, read } = await allowed(scope);
      expect([written, read.status]).toEqual([403, 403]);
    },
  );

  it('statements/read/mine reads what this key wrote, and only that', async () => {
    const authorization = await assidu.newKey(['statements/write', 'statements/read/mine']);
    const [own, other] = [statement(), statement()];
    await post(own, authorization);
    await post(other, assidu.authorization);
    expect(idsOf(await list(authorization))).toEqual([own.id]);
    const one = (id: string) => query(assidu, { statementId: id }, { authorization });
    expect([(await one(own.id)).status, (await one(other.id)).status]).toEqual([200, 404]);
    const filtered = await query(assidu, { agent: JSON.stringify(other.actor) }, { authorization });
    expect(idsOf(filtered)).toEqual([own.id]);
  });
});

describe('organisations', () => {
  it('do not see each other: neither statements, nor ids, nor what comes by a page or a void', async () => {
    const [one, two] = [await assidu.newKey(['all'], 'one'), await assidu.newKey(['all'], 'two')];
    const shared = statement();
    const different = { ...shared, result: { response: 'another' } };
    expect((await post([shared, statement()], one)).status).toBe(200);
    expect((await query(assidu, { statementId: shared.id }, { authorization: two })).status).toBe(404);
    expect(idsOf(await list(two))).toEqual([]);
    expect((await post(different, two)).status).toBe(200);
    await post(
      statement({
        verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
        object: { objectType: 'StatementRef', id: shared.id },
      }),
      two,
    );
    const kept = await query(assidu, { statementId: shared.id }, { authorization: one });
    expect([kept.status, kept.json.result]).toEqual([200, undefined]);
    const { more } = (await query(assidu, { limit: '1' }, { authorization: one })).json;
    const foreign = await assidu.request('GET', more, undefined, { authorization: two });
    expect(idsOf(foreign).filter((id) => id === shared.id)).toEqual([]);
  });
});

describe('the Alternate Request Syntax of 1.0.3', () => {
  const alternate = (method: string, form: Record<string, string>, extra = '', headers = {}) =>
    fetch(`${assidu.url}/xapi/statements?method=${method}${extra}`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
    });
  const credentials = () => ({
    Authorization: assidu.authorization,
    'X-Experience-API-Version': '1.0.3',
  });

  it('takes headers, parameters and content from a form', async () => {
    const { id, ...rest } = statement();
    const form = { ...credentials(), 'Content-Type': 'application/json', statementId: id };
    const written = await alternate('PUT', { ...form, content: JSON.stringify(rest) });
    expect(written.status).toBe(204);
    const read = await alternate('GET', { ...credentials(), statementId: id });
    expect([read.status, (await read.json()).id]).toEqual([200, id]);
    const posted = await alternate('POST', { ...credentials(), content: JSON.stringify([statement()]) });
    expect([posted.status, (await posted.json()).length]).toEqual([200, 1]);
  });

  it('pages on with plain requests', async () => {
    await post([statement(), statement()], assidu.authorization);
    const first = await (await alternate('GET', { ...credentials(), limit: '1' })).json();
    const second = await assidu.request('GET', first.more);
    expect(second.status).toBe(200);
    expect(idsOf(second)).not.toEqual([first.statements[0].id]);
  });

  it('is refused with other parameters in the address, without content, in 2.0, and without credentials', async () => {
    const id = randomUUID();
    const content = JSON.stringify(statement({ id }));
    const form = { ...credentials(), statementId: id };
    expect((await alternate('PUT', { ...form, content }, '&limit=1')).status).toBe(400);
    expect((await alternate('PUT', form)).status).toBe(400);
    expect((await alternate('PATCH', { ...form, content })).status).toBe(400);
    expect((await alternate('PUT', { ...form, content, 'X-Experience-API-Version': '2.0.0' })).status).toBe(
      400,
    );
    expect((await alternate('PUT', { ...form, content, Authorization: '' })).status).toBe(401);
  });
});

describe('the client of @xapi/xapi', () => {
  it('sends, reads, pages and voids', async () => {
    const { user, secret } = parted(assidu.authorization);
    const client = new XAPI.default({
      endpoint: `${assidu.url}/xapi/`,
      auth: XAPI.default.toBasicAuth(user, secret),
      adapter: 'fetch',
    });
    expect((await client.getAbout()).data.version).toContain('1.0.3');
    const actor = { objectType: 'Agent', mbox: `mailto:${randomUUID()}@example.org` } as const;
    const sent = Array.from({ length: 3 }, (_, index) => ({
      actor,
      verb: XAPI.default.Verbs.ANSWERED,
      object: { objectType: 'Activity', id: `https://example.org/question/${index}` } as const,
    }));
    const [first = ''] = (await client.sendStatements({ statements: sent })).data;
    const page = await client.getStatements({ agent: actor, limit: 2 });
    expect(page.data.statements).toHaveLength(2);
    const rest = await client.getMoreStatements({ more: page.data.more });
    expect(rest.data).toMatchObject({ statements: [{ id: first }], more: '' });
    await client.voidStatement({ actor, statementId: first });
    expect((await client.getVoidedStatement({ voidedStatementId: first })).data).toMatchObject({ id: first });
    await expect(client.getStatement({ statementId: first })).rejects.toBeDefined();
  });
});
