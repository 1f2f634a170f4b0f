import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withoutMembers } from '../../../xapi/statement/raw-json.ts';
import { type Node, openNode, plainStatement } from '../../support/open-node.ts';
import { senderOf } from '../../support/open-services.ts';
import { type RunningAssidu, startAssidu } from '../../support/start-assidu.ts';
import { describing } from '../attachment-requests.ts';
import { sha } from '../multipart-body.ts';

let far: RunningAssidu;
let node: Node;
let id = '';
beforeAll(async () => {
  far = await startAssidu();
});
beforeEach(() => {
  node = openNode();
  return () => node.close();
});
afterAll(() => far.close());

const LOCAL = { allowHttp: false, allowLocal: true } as const;
const forwards = () => node.services().forwards;

/** A target at the running product; answers its id. */
async function forwarding(given: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const [username, password] = Buffer.from(far.authorization.slice(6), 'base64').toString().split(':');
  const input = { name: 'far', url: `${far.url}/xapi`, username, password, ...given };
  ({ id } = await forwards().add('default', input, LOCAL));
  return id;
}

/** Which of these the target keeps, voided or not. */
async function there(...statements: readonly { readonly id: string }[]): Promise<readonly boolean[]> {
  const found = await Promise.all(
    statements.map((each) => far.services.storage.statements.get('default', each.id)),
  );
  return found.map((kept) => kept !== null);
}

const textAt = async (store: { services: RunningAssidu['services'] }, statementId: string) =>
  withoutMembers(
    (await store.services.storage.statements.get('default', statementId))?.text ?? '{}',
    new Set(['stored', 'authority']),
  );

describe('forwarding to another Assidu', () => {
  it('sends the very bytes: digits of numbers, order of keys, timestamps that we gave', async () => {
    await forwarding();
    const { id: first } = plainStatement();
    const text = `[{"object": {"id":"http://example.org/a", "definition":{"extensions":{"http://x.example/n": 1.50e+2 }}},
      "verb":{"id":"http://adlnet.gov/expapi/verbs/scored"}, "id":"${first}",
      "actor":{"mbox":"mailto:é@example.org"}, "result":{"score":{"raw":12345678901234567890.10}} }]`;
    await node.services().intake.accept(senderOf('test'), text, '1.0.3');
    await forwards().settle();
    const sent = await textAt(far, first);
    expect(sent).toBe(await textAt({ services: node.services() }, first));
    for (const digits of ['12345678901234567890.10', '1.50e+2', '"timestamp":"2026-01-05'])
      expect(sent).toContain(digits);
    expect(await forwards().show('default', id)).toMatchObject({
      state: 'up to date',
      behind: 0,
      lastSuccessAt: '2026-01-05T00:00:00.000Z',
    });
  });

  it('sends attachments with their statements, small and larger than memory should hold', async () => {
    await forwarding();
    const contents = [Buffer.from('an essay'), randomBytes(17 * 1024 * 1024)];
    const statements = contents.map((content) => plainStatement({ attachments: [describing(content)] }));
    for (const [index, content] of contents.entries())
      await node
        .services()
        .intake.accept(senderOf('test'), JSON.stringify(statements[index]), '1.0.3', undefined, [
          {
            number: 2,
            sha2: sha(content),
            contentType: 'text/plain',
            length: content.length,
            lengthSaid: false,
            bytes: content,
          },
        ]);
    await node.keep([plainStatement()]);
    await forwards().settle();
    for (const [index, content] of contents.entries()) {
      const { attachments } = far.services.storage;
      expect(await attachments.sentWith('default', [statements[index]?.id ?? ''])).toMatchObject([
        { sha2: sha(content), contentType: 'text/plain' },
      ]);
      const chunks: Uint8Array[] = [];
      for await (const chunk of attachments.read('default', sha(content))) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(content)).toBe(true);
    }
    expect((await forwards().show('default', id)).behind).toBe(0);
  });

  it('begins now, or at the beginning; a pause is kept', async () => {
    const [old, young] = [plainStatement(), plainStatement()];
    await node.keep([old]);
    await forwarding();
    await forwards().setPaused('default', id, true);
    await node.keep([young]);
    await forwards().settle();
    expect(await there(old, young)).toEqual([false, false]);
    await forwards().setPaused('default', id, false);
    await forwards().settle();
    expect(await there(old, young)).toEqual([false, true]);
    await forwarding({ name: 'all', from: 'beginning' });
    await forwards().settle();
    expect(await there(old, young)).toEqual([true, true]);
  });

  it('sends nothing of other organisations', async () => {
    await forwarding({ from: 'beginning' });
    const [own, other] = [plainStatement(), plainStatement()];
    await node
      .services()
      .intake.accept({ ...senderOf('test'), org: 'elsewhere' }, JSON.stringify(other), '1.0.3');
    await node.keep([own]);
    await forwards().settle();
    expect(await there(own, other)).toEqual([true, false]);
  });
});

