import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { ask, describing, postingTo, statementWith } from './attachment-requests.ts';
import { attachmentPart } from './multipart-body.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const { post, kept } = postingTo(() => assidu);

describe('statements asked for with attachments (xAPI 1.0.3 Communication 2.1.3)', () => {
  it('come as plain JSON with attachments=false, and without the parameter', async () => {
    const id = await kept(['not to be sent']);
    for (const query of [`statementId=${id}`, `statementId=${id}&attachments=false`]) {
      const answer = await ask(assidu, query);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.body.includes('not to be sent')).toBe(false);
    }
  });

  it('come in several parts even where nothing is attached', async () => {
    const answer = await ask(assidu, `statementId=${await kept([])}&attachments=true`);
    expect(answer.headers.get('content-type')).toMatch(/^multipart\/mixed/);
    expect(answer.parts).toHaveLength(1);
  });

  it('come a page at a time, each page with its own attachments, each of these once', async () => {
    const registration = randomUUID();
    const context = { registration };
    await kept(['of the first'], { context });
    await kept(['shared'], { context });
    await kept(['shared', 'of the third'], { context });
    const pages: string[][] = [];
    let more = `/xapi/statements?registration=${registration}&limit=2&ascending=true&attachments=true`;
    while (more !== '') {
      const answer = await ask(assidu, more.split('?')[1] ?? '');
      pages.push(answer.parts.slice(1).map(({ content }) => content.toString()));
      more = answer.json.more;
    }
    expect(pages.map((page) => page.sort())).toEqual([
      ['of the first', 'shared'],
      ['of the third', 'shared'],
    ]);
  });

  it('come when voided, by their id', async () => {
    const id = await kept(['of a voided one']);
    const voiding = statementWith([], {
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id },
    });
    expect((await assidu.request('POST', '/xapi/statements', voiding)).status).toBe(200);
    expect((await ask(assidu, `statementId=${id}&attachments=true`)).status).toBe(404);
    const answer = await ask(assidu, `voidedStatementId=${id}&attachments=true`);
    expect(answer.parts[1]?.content.toString()).toBe('of a voided one');
  });

  it('are answered to HEAD by the same headers', async () => {
    const query = `statementId=${await kept(['for HEAD'])}&attachments=true`;
    const [get, head] = [await ask(assidu, query), await ask(assidu, query, 'HEAD')];
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    for (const name of ['content-type', 'last-modified', 'x-experience-api-version'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
  });

  it('bring only the data that came with them: a hash alone opens nothing', async () => {
    await kept(['a secret of another']);
    const attachments = [describing('a secret of another', { fileUrl: 'http://example.org/x' })];
    const { json } = await assidu.request('POST', '/xapi/statements', statementWith([], { attachments }));
    expect((await ask(assidu, `statementId=${json[0]}&attachments=true`)).parts).toHaveLength(1);
  });

  it('stay within their organisation', async () => {
    const id = await kept(['ours']);
    const theirs = { ...assidu, authorization: await assidu.newKey(['all'], 'another') };
    expect((await ask(theirs, `statementId=${id}&attachments=true`)).status).toBe(404);
    expect(await assidu.services.storage.attachments.sentWith('another', [id])).toEqual([]);
  });

  it('are not kept twice when sent twice', async () => {
    const id = randomUUID();
    await kept(['sent twice'], { id });
    await kept(['sent twice'], { id });
    expect((await ask(assidu, `statementId=${id}&attachments=true`)).parts).toHaveLength(2);
  });

  it('bring data that came later than the statement, with its equal', async () => {
    const id = randomUUID();
    const attachments = [describing('sent later', { fileUrl: 'http://example.org/x' })];
    const statement = statementWith([], { id, attachments });
    expect((await assidu.request('POST', '/xapi/statements', statement)).status).toBe(200);
    expect((await ask(assidu, `statementId=${id}&attachments=true`)).parts).toHaveLength(1);
    expect((await post(statement, attachmentPart('sent later'))).status).toBe(200);
    const { parts } = await ask(assidu, `statementId=${id}&attachments=true`);
    expect(parts[1]?.content.toString()).toBe('sent later');
  });
});
