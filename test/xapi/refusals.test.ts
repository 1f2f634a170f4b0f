import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { sendParts, statementWith } from './attachment-requests.ts';
import { attachmentPart, statementsPart } from './multipart-body.ts';
import { type Loose, statement } from './statements.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const post = (body: unknown, headers = {}) => assidu.request('POST', '/xapi/statements', body, headers);
const object = (changes: Loose) => ({ object: { id: 'https://example.org/course/1', ...changes } });
const defined = (definition: Loose) => object({ definition });
const context = (changes: Loose) => ({ context: changes });
const result = (changes: Loose) => ({ result: changes });
const attachment = {
  usageType: 'https://example.org/essay',
  display: { en: 'Essay' },
  contentType: 'text/plain',
  length: 1,
  sha2: 'a'.repeat(64),
  fileUrl: 'https://example.org/essay.txt',
};
const sub = (changes: Loose) => {
  const { id: _, ...inner } = statement(changes);
  return { object: { objectType: 'SubStatement', ...inner } };
};

/** What is changed in a good statement, where the fault is, and the clause of 1.0.3 (Data) that the refusal cites. */
const FAULTS: readonly (readonly [Loose, path: string, clause: string])[] = [
  [{ id: 'seven' }, 'id', '2.4.1'],
  [{ id: null }, 'id', '2.2'],
  [{ actor: undefined }, 'actor', '2.4.2'],
  [{ actor: 'me' }, 'actor', '2.4.2'],
  [{ actor: { name: 'nobody' } }, 'actor', '2.4.2.1'],
  [{ actor: { mbox: 'a@example.org' } }, 'actor.mbox', '2.4.2.3'],
  [{ actor: { mbox: 'mailto:a\0@example.org' } }, 'actor.mbox', '2.4.2.3'],
  [{ actor: { mbox: 'mailto:a@example.org', openid: 'https://a.example.org' } }, 'actor', '2.4.2.1'],
  [{ actor: { account: { homePage: 'https://lms.example.org' } } }, 'actor.account.name', '2.4.2.4'],
  [{ actor: { account: { homePage: 'lms', name: '7' } } }, 'actor.account.homePage', '2.4.2.4'],
  [{ actor: { objectType: 'Group' } }, 'actor.member', '2.4.2.2'],
  [{ actor: { objectType: 'Group', member: [{}] } }, 'actor.member[0]', '2.4.2.1'],
  [{ actor: { objectType: 'Robot', mbox: 'mailto:a@b.org' } }, 'actor.objectType', '2.4.2'],
  [{ verb: undefined }, 'verb', '2.4.3'],
  [{ verb: { id: 'completed' } }, 'verb.id', '2.4.3'],
  [
    { verb: { id: 'https://example.org/v', display: { 'not a tag': 'x' } } },
    'verb.display["not a tag"]',
    '4.2',
  ],
  [{ verb: { id: 'https://example.org/v', display: { fr: 7 } } }, 'verb.display.fr', '4.2'],
  [{ object: undefined }, 'object', '2.4.4'],
  [{ object: { objectType: 'Thing', id: 'https://example.org/x' } }, 'object.objectType', '2.4.4'],
  [object({ id: '/course/1' }), 'object.id', '2.4.4.1'],
  [defined({ type: 'course' }), 'object.definition.type', '2.4.4.1'],
  [defined({ interactionType: 'guess' }), 'object.definition.interactionType', '2.4.4.1'],
  [defined({ choices: [] }), 'object.definition.interactionType', '2.4.4.1'],
  [defined({ extensions: { progress: 1 } }), 'object.definition.extensions.progress', '4.1'],
  [{ object: { objectType: 'StatementRef', id: '1' } }, 'object.id', '2.4.4.3'],
  [sub({ stored: '2026-01-01T00:00:00Z' }), 'object.stored', '2.4.4.3'],
  [sub(sub({})), 'object.object.objectType', '2.4.4'],
  [sub({ verb: { id: 'did' } }), 'object.verb.id', '2.4.3'],
  [result({ score: { scaled: 1.01 } }), 'result.score.scaled', '2.4.5.1'],
  [result({ score: { raw: 11, max: 10 } }), 'result.score.raw', '2.4.5.1'],
  [result({ score: { raw: '11' } }), 'result.score.raw', '2.4.5.1'],
  [result({ success: 'yes' }), 'result.success', '2.4.5'],
  [result({ duration: '90 minutes' }), 'result.duration', '4.6'],
  [result({ duration: 'PT1H30' }), 'result.duration', '4.6'],
  [result({ extensions: [] }), 'result.extensions', '4.1'],
  [context({ registration: 'r-7' }), 'context.registration', '2.4.6'],
  [context({ language: 'français' }), 'context.language', '2.4.6'],
  [context({ instructor: 'teacher' }), 'context.instructor', '2.4.2'],
  [context({ contextActivities: { child: [] } }), 'context.contextActivities.child', '2.4.6.2'],
  [context({ contextActivities: { parent: [{}] } }), 'context.contextActivities.parent[0].id', '2.4.4.1'],
  [
    { object: { objectType: 'Agent', mbox: 'mailto:a@b.org' }, ...context({ revision: '1' }) },
    'context.revision',
    '2.4.6',
  ],
  [{ timestamp: 'yesterday' }, 'timestamp', '2.4.7'],
  [{ timestamp: '2026-02-30T10:00:00Z' }, 'timestamp', '2.4.7'],
  [{ version: '3.0.0' }, 'version', '2.4.10'],
  [{ attachments: [{ ...attachment, sha2: 'abc' }] }, 'attachments[0].sha2', '2.4.11'],
  [{ attachments: [{ ...attachment, length: -1 }] }, 'attachments[0].length', '2.4.11'],
  [{ attachments: {} }, 'attachments', '2.4.11'],
  [{ verb: { id: 'http://adlnet.gov/expapi/verbs/voided' } }, 'object', '2.3.2'],
  [{ verbs: [] }, 'verbs', '2.4'],
  [{ Actor: {} }, 'Actor', '2.2'],
];

