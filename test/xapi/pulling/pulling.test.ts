import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { topLevelMembers, withoutMembers } from '../../../xapi/statement/raw-json.ts';
import { type Node, openNode, plainStatement } from '../../support/open-node.ts';
import { type RunningAssidu, startAssidu } from '../../support/start-assidu.ts';
import { postingTo } from '../attachment-requests.ts';
import { sha } from '../multipart-body.ts';

let far: RunningAssidu;
let node: Node;
beforeAll(async () => {
  far = await startAssidu();
});
beforeEach(() => {
  node = openNode();
  return () => node.close();
});
afterAll(() => far.close());

const LOCAL = { allowHttp: false, allowLocal: true } as const;
const pulls = () => node.services().pulls;

/** A source at the running product; answers its id. */
async function pullingFrom(given: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const [username, password] = Buffer.from(far.authorization.slice(6), 'base64').toString().split(':');
  const input = { name: 'far', url: `${far.url}/xapi`, username, password, ...given };
  return (await pulls().add('default', input, LOCAL)).id;
}

const here = async (...statements: readonly { readonly id: string }[]) => {
  const found = await Promise.all(
    statements.map(({ id }) => node.services().storage.statements.get('default', id)),
  );
  return found.map((kept) => kept !== null);
};

const without = (text: string | undefined) => withoutMembers(text ?? '{}', new Set(['stored', 'authority']));

describe('pulling from another Assidu', () => {
  it('fetches every statement over several pages, byte for byte, under our stored and authority', async () => {
    const statements = Array.from({ length: 230 }, (_, index) =>
      plainStatement({ result: { score: { raw: index } } }),
    );
    await far.request('POST', '/xapi/statements', statements);
    const odd = randomUUID();
    const text = `{"result":{"score":{"raw":1.10e1}},"object":{"id":"http://example.org/a"},"id":"${odd}",
      "verb":{"id":"http://adlnet.gov/expapi/verbs/scored"}, "actor":{"mbox":"mailto:é@example.org"}}`;
    await far.request('POST', '/xapi/statements', text);
    const id = await pullingFrom();
    const seen: number[] = [];
    const shown = await pulls().run('default', id, ({ taken }) => seen.push(taken));
    expect(seen).toEqual([100, 200, 231]);
    expect(shown).toMatchObject({ state: 'scheduled', taken: 231, refused: 0, lastError: null });
    expect(await here(...statements)).toEqual(statements.map(() => true));
    const [there, kept] = await Promise.all([
      far.services.storage.statements.get('default', odd),
      node.services().storage.statements.get('default', odd),
    ]);
    expect(without(kept?.text)).toBe(without(there?.text));
    expect(kept?.text).toContain('1.10e1');
    expect(kept?.writer).toMatchObject({ keyId: shown.keyId, standings: false, voidsAny: false });
    const stored = topLevelMembers(kept?.text ?? '').find(({ key }) => key === 'stored');
    expect(kept?.text.slice(stored?.valueStart)).toContain('2026-01-05');
  });

  it('goes on where it was, finds nothing new twice, and voids what was voided there', async () => {
    const id = await pullingFrom();
    await pulls().run('default', id);
    const before = (await pulls().show('default', id)).taken;
    expect((await pulls().run('default', id)).taken).toBe(before);
    const [first, second] = [plainStatement(), plainStatement()];
    await far.request('POST', '/xapi/statements', first);
    await pulls().run('default', id);
    await far.request('POST', '/xapi/statements', second);
    const voiding = plainStatement({
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: first.id },
    });
    await far.request('POST', '/xapi/statements', voiding);
    expect((await pulls().run('default', id)).taken).toBe(before + 3);
    expect(await here(first, second, voiding)).toEqual([true, true, true]);
    expect((await node.services().storage.statements.get('default', first.id))?.voidedAt).not.toBeNull();
  });

  it('brings attachments with their statements, unless they are not wanted', async () => {
    const content = Buffer.concat([Buffer.from('\r\n--'), Buffer.alloc(1_500_000, 7)]);
    const statementId = await postingTo(() => far).kept([content]);
    await pulls().run('default', await pullingFrom({ attachments: false }));
    const { attachments } = node.services().storage;
    expect(await here({ id: statementId })).toEqual([true]);
    expect(await attachments.sentWith('default', [statementId])).toEqual([]);
    await pulls().run('default', await pullingFrom());
    expect(await attachments.sentWith('default', [statementId])).toMatchObject([{ sha2: sha(content) }]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of attachments.read('default', sha(content))) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
  });

  it('begins after an instant when told so', async () => {
    const [old, young] = [plainStatement(), plainStatement()];
    await far.request('POST', '/xapi/statements', old);
    const { stored } = await far.services.storage.statements.head();
    await far.request('POST', '/xapi/statements', young);
    await pulls().run('default', await pullingFrom({ since: new Date(stored + 1).toISOString() }));
    expect(await here(old, young)).toEqual([false, true]);
  });

  it('by schedule looks when it is due, waits after a failure, and not while paused', async () => {
    const id = await pullingFrom({ everyMinutes: 10 });
    await pulls().settle();
    const first = plainStatement();
    await far.request('POST', '/xapi/statements', first);
    node.turnBy(10 * 60_000 - 1);
    await pulls().settle();
    expect(await here(first)).toEqual([false]);
    await pulls().setPaused('default', id, true);
    node.turnBy(1);
    await pulls().settle();
    expect(await here(first)).toEqual([false]);
    await pulls().setPaused('default', id, false);
    await pulls().settle();
    expect(await here(first)).toEqual([true]);

    const refused = await pullingFrom({ password: 'wrong' });
    await pulls().settle();
    const { state, lastError, nextLookAt } = await pulls().show('default', refused);
    expect([state, lastError?.slice(0, 4)]).toEqual(['failing', '401:']);
    expect(Date.parse(nextLookAt ?? '') - node.now()).toBeGreaterThanOrEqual(5_000);
  });
});

