import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyWriter,
  asking,
  idsOf,
  newOrg,
  type Opened,
  statement,
  statements,
  stored,
  twentyTimes,
} from './subject.ts';

const AT = Date.UTC(2026, 0, 5);

/** Opening, closing and opening again. */
export function describeLifetime(open: () => Promise<Opened>): void {
  describe('a storage', () => {
    it('is empty at first, and answers', async () => {
      const { storage, destroy } = await open();
      try {
        expect(await storage.ready()).toBe(true);
        expect(await storage.statements.head()).toEqual({ seq: 0, stored: 0 });
        expect(await storage.statements.feed(0, 10)).toEqual([]);
        expect(await storage.cohorts.currentVersions(null)).toEqual([]);
        expect(await storage.registrations.list(null)).toEqual([]);
        expect(await storage.facts.positions()).toEqual([]);
        expect(await storage.toolKeys.list()).toEqual([]);
      } finally {
        await destroy();
      }
    });

    it('finds everything again after it was opened anew', async () => {
      const { storage, reopen, destroy } = await open();
      try {
        const org = newOrg();
        const batch = statements(3);
        const { lastSeq, stored: at } = await stored(storage, org, batch);
        const kept = await allOf(storage, org, asking());
        const version = await storage.cohorts.addVersion({
          org,
          cohortId: 'spoc',
          definition: '{}',
          removed: false,
          recordedAt: AT,
          recordedBy: 'a test',
        });
        const learner = await storage.cohorts.learnerOf(org, 'an actor', {
          learnerId: 'l',
          name: null,
          at: AT,
        });
        const position = { org, cohortId: 'spoc', version: 1, seq: lastSeq };
        await storage.facts.advance([], [{ ...position, from: 0 }]);
        await storage.toolKeys.insert({ kid: 'k', publicJwk: '{}', sealedPrivateJwk: 's', createdAt: AT });

        const again = await reopen();
        expect(await again.statements.head()).toEqual({ seq: lastSeq, stored: at });
        expect(await allOf(again, org, asking())).toEqual(kept);
        expect(await again.cohorts.currentVersions(null)).toEqual([version]);
        expect(await again.cohorts.findLearner(org, 'an actor')).toEqual(learner);
        expect(await again.facts.positions()).toEqual([position]);
        expect((await again.toolKeys.list()).map(({ kid }) => kid)).toEqual(['k']);
        const next = await stored(again, org, [statement()]);
        expect(next.lastSeq).toBeGreaterThan(lastSeq);
        expect(next.stored).toBeGreaterThan(at);
        expect(await again.statements.append(org, anyWriter, batch)).toMatchObject({ kind: 'known' });
        expect(await allOf(again, org, asking())).toHaveLength(4);
      } finally {
        await destroy();
      }
    });

    it('answers what it accepted before it closes, and nothing afterwards', async () => {
      const { storage, reopen, destroy } = await open();
      try {
        const org = newOrg();
        const batches = Array.from({ length: 20 }, () => statements(2));
        const writing = twentyTimes((turn) => storage.statements.append(org, anyWriter, batches[turn] ?? []));
        const reading = storage.statements.head();
        const again = await reopen();
        expect((await writing).map(({ kind }) => kind)).toEqual(Array(20).fill('stored'));
        await expect(reading).resolves.toBeDefined();
        expect(idsOf(await allOf(again, org, asking())).toSorted()).toEqual(
          batches.flatMap(idsOf).toSorted(),
        );
        expect(await storage.ready()).toBe(false);
        await expect(storage.statements.head()).rejects.toMatchObject({ code: 'storage' });
        await expect(storage.statements.append(org, anyWriter, statements(1))).rejects.toMatchObject({
          code: 'storage',
        });
      } finally {
        await destroy();
      }
    });
  });
}