describe('a refusal of statements', () => {
  it.each(FAULTS)(
    'of %j names the statement, the property %s and clause %s',
    async (changes, path, clause) => {
      const batch = await post([statement(), statement(), statement(changes)]);
      expect(batch.status).toBe(400);
      expect(batch.json.detail).toContain('statement 2: ');
      const faults: { path: string; message: string }[] = batch.json.errors;
      const fault = faults.find(
        (each) => each.path === (path.startsWith('[') ? `[2]${path}` : `[2].${path}`),
      );
      expect(fault?.message, batch.text).toContain(`(xAPI 1.0.3 Data ${clause})`);
      expect(faults.every((each) => each.path.startsWith('[2]'))).toBe(true);
      const alone = await post(statement(changes));
      expect(alone.json.errors.map((each: { path: string }) => `[2].${each.path}`)).toEqual(
        faults.map((each) => each.path),
      );
    },
  );

  it('cites the clauses of 2.0 when the request is of 2.0', async () => {
    const answer = await post([statement({ verb: {} })], { 'X-Experience-API-Version': '2.0.0' });
    expect(answer.json.errors).toEqual([
      { path: '[0].verb.id', message: 'is required (xAPI 2.0, IEEE 9274.1.1 4.2.2.2)' },
    ]);
  });

  it('names the place also of what is no fault of one property', async () => {
    const sent = statement();
    await post(sent);
    const twice = JSON.stringify(statement()).replace('"actor":{', '"actor":{"mbox":"mailto:a@b.org",');
    const without = { ...statement(), attachments: [{ ...attachment, fileUrl: undefined }] };
    const cases = [
      [await post([{ ...sent, result: {} }]), '[0].id', 'xAPI 1.0.3 Communication 2.1.1'],
      [await post([sent, sent]), '[1].id', 'xAPI Communication 2.1.2'],
      [await post(`[${JSON.stringify(sent)},${twice}]`), '[1].actor.mbox', 'xAPI 1.0.3 Data 2.2'],
      [await post(twice), 'actor.mbox', 'xAPI 1.0.3 Data 2.2'],
      [await post([without]), '[0].attachments[0]', 'xAPI 1.0.3 Communication 1.5.2'],
      [await post(without), 'attachments[0]', 'xAPI 1.0.3 Communication 1.5.2'],
      [await post([1]), '[0]', 'xAPI 1.0.3 Data 2.4'],
    ] as const;
    for (const [answer, path, clause] of cases) {
      expect(answer.json.errors[0].path).toBe(path);
      expect(answer.json.errors[0].message).toContain(clause);
    }
  });
});

