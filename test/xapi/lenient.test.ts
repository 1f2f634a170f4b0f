import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAccessKey } from '../../xapi/credentials.ts';
import { createLenientIntake } from '../../xapi/lenient-intake.ts';
import { senderOf } from '../support/open-services.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { sendParts, statementWith } from './attachment-requests.ts';
import { attachmentPart, sha, statementsPart } from './multipart-body.ts';
import { kept, statement } from './statements.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const SKIP = '/xapi/statements?assidu:onInvalid=skip';
const post = (body: unknown, headers = {}, path = SKIP) => assidu.request('POST', path, body, headers);
const quarantined = ({ headers }: { readonly headers: Headers }) => headers.get('X-Assidu-Quarantined');

/** The open entries of an organisation, with their texts. */
const entriesOf = async (org: string) => {
  const list = await assidu.services.quarantine.list(org, { state: 'open', after: null, limit: 1_000 });
  return Promise.all(list.map(({ id }) => assidu.services.quarantine.show(org, id)));
};
/** A sender in an organisation of its own. */
const newSender = async () => {
  const org = `org-${randomUUID()}`;
  const authorization = await assidu.newKey(['all'], org);
  return { org, headers: { authorization } };
};

describe('POST statements with assidu:onInvalid=skip', () => {
  it('keeps the good ones together, and the bad ones in the quarantine with what is wrong', async () => {
    const { org, headers } = await newSender();
    const good = [statement(), statement(), statement()];
    const bad = '{ "actor": {"mbox":"nobody"}, "n": 1.50 }';
    const body = `[${JSON.stringify(good[0])}, ${bad} ,${JSON.stringify(good[1])},7,${JSON.stringify(good[2])}]`;
    const answer = await post(body, headers);
    expect([answer.status, answer.json, quarantined(answer)]).toEqual([200, good.map(({ id }) => id), '2']);
    expect(answer.headers.get('Link')).toContain('</api/v1/quarantine>');
    const entries = await entriesOf(org);
    expect(entries.map(({ text }) => text).toSorted()).toEqual([bad, '7'].toSorted());
    const [first] = entries.filter(({ text }) => text === bad);
    expect(first).toMatchObject({ code: 'invalid-statement', version: '1.0.3', times: 1 });
    expect(first?.problems).toEqual(
      expect.arrayContaining([
        { path: 'actor.mbox', message: expect.stringContaining('xAPI 1.0.3 Data 2.4.2.3') },
        { path: 'n', message: expect.stringContaining('Data 2.4') },
      ]),
    );
    const stored = await Promise.all(
      good.map(({ id }) => assidu.request('GET', `/xapi/statements?statementId=${id}`, undefined, headers)),
    );
    expect(new Set(stored.map(({ json }) => json.stored)).size).toBe(1);
  });

  it('answers without the header when all were good, and an empty array when none was', async () => {
    const { headers } = await newSender();
    const sent = statement();
    const good = await post([sent], headers);
    expect([good.json, quarantined(good), good.headers.get('Link')]).toEqual([[sent.id], null, null]);
    const none = await post([{}, {}], headers);
    expect([none.status, none.json, quarantined(none)]).toEqual([200, [], '2']);
    const single = await post({ ...sent, id: 'x' }, headers);
    expect([single.status, single.json, quarantined(single)]).toEqual([200, [], '1']);
    expect((await post('[]', headers)).json).toEqual([]);
  });

  it('does not double the quarantine when a request is sent again', async () => {
    const { org, headers } = await newSender();
    const batch = [statement(), { actor: 1 }, { actor: 2 }];
    const first = await post(batch, headers);
    const again = await post(batch, headers);
    expect(again.json).toEqual(first.json);
    expect((await entriesOf(org)).map(({ times }) => times)).toEqual([2, 2]);
  });

  it('sets aside what conflicts with a kept statement, however many there are', async () => {
    const { org, headers } = await newSender();
    const before = Array.from({ length: 30 }, () => statement());
    await post(before, headers);
    const others = before.map((each) => ({ ...each, result: { completion: true } }));
    const [fresh, same] = [statement(), before[0]];
    const answer = await post([...others.slice(1), fresh, same], headers);
    expect([answer.json, quarantined(answer)]).toEqual([[fresh.id, same?.id], '29']);
    const entries = await entriesOf(org);
    expect(entries.every(({ code }) => code === 'conflict')).toBe(true);
    expect(entries[0]?.problems).toEqual([
      { path: 'id', message: expect.stringContaining('Communication 2.1.1') },
    ]);
  });

  it('keeps the first of two with one id, and sets the later ones aside', async () => {
    const { org, headers } = await newSender();
    const first = statement();
    const other = { ...first, id: first.id.toUpperCase(), result: { success: true } };
    const answer = await post([first, statement(), other], headers);
    expect([answer.json.length, answer.json[0], quarantined(answer)]).toEqual([2, first.id, '1']);
    expect((await entriesOf(org))[0]?.problems[0]?.message).toContain('statement 0 of this batch');
    const faulty = statement();
    const after = await post([{ ...faulty, verb: 1 }, faulty], headers);
    expect([after.json, quarantined(after)]).toEqual([[faulty.id], '1']);
  });

  it('tells a statement with a key used twice apart from the others', async () => {
    const { org, headers } = await newSender();
    const sent = statement();
    const twice = '{"actor":{"mbox":"mailto:a@b.org","mbox":"mailto:c@d.org"},"verb":{"id":"a:b"}}';
    const answer = await post(`[${JSON.stringify(sent)},${twice}]`, headers);
    expect([answer.json, quarantined(answer)]).toEqual([[sent.id], '1']);
    const [entry] = await entriesOf(org);
    expect(entry?.text).toBe(twice);
    expect(entry?.problems[0]).toEqual({
      path: 'actor.mbox',
      message: expect.stringContaining('used twice (xAPI 1.0.3 Data 2.2)'),
    });
  });

  it.each([
    ['no JSON', '[{}', 400],
    ['a scalar', '7', 400],
    ['nothing', '', 400],
    ['nesting without end', '['.repeat(1_000), 400],
    ['too many statements', `[${'{},'.repeat(10_000)}{}]`, 413],
    ['too many bytes', ' '.repeat(21 * 1024 * 1024), 413],
  ])('refuses a body of %s as a whole', async (_, body, status) => {
    const { org, headers } = await newSender();
    expect((await post(body, headers)).status).toBe(status);
    expect(await entriesOf(org)).toEqual([]);
  });

  it('is asked for by these words only, and never by PUT', async () => {
    const word = await post([statement()], {}, '/xapi/statements?assidu:onInvalid=drop');
    expect([word.status, word.json.errors[0].path]).toEqual([400, 'assidu:onInvalid']);
    const { id, ...rest } = statement();
    const put = await assidu.request('PUT', `/xapi/statements?statementId=${id}&assidu:onInvalid=skip`, rest);
    expect([put.status, put.json.errors[0].path]).toEqual([400, 'assidu:onInvalid']);
  });

  it('needs the right to write', async () => {
    const authorization = await assidu.newKey(['statements/read']);
    expect((await post([{}], { authorization })).status).toBe(403);
  });
});