/** An LRS that answers what a test says, whatever is asked. */
interface Puppet {
  readonly url: string;
  readonly asked: string[];
  answer: (url: URL) => { status?: number; body: string };
}

describe('pulling from an LRS that is odd', () => {
  let server: Server;
  let puppet: Puppet;
  beforeEach(async () => {
    const asked: string[] = [];
    puppet = { url: '', asked, answer: () => ({ body: page([]) }) };
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const { status = 200, body } = puppet.answer(new URL(request.url ?? '', 'http://host'));
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    puppet = Object.assign(puppet, { url: `http://127.0.0.1:${port}/lrs` });
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const page = (statements: readonly object[], more = '') => JSON.stringify({ statements, more });
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  const source = () => pullingFrom({ url: puppet.url });

  it('puts what it has that is not valid into the quarantine, and takes the rest', async () => {
    const good = [plainStatement({ stored: at(1) }), plainStatement({ stored: at(3) })];
    const bad = plainStatement({ stored: at(2), verb: { id: 'no IRI' } });
    puppet.answer = () => ({ body: page([good[0] ?? {}, bad, good[1] ?? {}]) });
    const id = await source();
    expect(await pulls().run('default', id)).toMatchObject({ taken: 2, refused: 1, cursor: at(3) });
    expect(await here(...good, bad)).toEqual([true, true, false]);
    const filter = { state: 'open', after: null, limit: 10 } as const;
    const [entry] = await node.services().storage.quarantine.list('default', filter);
    expect(entry).toMatchObject({ keyId: `pull:${id}`, code: 'invalid-statement', version: '1.0.3' });
    const kept = await node.services().storage.quarantine.get('default', entry?.id ?? '');
    expect(kept?.text).toBe(JSON.stringify(bad));
    expect(kept?.problems[0]?.path).toBe('verb.id');
  });

  it('reads statements with a key twice in them: the others of their page are taken', async () => {
    const good = plainStatement({ stored: at(1) });
    const twice = `{"id":"${randomUUID()}","id":"${randomUUID()}"}`;
    puppet.answer = () => ({ body: `{"statements":[${JSON.stringify(good)},${twice}]}` });
    expect(await pulls().run('default', await source())).toMatchObject({ taken: 1, refused: 1 });
  });

  it('takes on trust what is attached when its data is not sent along', async () => {
    const statement = plainStatement({
      stored: at(1),
      attachments: [
        {
          usageType: 'http://example.org/an-essay',
          display: { en: 'An essay' },
          contentType: 'text/plain',
          length: 3,
          sha2: 'a'.repeat(64),
        },
      ],
    });
    puppet.answer = () => ({ body: page([statement]) });
    expect(await pulls().run('default', await source())).toMatchObject({ taken: 1, refused: 0 });
  });

  it('goes on with the page that it was at when it was stopped, and asks again when that is forgotten', async () => {
    const [zeroth, first, second] = [0, 1, 2].map((minute) => plainStatement({ stored: at(minute) }));
    if (!zeroth || !first || !second) throw new Error('three statements');
    puppet.answer = ({ pathname }) =>
      pathname === '/more/1' ? { status: 503, body: 'later' } : { body: page([zeroth, first], '/more/1') };
    const id = await source();
    expect(await pulls().run('default', id)).toMatchObject({
      taken: 2,
      lastError: '503: later',
      cursor: at(1),
    });
    await node.restart();
    puppet.asked.length = 0;
    puppet.answer = ({ pathname, searchParams }) => {
      if (pathname === '/more/1') return { status: 404, body: 'forgotten' };
      expect(Date.parse(searchParams.get('since') ?? '')).toBe(Date.parse(at(1)) - 1);
      return { body: page([first, second]) };
    };
    expect(await pulls().run('default', id)).toMatchObject({ taken: 3, lastError: null, cursor: at(2) });
    expect(puppet.asked[0]).toBe('/more/1');
    expect(await here(first, second)).toEqual([true, true]);
  });

  it.each([[9, 8], [9]])(
    'does not lose what comes later when it answers newest first: %j',
    async (...minutes) => {
      const young = minutes.map((minute) => plainStatement({ stored: at(minute) }));
      const old = plainStatement({ stored: at(1) });
      puppet.answer = ({ pathname }) => {
        if (pathname !== '/more/1') return { body: page(young, '/more/1') };
        return { status: 500, body: '' };
      };
      const id = await source();
      expect(await pulls().run('default', id)).toMatchObject({ cursor: null });
      puppet.answer = ({ pathname, searchParams }) => {
        if (pathname === '/more/1') return { status: 404, body: '' };
        return { body: page(searchParams.has('since') ? [] : [...young, old]) };
      };
      expect(await pulls().run('default', id)).toMatchObject({ cursor: at(9) });
      expect(await here(old, ...young)).toEqual([old, ...young].map(() => true));
    },
  );

  it('never sends credentials where "more" leads away from its host', async () => {
    for (const more of [
      'https://elsewhere.example/more',
      '//elsewhere.example/more',
      '@elsewhere.example/',
    ]) {
      puppet.answer = ({ pathname }) => ({ body: page([], pathname === '/lrs/statements' ? more : '') });
      const { lastError } = await pulls().run('default', await source());
      if (more.startsWith('@')) expect(puppet.asked.at(-1)).toBe('/lrs/@elsewhere.example/');
      else expect(lastError).toContain('leads to another host, elsewhere.example');
    }
  });

  it('ends where "more" goes round in circles', async () => {
    puppet.answer = () => ({ body: page([], '/more/1') });
    expect((await pulls().run('default', await source())).lastError).toBeNull();
    expect(puppet.asked).toHaveLength(2);
  });

  it('says what it could not read', async () => {
    for (const body of ['<html>', '{"statements":{}}', '']) {
      puppet.answer = () => ({ body });
      expect((await pulls().run('default', await source())).lastError).not.toBeNull();
    }
  });
});
