import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { complete } from './statement/samples.ts';
import { idsOf, kept, query, statement } from './statements.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const send = async (...sent: readonly unknown[]) => {
  const answer = await assidu.request('POST', '/xapi/statements', sent);
  expect(answer.status).toBe(200);
};
const through = ({ headers }: Answer) => Date.parse(headers.get('X-Experience-API-Consistent-Through') ?? '');
const someone = () => ({ mbox: `mailto:${randomUUID()}@example.org` });
const agent = (of: object) => JSON.stringify(of);

describe('GET one statement', () => {
  it('answers 404 for an id it does not have', async () => {
    expect((await query(assidu, { statementId: randomUUID() })).status).toBe(404);
  });

  it('tells when the statement was stored', async () => {
    const sent = statement();
    await send(sent);
    const { json, headers } = await query(assidu, { statementId: sent.id });
    const stored = Math.floor(Date.parse(json.stored) / 1000);
    expect(Date.parse(headers.get('Last-Modified') ?? '') / 1000).toBe(stored);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('takes no filters beside an id, and not two ids', async () => {
    const id = randomUUID();
    for (const parameters of [
      { statementId: id, verb: 'https://example.org/v' },
      { statementId: id, limit: '1' },
      { voidedStatementId: id, agent: agent(someone()) },
      { statementId: id, voidedStatementId: id },
    ])
      expect((await query(assidu, parameters)).status).toBe(400);
  });

  it('takes format and attachments beside an id', async () => {
    const sent = statement();
    await send(sent);
    expect((await query(assidu, { statementId: sent.id, format: 'ids', attachments: 'false' })).status).toBe(
      200,
    );
  });
});

describe('voiding', () => {
  const voiding = (id: string) =>
    statement({
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id },
    });

  it('hides the statement everywhere but under voidedStatementId, and shows the voiding one', async () => {
    const actor = someone();
    const [kept, wrong] = [statement({ actor }), statement({ actor })];
    await send(kept, wrong);
    const voids = voiding(wrong.id);
    await send(voids);
    expect((await query(assidu, { statementId: wrong.id })).status).toBe(404);
    expect((await query(assidu, { voidedStatementId: wrong.id })).json.id).toBe(wrong.id);
    expect((await query(assidu, { voidedStatementId: kept.id })).status).toBe(404);
    expect((await query(assidu, { statementId: voids.id })).status).toBe(200);
    expect(idsOf(await query(assidu, { agent: agent(actor) }))).toContain(kept.id);
    expect(idsOf(await query(assidu, { agent: agent(actor) }))).not.toContain(wrong.id);
  });

  it('works when it comes before its target, and a voiding statement cannot be voided', async () => {
    const target = statement();
    const voids = voiding(target.id);
    await send(voids);
    await send(target);
    expect((await query(assidu, { voidedStatementId: target.id })).status).toBe(200);
    await send(voiding(voids.id));
    expect(await kept(assidu, voids, target)).toEqual([true, false]);
  });

  it('is heard from who wrote the statement or may do all, and from nobody else', async () => {
    const [own, other] = [
      await assidu.newKey(['statements/write']),
      await assidu.newKey(['statements/write']),
    ];
    const target = statement();
    const post = (body: object, authorization: string) =>
      assidu.request('POST', '/xapi/statements', body, { authorization });
    await post(target, own);
    const company = statement();
    const refused = await post([company, voiding(target.id.toUpperCase())], other);
    expect([refused.status, refused.json.errors[0].path]).toEqual([403, '[1].object.id']);
    expect(await kept(assidu, target, company)).toEqual([true, false]);
    expect((await post(voiding(target.id), own)).status).toBe(200);
    expect(await kept(assidu, target)).toEqual([false]);
  });

  it('may come first from whoever has a key, and then counts when the same key wrote what it voids', async () => {
    const keys = [await assidu.newKey(['statements/write']), await assidu.newKey(['statements/write'])];
    const targets = [statement(), statement()];
    for (const [index, authorization] of keys.entries()) {
      const early = voiding(targets[index]?.id ?? '');
      const answer = await assidu.request('POST', '/xapi/statements', early, { authorization });
      expect(answer.status).toBe(200);
    }
    const [authorization = ''] = keys;
    await assidu.request('POST', '/xapi/statements', targets, { authorization });
    expect(await kept(assidu, ...targets)).toEqual([false, true]);
  });
});

describe('filters of GET statements', () => {
  it('agent: matches actor, object and members of groups, however the agent is written', async () => {
    const account = { homePage: 'https://lms.example.org', name: randomUUID() };
    const person = { objectType: 'Agent', account };
    const asActor = statement({ actor: { name: 'Someone', account } });
    const asObject = statement({ object: person });
    const asMember = statement({ actor: { objectType: 'Group', name: 'Pair', member: [person, someone()] } });
    const identified = statement({ actor: { objectType: 'Group', ...someone(), member: [person] } });
    const related = statement({ context: { instructor: person } });
    const other = statement({ actor: { account: { ...account, homePage: 'https://other.example.org' } } });
    await send(asActor, asObject, asMember, identified, related, other);
    const direct = [identified.id, asMember.id, asObject.id, asActor.id];
    for (const written of [person, { account }, { account, name: 'Other' }])
      expect(idsOf(await query(assidu, { agent: agent(written) }))).toEqual(direct);
    expect(idsOf(await query(assidu, { agent: agent(person), related_agents: 'true' }))).toEqual([
      related.id,
      ...direct,
    ]);
  });

  it('agent: matches an identified group, and related ones in substatements and authorities', async () => {
    const group = { objectType: 'Group', ...someone() };
    const team = statement({ context: { team: group } });
    const { id: _, ...inner } = statement({ actor: group });
    const nested = statement({ object: { objectType: 'SubStatement', ...inner } });
    const asActor = statement({ actor: group });
    await send(team, nested, asActor);
    expect(idsOf(await query(assidu, { agent: agent(group) }))).toEqual([asActor.id]);
    const found = await query(assidu, { agent: agent(group), related_agents: 'true' });
    expect(idsOf(found)).toEqual([asActor.id, nested.id, team.id]);
    const { authority } = found.json.statements[0];
    const ofAuthority = await query(assidu, { agent: agent(authority), related_agents: 'true', limit: '1' });
    expect(idsOf(ofAuthority)).toEqual([asActor.id]);
  });

  it('verb, activity, related_activities and registration narrow what is found, together', async () => {
    const id = `https://example.org/course/${randomUUID()}`;
    const registration = randomUUID();
    const verb = { id: 'http://adlnet.gov/expapi/verbs/answered' };
    const direct = statement({ object: { id } });
    const within = statement({ verb, context: { registration, contextActivities: { grouping: [{ id }] } } });
    const { id: _, ...inner } = statement({ object: { id } });
    const nested = statement({ object: { objectType: 'SubStatement', ...inner } });
    await send(direct, within, nested);
    const found = async (parameters: Record<string, string>) => idsOf(await query(assidu, parameters));
    expect(await found({ activity: id })).toEqual([direct.id]);
    expect(await found({ activity: id, related_activities: 'true' })).toEqual([
      nested.id,
      within.id,
      direct.id,
    ]);
    expect(await found({ activity: id, related_activities: 'true', verb: verb.id })).toEqual([within.id]);
    expect(await found({ registration: registration.toUpperCase() })).toEqual([within.id]);
    expect(await found({ registration, verb: 'https://example.org/other' })).toEqual([]);
    expect(await found({ activity: 'https://example.org/unheard-of' })).toEqual([]);
  });

  it('since is stored later, until is stored by then', async () => {
    const actor = someone();
    const [first, second] = [statement({ actor }), statement({ actor })];
    await send(first);
    await send(second);
    const { stored } = (await query(assidu, { statementId: first.id })).json;
    const found = async (when: Record<string, string>) =>
      idsOf(await query(assidu, { agent: agent(actor), ...when }));
    expect(await found({ since: stored })).toEqual([second.id]);
    expect(await found({ until: stored })).toEqual([first.id]);
  });

  it.each([
    ['agent', 'someone'],
    ['agent', '{"name":"Someone"}'],
    ['agent', '{"mbox":"someone@example.org"}'],
    ['verb', 'completed'],
    ['activity', 'course 1'],
    ['registration', '7'],
    ['since', 'yesterday'],
    ['until', '2026-02-30T00:00:00Z'],
    ['limit', '-1'],
    ['limit', 'all'],
    ['ascending', '1'],
    ['format', 'short'],
    ['cursor', 'MTIz'],
    ['related_agents', 'TRUE'],
    ['verbs', 'https://example.org/v'],
    ['Agent', '{"mbox":"mailto:learner@example.org"}'],
  ])('refuses %s=%s and says that it is the one at fault', async (name, value) => {
    const { status, json } = await query(assidu, { [name]: value });
    expect([status, json.errors[0].path.split('.')[0]]).toEqual([400, name]);
  });
});

describe('pages of GET statements', () => {
  const follow = async (first: Answer, between: () => Promise<unknown>): Promise<string[][]> => {
    const pages = [idsOf(first)];
    for (let { more } = first.json; more !== ''; ) {
      expect(more).toMatch(/^\/xapi\/statements\?/);
      await between();
      const next = await assidu.request('GET', more);
      expect(next.status).toBe(200);
      pages.push(idsOf(next));
      more = next.json.more;
    }
    return pages;
  };

  it('together hold each statement once, in order, whatever the limit and whatever is stored meanwhile', async () => {
    const actor = someone();
    const all = Array.from({ length: 12 }, () => statement({ actor }));
    await send(...all);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 13 }), fc.boolean(), async (limit, ascending) => {
        const before = idsOf(await query(assidu, { agent: agent(actor), ascending: 'true' }));
        const first = await query(assidu, {
          agent: agent(actor),
          limit: String(limit),
          ascending: String(ascending),
        });
        let added = 0;
        const pages = await follow(first, async () => {
          if (added < 2) await send(statement({ actor }));
          added += 1;
        });
        expect(pages.every((page) => page.length <= limit)).toBe(true);
        const found = pages.flat();
        expect(new Set(found).size).toBe(found.length);
        expect(found.filter((id) => before.includes(id))).toEqual(ascending ? before : before.toReversed());
      }),
      { numRuns: 10 },
    );
  });

  it('keep all filters and the format', async () => {
    const actor = someone();
    await send(...Array.from({ length: 3 }, () => statement({ actor: { name: 'Someone', ...actor } })));
    const first = await query(assidu, { agent: agent(actor), limit: '2', format: 'ids' });
    const second = await assidu.request('GET', first.json.more);
    expect(second.json.statements).toHaveLength(1);
    expect(second.json.statements[0].actor).toEqual(actor);
    expect(second.json.more).toBe('');
  });
});

