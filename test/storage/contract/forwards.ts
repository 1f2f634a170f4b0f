import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NewDeadLetter, NewForwardTarget, NewPullSource } from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject, twentyTimes } from './subject.ts';

const AT = Date.UTC(2026, 0, 5);

function newTarget(given: Partial<NewForwardTarget> = {}): NewForwardTarget {
  return {
    id: randomUUID(),
    org: newOrg(),
    name: 'Entrepôt',
    url: 'https://lrs.example/xapi',
    version: '1.0.3',
    username: 'user',
    sealedSecret: 'sealed',
    filter: { cohorts: ['c'], verbs: ['https://v.example/did'], activities: [] },
    position: 5,
    createdAt: AT,
    ...given,
  };
}

function newSource(given: Partial<NewPullSource> = {}): NewPullSource {
  const { filter: _filter, position: _position, ...account } = newTarget();
  const id = given.id ?? account.id;
  return {
    ...account,
    id,
    keyId: `pull:${id}`,
    trusted: true,
    attachments: false,
    every: 60_000,
    cursor: null,
    ...given,
  };
}

const letter = (seq: number, given: Partial<NewDeadLetter> = {}): NewDeadLetter => ({
  statementId: randomUUID(),
  seq,
  reason: '400: no',
  status: 400,
  at: AT,
  ...given,
});

