import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Node, openNode, plainStatement } from '../../support/open-node.ts';
import { type Deed, type ScriptedLrs, startScriptedLrs } from '../../support/scripted-lrs.ts';

let lrs: ScriptedLrs;
let node: Node;
beforeAll(async () => {
  lrs = await startScriptedLrs();
  node = openNode();
  lrs.onHang = () => node.losePatience();
});
afterAll(async () => {
  await node.close();
  await lrs.close();
});

const LOCAL = { allowHttp: false, allowLocal: true } as const;

/** A new target at the scripted LRS, which forgets everything else; answers its id. */
async function target(given: Readonly<Record<string, unknown>> = {}): Promise<string> {
  lrs.script.length = 0;
  lrs.kept.length = 0;
  lrs.requests.length = 0;
  lrs.invalid.clear();
  lrs.refusesKnown = false;
  const { forwards } = node.services();
  if (given.url === undefined)
    for (const { id } of await forwards.list('default')) await forwards.remove('default', id);
  const input = { name: 'far', url: lrs.url, username: 'u', password: 'p', ...given };
  return (await forwards.add('default', input, LOCAL)).id;
}

/** Lets the clock run from one attempt to the next until nothing is behind. */
async function finish(org: string, id: string): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    await node.services().forwards.settle();
    const { behind, waitingUntil } = await node.services().forwards.show(org, id);
    if (behind === 0) return;
    if (waitingUntil !== null) node.turnBy(Math.max(0, Date.parse(waitingUntil) - node.now()));
  }
  throw new Error('still behind');
}

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Deed>('take') },
  fc.constantFrom<Deed>('close', 'keep and close', 'keep and fail'),
  fc
    .constantFrom(500, 502, 503, 429, 401, 403, 404, 408, 302)
    .map((status): Deed => ({ status, body: 'no' })),
  fc
    .constantFrom('1', '120', 'Mon, 05 Jan 2026 00:01:00 GMT')
    .map((after): Deed => ({ status: 429, headers: { 'retry-after': after } })),
  { weight: 1, arbitrary: fc.constant<Deed>('hang') },
);