describe('a key that skips what is not valid', () => {
  it('does so unless the request says otherwise', async () => {
    const { accessKey, secret } = newAccessKey(
      { org: 'lenient', name: 'plugin', scopes: ['statements/write'], at: 0, terms: { onInvalid: 'skip' } },
      (bytes) => Buffer.alloc(bytes, 7),
    );
    await assidu.services.storage.keys.insert(accessKey);
    const headers = {
      authorization: `Basic ${Buffer.from(`${accessKey.key}:${secret}`).toString('base64')}`,
    };
    const batch = [statement(), {}];
    const path = '/xapi/statements';
    expect((await post(batch, headers, `${path}?assidu:onInvalid=refuse`)).status).toBe(400);
    expect(quarantined(await post(batch, headers, path))).toBe('1');
    expect(await entriesOf('lenient')).toMatchObject([{ key: accessKey.key, times: 1 }]);
  });
});

describe('attachments of a request that skips', () => {
  const send = async (statements: unknown, ...contents: readonly string[]) => {
    const sender = await newSender();
    const parts = [statementsPart(statements), ...contents.map((each) => attachmentPart(each))];
    const answer = await sendParts(assidu, parts, { path: SKIP, headers: sender.headers });
    return { answer, entries: await entriesOf(sender.org), org: sender.org };
  };

  it('go in with their statements', async () => {
    const { answer, entries, org } = await send([statementWith(['kept']), { actor: 1 }], 'kept');
    expect([answer.status, answer.json.length, quarantined(answer), entries.length]).toEqual([
      200,
      1,
      '1',
      1,
    ]);
    const sent = await assidu.services.storage.attachments.sentWith(org, [String(answer.json[0])]);
    expect(sent).toEqual([{ sha2: sha('kept'), contentType: 'text/plain' }]);
  });

  it('leave the statement in the quarantine whose own one is missing', async () => {
    const { answer, entries } = await send([statementWith(['here']), statementWith(['missing'])], 'here');
    expect([answer.status, answer.json.length, quarantined(answer)]).toEqual([200, 1, '1']);
    expect(entries[0]?.problems[0]?.path).toBe('attachments[0]');
  });

  it('have the whole request refused when they belong to a bad statement alone', async () => {
    const bad = { ...statementWith(['mine']), verb: 1 };
    const { answer, entries } = await send([statementWith([]), bad], 'mine');
    expect([answer.status, entries]).toEqual([400, []]);
    expect(answer.json.errors.map(({ path }: { path: string }) => path)).toEqual([
      '[1].verb',
      'part 2, X-Experience-API-Hash',
    ]);
  });

  it('have it refused, too, when their statement conflicts', async () => {
    const id = randomUUID();
    const { org, headers } = await newSender();
    await post(statement({ id }), headers);
    const parts = [
      statementsPart([statementWith([]), statementWith(['mine'], { id })]),
      attachmentPart('mine'),
    ];
    const answer = await sendParts(assidu, parts, { path: SKIP, headers });
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, '[1].id']);
    expect(await entriesOf(org)).toEqual([]);
  });
});