describe('X-Experience-API-Consistent-Through', () => {
  it('goes on when nothing is stored, so that nobody waits for ever', async () => {
    const before = Date.now();
    expect(through(await query(assidu, { limit: '1' }))).toBeGreaterThanOrEqual(before - 1);
    expect(through(await query(assidu, { statementId: randomUUID() }))).toBeGreaterThanOrEqual(before - 1);
    expect(through(await query(assidu, { limit: 'none' }))).toBeGreaterThanOrEqual(before - 1);
  });

  it('is never passed by a statement that was stored by then and is seen only later', async () => {
    const actor = someone();
    let writing = true;
    const writers = Array.from({ length: 3 }, async () => {
      while (writing) await send(statement({ actor }));
    });
    const seen: { readonly upTo: number; readonly ids: readonly string[] }[] = [];
    for (let turn = 0; turn < 15; turn += 1) {
      const answer = await query(assidu, { agent: agent(actor), limit: '500' });
      seen.push({ upTo: through(answer), ids: idsOf(answer) });
    }
    writing = false;
    await Promise.all(writers);
    const all = (await query(assidu, { agent: agent(actor), limit: '500' })).json.statements;
    expect(all.length).toBeGreaterThan(seen[0]?.ids.length ?? 0);
    for (const { upTo, ids } of seen) {
      const due = all.filter(({ stored }: { stored: string }) => Date.parse(stored) <= upTo);
      expect(due.filter(({ id }: { id: string }) => !ids.includes(id))).toEqual([]);
    }
  });
});