describe('what is too large', () => {
  it('is answered 413 with what it was and the limit', async () => {
    const body = await post(' '.repeat(21 * 1024 * 1024));
    expect([body.status, body.json.detail]).toEqual([413, 'body is larger than the 20971520 bytes taken in']);
    const many = await post(`[${'{},'.repeat(10_000)}{}]`);
    expect([many.status, many.json.detail]).toEqual([
      413,
      '10001 statements in one request, at most 10000 are taken in',
    ]);
  });

  it('is what the settings say', async () => {
    const small = await startAssidu({
      settings: { maxBody: '2kb', maxAttachment: '1kb', maxStatements: 3 },
    });
    try {
      const many = [statement(), statement(), statement(), statement()];
      for (const path of ['/xapi/statements', '/xapi/statements?assidu:onInvalid=skip']) {
        const answer = await small.request('POST', path, many);
        expect([answer.status, answer.json.errors[0].message]).toEqual([
          413,
          '4 statements in one request, at most 3 are taken in',
        ]);
      }
      const body = await small.request('POST', '/xapi/statements', ' '.repeat(2_049));
      expect([body.status, body.json.errors[0]]).toEqual([
        413,
        { path: 'body', message: 'is larger than the 2048 bytes taken in' },
      ]);
      const essay = 'e'.repeat(1_025);
      const sent = await sendParts(small, [statementsPart(statementWith([essay])), attachmentPart(essay)]);
      expect([sent.status, sent.json.errors[0]]).toEqual([
        413,
        { path: 'part 2', message: 'is larger than the 1024 bytes taken in' },
      ]);
    } finally {
      await small.close();
    }
  });

  it('is named where it stands when nested too deep or of too many keys', async () => {
    const deep = `{"a":${'['.repeat(200)}${']'.repeat(200)}}`;
    const nested = await post(`[${JSON.stringify(statement())},{"result":{"extensions":${deep}}}]`);
    expect([nested.status, nested.json.errors[0].path]).toEqual([
      400,
      expect.stringMatching(/^\[1\]\.result\.extensions\.a\[0\]/),
    ]);
    expect(nested.json.errors[0].message).toBe('nested deeper than 100 levels');
    const keys = Array.from({ length: 600_000 }, (_, key) => `"${key}":1`).join();
    const wide = await post(`{"result":{"extensions":{${keys}}}}`);
    expect([wide.status, wide.json.errors[0].message]).toEqual([400, 'more than 500000 keys']);
    expect(wide.json.errors[0].path).toMatch(/^result\.extensions\["\d+"\]$/);
  });
});

describe('a refusal comes in the form that is asked for (1.0.3 Communication 3.2)', () => {
  const refused = (accept: string) => post([{ '<b>': 1 }], { accept });

  it('JSON', async () => {
    for (const accept of ['*/*', 'application/json', 'image/png']) {
      const { status, json, headers } = await refused(accept);
      expect([status, json.status, headers.get('vary')]).toEqual([400, 400, 'Accept']);
      expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    }
  });

  it('plain text', async () => {
    const { text, headers } = await refused('text/plain');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text.split('\n')[0]).toBe('400 A statement is not valid');
    expect(text).toContain('[0].actor: is required');
  });

  it('HTML, in which nothing that was sent can run', async () => {
    const { text, headers } = await refused('text/html,application/xhtml+xml,*/*;q=0.8');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(text).toContain('<h1>400 A statement is not valid</h1>');
    expect(text).toContain('&lt;b&gt;');
    expect(text).not.toContain('<b>');
  });
});