/** Targets of forwarding: cursors that only the holder of the lease moves, and dead letters. */
export function describeForwards(storage: Subject): void {
  const inserted = async (given: Partial<NewForwardTarget> = {}) => {
    const target = newTarget(given);
    await storage().forwards.insert(target);
    const epoch = await storage().forwards.lease(target.id, 'me', AT, AT + 10);
    return { target, epoch: epoch ?? -1 };
  };
  const step = (id: string, epoch: number, from: number, to: number) => ({
    id,
    epoch,
    from,
    to,
    sentAt: null,
    dead: [],
  });

  describe('targets of forwarding', () => {
    it('are found as they were inserted, by their organisation only, and listed oldest first', async () => {
      const org = newOrg();
      const [young, old] = [newTarget({ org, createdAt: AT + 5 }), newTarget({ org })];
      for (const target of [young, old, newTarget()]) await storage().forwards.insert(target);
      const fresh = {
        attempts: 0,
        nextAttemptAt: null,
        lastError: null,
        lastSuccessAt: null,
        paused: false,
        removedAt: null,
      };
      expect(await storage().forwards.find(org, old.id)).toEqual({ ...old, ...fresh });
      expect(await storage().forwards.find(newOrg(), old.id)).toBeNull();
      expect((await storage().forwards.list(org)).map(({ id }) => id)).toEqual([old.id, young.id]);
      const all = (await storage().forwards.list(null)).map(({ id }) => id);
      expect(all).toEqual(expect.arrayContaining([old.id, young.id]));
    });

    it('advance from where they are, once, however many try', async () => {
      const { target, epoch } = await inserted();
      const tries = await twentyTimes(() => storage().forwards.advance(step(target.id, epoch, 5, 9)));
      expect(tries.filter((done) => done)).toHaveLength(1);
      expect(await storage().forwards.advance(step(target.id, epoch, 5, 12))).toBe(false);
      const sent = { ...step(target.id, epoch, 9, 10), sentAt: AT + 3 };
      expect(await storage().forwards.advance(sent)).toBe(true);
      expect(await storage().forwards.advance(step(target.id, epoch, 10, 11))).toBe(true);
      expect(await storage().forwards.find(target.org, target.id)).toMatchObject({
        position: 11,
        lastSuccessAt: AT + 3,
      });
    });

    it('keep the dead letters of a step that was made, and none of one that was not', async () => {
      const { target, epoch } = await inserted();
      const [kept, lost] = [letter(6), letter(6)];
      const { advance, deadLetters } = storage().forwards;
      await advance({ ...step(target.id, epoch, 4, 6), dead: [lost] });
      await advance({ ...step(target.id, epoch, 5, 6), dead: [kept] });
      expect(await deadLetters(target.org, target.id, 0, 10)).toEqual([
        { ...kept, org: target.org, target: target.id, resolvedAt: null },
      ]);
    });

    it('note failures, which a step or a resumption forgets', async () => {
      const { target, epoch } = await inserted();
      const failure = { attempts: 2, nextAttemptAt: AT + 5, lastError: '503' };
      expect(await storage().forwards.postpone(target.id, epoch, failure)).toBe(true);
      expect(await storage().forwards.find(target.org, target.id)).toMatchObject(failure);
      await storage().forwards.setPaused(target.org, target.id, true);
      expect(await storage().forwards.find(target.org, target.id)).toMatchObject({ paused: true });
      await storage().forwards.setPaused(target.org, target.id, false);
      const resumed = { paused: false, attempts: 0, nextAttemptAt: null };
      expect(await storage().forwards.find(target.org, target.id)).toMatchObject(resumed);
      await storage().forwards.postpone(target.id, epoch, failure);
      await storage().forwards.advance(step(target.id, epoch, 5, 6));
      const gone = { attempts: 0, nextAttemptAt: null, lastError: null };
      expect(await storage().forwards.find(target.org, target.id)).toMatchObject(gone);
    });

    it('once removed are not there any more, and do not move', async () => {
      const { target, epoch } = await inserted();
      const { forwards } = storage();
      expect(await forwards.remove(newOrg(), target.id, AT)).toBe(false);
      expect(await forwards.setPaused(newOrg(), target.id, true)).toBe(false);
      expect(await forwards.remove(target.org, target.id, AT)).toBe(true);
      expect(await forwards.remove(target.org, target.id, AT)).toBe(false);
      expect(await forwards.find(target.org, target.id)).toBeNull();
      expect(await forwards.list(target.org)).toEqual([]);
      expect(await forwards.advance(step(target.id, epoch, 5, 6))).toBe(false);
    });

    it('have dead letters that are paged in their order, refused anew, and resolved once', async () => {
      const { target, epoch } = await inserted();
      const { forwards } = storage();
      const letters = [letter(9), letter(7), letter(8)];
      await forwards.advance({ ...step(target.id, epoch, 5, 9), dead: letters });
      const seqs = async (after: number, limit: number) =>
        (await forwards.deadLetters(target.org, target.id, after, limit)).map(({ seq }) => seq);
      expect(await seqs(0, 2)).toEqual([7, 8]);
      expect(await seqs(8, 2)).toEqual([9]);
      expect(await forwards.deadLetters(newOrg(), target.id, 0, 10)).toEqual([]);
      const again = { ...letter(7), statementId: letters[1]?.statementId ?? '', reason: '422: still no' };
      await forwards.renewDeadLetter(target.org, target.id, again);
      expect((await forwards.deadLetters(target.org, target.id, 0, 1))[0]).toMatchObject(again);
      const resolve = () =>
        forwards.resolveDeadLetter(target.org, target.id, letters[0]?.statementId ?? '', AT);
      expect([await resolve(), await resolve()]).toEqual([true, false]);
      expect(await seqs(0, 10)).toEqual([7, 8]);
    });
  });

  describe('a lease', () => {
    it('is given to one of many, renewed by who holds it, and to others when it has ended', async () => {
      const target = newTarget();
      await storage().forwards.insert(target);
      const { lease, release } = storage().forwards;
      const tries = await twentyTimes((turn) => lease(target.id, `p${turn}`, AT, AT + 10));
      const given = tries.filter((epoch) => epoch !== null);
      expect(given).toHaveLength(1);
      const holder = `p${tries.findIndex((epoch) => epoch !== null)}`;
      expect(await lease(target.id, holder, AT + 5, AT + 15)).toBe(given[0]);
      expect(await lease(target.id, 'other', AT + 14, AT + 20)).toBeNull();
      const taken = await lease(target.id, 'other', AT + 15, AT + 25);
      expect(taken).toBeGreaterThan(given[0] ?? 0);
      await release(target.id, holder);
      expect(await lease(target.id, holder, AT + 16, AT + 26)).toBeNull();
      await release(target.id, 'other');
      expect(await lease(target.id, holder, AT + 16, AT + 26)).toBeGreaterThan(taken ?? 0);
      expect(await lease('unknown', holder, AT, AT + 1)).toBeNull();
    });

    it('that was lost lets nothing be written any more', async () => {
      const { target, epoch } = await inserted();
      const { forwards } = storage();
      await forwards.lease(target.id, 'other', AT + 10, AT + 20);
      const failure = { attempts: 1, nextAttemptAt: AT, lastError: 'late' };
      expect(await forwards.advance(step(target.id, epoch, 5, 6))).toBe(false);
      expect(await forwards.postpone(target.id, epoch, failure)).toBe(false);
      expect(await forwards.find(target.org, target.id)).toMatchObject({ position: 5, lastError: null });
    });
  });
}