describe('formats of GET statements', () => {
  it('ids: what identifies, and no more', async () => {
    const actor = { objectType: 'Agent', name: 'Someone', ...someone() };
    const sent = { ...complete(), id: randomUUID(), actor };
    await send(sent);
    const { json } = await query(assidu, { statementId: sent.id, format: 'ids' });
    expect(json.actor).toEqual({ objectType: 'Agent', mbox: actor.mbox });
    expect(json.object).toEqual({ id: 'https://lms.example.org/question/7' });
    expect(json.verb).toEqual({ id: 'http://adlnet.gov/expapi/verbs/answered' });
  });

  it('canonical: one language, the one asked for', async () => {
    const id = randomUUID();
    await send({ ...complete(), id });
    const display = async (language: string) =>
      (await query(assidu, { statementId: id, format: 'canonical' }, { 'Accept-Language': language })).json
        .verb.display;
    expect(await display('fr, en;q=0.5')).toEqual({ fr: 'a répondu' });
    expect(await display('en')).toEqual({ 'en-US': 'answered' });
  });
});

describe('HEAD statements', () => {
  it('answers what GET answers, without the body', async () => {
    const sent = statement();
    await send(sent);
    for (const path of [`/xapi/statements?statementId=${sent.id}`, '/xapi/statements?limit=1']) {
      const [get, head] = [await assidu.request('GET', path), await assidu.request('HEAD', path)];
      expect([head.status, head.text]).toEqual([200, '']);
      for (const name of ['content-type', 'content-length', 'last-modified', 'x-experience-api-version'])
        expect(head.headers.get(name), name).toBe(get.headers.get(name));
      expect(through(head)).toBeGreaterThanOrEqual(through(get));
    }
    expect((await assidu.request('HEAD', `/xapi/statements?statementId=${randomUUID()}`)).status).toBe(404);
  });
});