describe('a crash between quarantine and store', () => {
  it('loses nothing that was answered, and sending again completes it without doubling anything', async () => {
    const { storage } = assidu.services;
    const org = `org-${randomUUID()}`;
    let broken = true;
    const lenient = createLenientIntake({
      statements: {
        append: (...given) =>
          broken ? Promise.reject(new Error('the disk is gone')) : storage.statements.append(...given),
      },
      quarantine: storage.quarantine,
      newId: randomUUID,
      clock: Date.now,
      onStored: () => undefined,
      log: { warn: () => undefined },
    });
    const sent = statement();
    const sender = { ...senderOf('key'), org };
    const text = JSON.stringify([sent, { actor: 1 }]);
    await expect(lenient.accept(sender, text, '1.0.3', [])).rejects.toThrow('the disk is gone');
    expect(await storage.statements.get(org, sent.id)).toBeNull();
    expect(await entriesOf(org)).toHaveLength(1);
    broken = false;
    expect(await lenient.accept(sender, text, '1.0.3', [])).toEqual({ ids: [sent.id], quarantined: 1 });
    expect((await entriesOf(org)).map(({ times }) => times)).toEqual([2]);
  });
});

it('strict requests stay as they are: all or nothing, and nothing in the quarantine', async () => {
  const { org, headers } = await newSender();
  const sent = statement();
  expect((await post([sent, {}], headers, '/xapi/statements')).status).toBe(400);
  expect(await entriesOf(org)).toEqual([]);
  expect(await kept(assidu, sent)).toEqual([false]);
});