/** Sources of pulling, and how far each was read. */
export function describePulls(storage: Subject): void {
  const begun = { reached: null, more: null, lookFrom: null, taken: 0, refused: 0 };
  const progress = {
    cursor: '2026-01-05T10:00:00.1234567Z',
    reached: null,
    more: '/x',
    lookFrom: null,
    taken: 3,
    refused: 1,
  };

  describe('sources of pulling', () => {
    it('are found as they were inserted, by their organisation only, and listed oldest first', async () => {
      const org = newOrg();
      const young = newSource({ org, createdAt: AT + 5 });
      const old = newSource({ org, cursor: '2026-01-01T00:00:00Z' });
      for (const source of [young, old, newSource()]) await storage().pulls.insert(source);
      expect(await storage().pulls.find(org, old.id)).toEqual({
        ...old,
        ...begun,
        lookFrom: old.cursor,
        attempts: 0,
        nextAttemptAt: null,
        lastError: null,
        lastSuccessAt: null,
        paused: false,
        removedAt: null,
      });
      expect(await storage().pulls.find(newOrg(), old.id)).toBeNull();
      expect((await storage().pulls.list(org)).map(({ id }) => id)).toEqual([old.id, young.id]);
    });

    it('keep how far they were read, and how a look ended, for who holds the lease', async () => {
      const source = newSource();
      const { pulls } = storage();
      await pulls.insert(source);
      const epoch = (await pulls.lease(source.id, 'me', AT, AT + 10)) ?? -1;
      expect(await pulls.progress(source.id, epoch, progress)).toBe(true);
      const failed = { attempts: 1, nextAttemptAt: AT + 7, lastError: '503', succeededAt: null };
      const ended = { attempts: 0, nextAttemptAt: AT + 9, lastError: null, succeededAt: AT + 1 };
      expect(await pulls.end(source.id, epoch, ended)).toBe(true);
      expect(await pulls.end(source.id, epoch, failed)).toBe(true);
      const expected = {
        ...progress,
        attempts: 1,
        nextAttemptAt: AT + 7,
        lastError: '503',
        lastSuccessAt: AT + 1,
      };
      expect(await pulls.find(source.org, source.id)).toMatchObject(expected);
      await pulls.lease(source.id, 'other', AT + 10, AT + 20);
      expect(await pulls.progress(source.id, epoch, { ...progress, taken: 99 })).toBe(false);
      expect(await pulls.end(source.id, epoch, ended)).toBe(false);
      expect(await pulls.find(source.org, source.id)).toMatchObject(expected);
    });

    it('are paused, resumed and removed by their organisation; the keys of an endpoint stay known', async () => {
      const source = newSource();
      const { pulls } = storage();
      await pulls.insert(source);
      expect(await pulls.setPaused(newOrg(), source.id, true)).toBe(false);
      expect(await pulls.setPaused(source.org, source.id, true)).toBe(true);
      expect(await pulls.find(source.org, source.id)).toMatchObject({ paused: true });
      expect(await pulls.remove(source.org, source.id, AT)).toBe(true);
      expect(await pulls.remove(source.org, source.id, AT)).toBe(false);
      expect(await pulls.find(source.org, source.id)).toBeNull();
      expect(await pulls.list(source.org)).toEqual([]);
      expect(await pulls.keysOf(source.org, source.url)).toEqual([source.keyId]);
      expect(await pulls.keysOf(source.org, 'https://other.example')).toEqual([]);
      expect(await pulls.keysOf(newOrg(), source.url)).toEqual([]);
    });
  });
}