describe('forwarding, whatever a target does', () => {
  it('brings it every statement exactly once and in order, but for those it finds invalid', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(deeds, { maxLength: 30 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 120 }),
        fc.nat({ max: 12 }),
        fc.boolean(),
        async (script, valid, restartAfter, refusesKnown) => {
          const id = await target();
          lrs.script.push(...script);
          lrs.refusesKnown = refusesKnown;
          const statements = valid.map(() => plainStatement());
          for (const [index, each] of statements.entries()) if (!valid[index]) lrs.invalid.add(each.id);
          await node.keep(statements);
          for (let turn = 0; turn < restartAfter; turn += 1) {
            await node.services().forwards.settle();
            node.turnBy(20_000);
          }
          await node.restart();
          await finish('default', id);

          const wanted = statements.filter((_, index) => valid[index]).map((each) => each.id);
          expect(lrs.kept.map((each) => each.id)).toEqual(wanted);
          const dead = await node.services().forwards.deadLetters('default', id, 0, 1_000);
          expect(dead.map(({ statementId }) => statementId)).toEqual(
            statements.filter((_, index) => !valid[index]).map((each) => each.id),
          );
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('shared by two processes, is asked for every statement once', async () => {
    const id = await target();
    const statements = Array.from({ length: 180 }, () => plainStatement());
    await node.keep(statements);
    const second = openNode({ folder: node.folder, start: node.now() });
    await Promise.all([
      node.services().forwards.settle(),
      second.services().forwards.settle(),
      node.services().forwards.settle(),
    ]);
    await second.services().close();
    await finish('default', id);
    expect(lrs.kept.map((each) => each.id)).toEqual(statements.map((each) => each.id));
    expect(lrs.requests).toHaveLength(4);
  });

  it('that died in the middle of it, is taken over by another process when its lease ends', async () => {
    const id = await target();
    await node.keep([plainStatement()]);
    const { forwards } = node.services().storage;
    const epoch = (await forwards.lease(id, 'dead', node.now(), node.now() + 15_000)) ?? 0;
    await node.services().forwards.settle();
    expect(lrs.kept).toHaveLength(0);
    node.turnBy(15_000);
    await finish('default', id);
    expect(lrs.kept).toHaveLength(1);
    const { position } = await node.services().forwards.show('default', id);
    const late = { id, epoch, from: position, to: position + 1, sentAt: 0, dead: [] };
    expect(await forwards.advance(late)).toBe(false);
  });
});

describe('a target that does not take anything now', () => {
  it('is tried again after 5 s, 10 s, 20 s… up to a quarter of an hour, and says why', async () => {
    const id = await target();
    await node.keep([plainStatement()]);
    lrs.script.push(...Array.from({ length: 12 }, (): Deed => ({ status: 401, body: 'who are you?' })));
    const waits: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      await node.services().forwards.settle();
      const { waitingUntil, lastError, attempts, state } = await node.services().forwards.show('default', id);
      expect([lastError, attempts, state]).toEqual(['401: who are you?', turn + 1, 'waiting']);
      const wait = Date.parse(waitingUntil ?? '') - node.now();
      waits.push(wait);
      node.turnBy(wait - 1);
      await node.services().forwards.settle();
      expect(lrs.requests).toHaveLength(turn + 1);
      node.turnBy(1);
    }
    for (const [index, wait] of waits.entries()) {
      const least = Math.min(5_000 * 2 ** index, 900_000);
      expect(wait).toBeGreaterThanOrEqual(least);
      expect(wait).toBeLessThanOrEqual(Math.min(least * 1.25, 900_000));
    }
    await finish('default', id);
    expect(lrs.kept).toHaveLength(1);
    expect(await node.services().forwards.show('default', id)).toMatchObject({
      attempts: 0,
      lastError: null,
    });
  });

  it('is left alone for as long as its Retry-After says', async () => {
    const id = await target();
    await node.keep([plainStatement()]);
    lrs.script.push({ status: 429, headers: { 'retry-after': '3600' } });
    await node.services().forwards.settle();
    const { waitingUntil } = await node.services().forwards.show('default', id);
    expect(Date.parse(waitingUntil ?? '') - node.now()).toBe(3_600_000);
  });

  it('is tried at once when it is resumed, and holds up no other target', async () => {
    const id = await target();
    const other = await startScriptedLrs();
    await target({ url: other.url });
    await node.keep([plainStatement()]);
    lrs.script.push({ status: 503 });
    await node.services().forwards.settle();
    expect([lrs.kept.length, other.kept.length]).toEqual([0, 1]);
    await other.close();
    await node.services().forwards.setPaused('default', id, false);
    await node.services().forwards.settle();
    expect(lrs.kept).toHaveLength(1);
  });

  it('redirects are not followed: credentials go where they were meant to go', async () => {
    const id = await target();
    await node.keep([plainStatement()]);
    lrs.script.push({ status: 307, headers: { location: `${lrs.url}/elsewhere` } });
    await node.services().forwards.settle();
    expect(lrs.requests).toHaveLength(1);
    expect((await node.services().forwards.show('default', id)).lastError).toContain('which is not followed');
  });

  it('waits, too, when the password was kept under another ASSIDU_SECRET', async () => {
    const id = await target();
    await node.keep([plainStatement()]);
    const second = openNode({
      folder: node.folder,
      start: node.now(),
      secret: 'another secret of enough characters',
    });
    await second.services().forwards.settle();
    expect((await second.services().forwards.show('default', id)).lastError).toContain('ASSIDU_SECRET');
    await second.services().close();
    expect(lrs.requests).toHaveLength(0);
  });
});

describe('what a target refuses for what it is', () => {
  it('is a dead letter with the reason; it can be sent again when the target has changed its mind', async () => {
    const id = await target();
    const statements = [plainStatement(), plainStatement(), plainStatement()];
    const bad = statements[1]?.id ?? '';
    lrs.invalid.add(bad);
    await node.keep(statements);
    await finish('default', id);
    const { forwards } = node.services();
    expect(await forwards.deadLetters('default', id, 0, 10)).toMatchObject([
      { statementId: bad, status: 400, reason: `400: statement ${bad} is not valid` },
    ]);
    expect((await forwards.show('default', id)).deadLetters).toBe(1);
    expect(await forwards.replay('default', id, { after: 0 })).toMatchObject({ taken: 0, refused: 1 });
    lrs.script.push({ status: 503 });
    expect(await forwards.replay('default', id, { statementId: bad })).toMatchObject({ stopped: '503' });
    lrs.invalid.clear();
    expect(await forwards.replay('default', id, { after: 0 })).toEqual({
      taken: 1,
      refused: 0,
      stopped: null,
      next: null,
    });
    expect(await forwards.deadLetters('default', id, 0, 10)).toEqual([]);
    expect(new Set(lrs.kept.map((each) => each.id))).toEqual(new Set(statements.map((each) => each.id)));
    await expect(forwards.replay('default', id, { statementId: bad })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('can be given up', async () => {
    const id = await target();
    const statements = [plainStatement(), plainStatement(), plainStatement()];
    for (const each of statements) lrs.invalid.add(each.id);
    await node.keep(statements);
    await finish('default', id);
    const { forwards } = node.services();
    expect(await forwards.discard('default', id, statements[0]?.id ?? '')).toBe(1);
    expect(await forwards.discard('default', id, null)).toBe(2);
    expect(await forwards.deadLetters('default', id, 0, 10)).toEqual([]);
  });

  it('too large together, goes in smaller requests', async () => {
    const id = await target();
    const statements = Array.from({ length: 5 }, () => plainStatement());
    await node.keep(statements);
    lrs.script.push({ status: 413 }, { status: 413 });
    await finish('default', id);
    expect(lrs.kept.map((each) => each.id)).toEqual(statements.map((each) => each.id));
    expect(await node.services().forwards.deadLetters('default', id, 0, 10)).toEqual([]);
  });
});