describe('a filter', () => {
  const verb = (name: string) => ({ id: `http://adlnet.gov/expapi/verbs/${name}` });
  const about = (name: string) => ({ id: `http://example.org/${name}` });

  it('lets values of a kind be alternatives and asks all kinds at once', async () => {
    await forwarding({
      filter: {
        verbs: [verb('passed').id, verb('failed').id],
        activities: [about('quiz').id, about('course').id],
      },
    });
    const sent = [
      plainStatement({ verb: verb('passed'), object: about('quiz') }),
      plainStatement({
        verb: verb('failed'),
        object: about('question'),
        context: { contextActivities: { grouping: [about('course')] } },
      }),
    ];
    const kept = [
      plainStatement({ verb: verb('experienced'), object: about('quiz') }),
      plainStatement({ verb: verb('passed'), object: about('other') }),
    ];
    await node.keep([...kept, ...sent]);
    await forwards().settle();
    expect(await there(...sent, ...kept)).toEqual([true, true, false, false]);
    expect((await forwards().show('default', id)).behind).toBe(0);
  });

  it('by cohort takes what is evidence of it, as it is defined when it is sent', async () => {
    const define = (units: readonly string[]) =>
      node.services().definitions.apply(
        'default',
        {
          id: 'class-9',
          title: 'Class 9',
          kind: 'spoc',
          startsOn: '2026-01-05',
          units: units.map((name) => about(name)),
        },
        'a test',
      );
    await define(['unit-1']);
    await forwarding({ filter: { cohorts: ['class-9'] } });
    const statements = ['unit-1', 'unit-2', 'elsewhere'].map((name) =>
      plainStatement({ object: about(name) }),
    );
    await node.keep(statements);
    await define(['unit-1', 'unit-2']);
    await forwards().settle();
    expect(await there(...statements)).toEqual([true, true, false]);
  });
});

describe('a voiding statement', () => {
  const voiding = (statement: { readonly id: string }) =>
    plainStatement({
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: statement.id },
    });

  it('goes where the statement goes that it voids, whatever the filter', async () => {
    const passed = { id: 'http://adlnet.gov/expapi/verbs/passed' };
    await forwarding({ filter: { verbs: [passed.id] } });
    const [sent, other] = [plainStatement({ verb: passed }), plainStatement()];
    const voids = [voiding(sent), voiding(other)];
    await node.keep([sent, other]);
    await node.keep(voids);
    await forwards().settle();
    expect(await there(sent, other, ...voids)).toEqual([true, false, true, false]);
    expect((await far.services.storage.statements.get('default', sent.id))?.voidedAt).not.toBeNull();
  });

  it('stays here when its writer may not void that statement: there it would take effect', async () => {
    await forwarding();
    const mine = plainStatement();
    await node.keep([mine], 'one');
    const attempt = voiding(mine);
    await node.keep([attempt], 'another');
    await forwards().settle();
    expect(await there(mine, attempt)).toEqual([true, false]);
  });

  it('that came before what it voids keeps that statement from being sent', async () => {
    await forwarding();
    const late = plainStatement();
    await node.keep([voiding(late)]);
    await node.keep([late]);
    await forwards().settle();
    expect(await there(late)).toEqual([false]);
  });
});

describe('round trips', () => {
  it('do not happen: what was pulled from an LRS is not sent back to it', async () => {
    await forwarding();
    const [pulled, own] = [plainStatement(), plainStatement()];
    const source = await node
      .services()
      .pulls.add('default', { name: 'far', url: `${far.url}/xapi/`, username: 'u', password: 'p' }, LOCAL);
    await node.keep([pulled], source.keyId);
    await node.keep([own]);
    const voiding = plainStatement({
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: pulled.id },
    });
    const admin = senderOf('admin', { voidsAny: true });
    await node.services().intake.accept(admin, JSON.stringify(voiding), '1.0.3');
    await node.services().pulls.remove('default', source.id);
    await forwards().settle();
    expect(await there(pulled, own, voiding)).toEqual([false, true, false]);
  });
});
