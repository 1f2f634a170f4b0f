import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StoredStatement } from '../../../src/storage/ports/index.ts';
import {
  direct,
  idsOf,
  newOrg,
  related,
  type Subject,
  statement,
  statements,
  stored,
  twentyTimes,
} from './subject.ts';

const [ONE, TWO, THREE] = ['https://x.example/1', 'https://x.example/2', 'https://x.example/3'] as const;

/** The feeds that facts are folded from. */
export function describeFeeds(storage: Subject): void {
  describe('the feed of all statements', () => {
    it('gives statements of all organisations in the order of their commits, a page at a time', async () => {
      const { seq } = await storage().statements.head();
      const batches = [statements(2), statements(1), statements(3)];
      for (const batch of batches) await stored(storage(), newOrg(), batch);
      const all = await storage().statements.feed(seq, 100);
      expect(idsOf(all)).toEqual(idsOf(batches.flat()));
      const paged: StoredStatement[] = [];
      for (let after = seq; ; ) {
        const page = await storage().statements.feed(after, 4);
        paged.push(...page);
        if (page.length < 4) break;
        after = page.at(-1)?.seq ?? after;
      }
      expect(paged).toEqual(all);
    });

    it('shows no position below one it has shown, though many write: a reader who goes on misses nothing', async () => {
      const { seq } = await storage().statements.head();
      let done = false;
      const writing = twentyTimes((turn) => stored(storage(), newOrg(), statements(1 + (turn % 3)))).then(
        (results) => {
          done = true;
          return results;
        },
      );
      const seen: StoredStatement[] = [];
      for (let last = false; !last; ) {
        // An adapter may read without ever leaving this turn of the event loop: let the writers have theirs.
        await setImmediate();
        last = done;
        seen.push(...(await storage().statements.feed(seen.at(-1)?.seq ?? seq, 7)));
        if (last && (await storage().statements.head()).seq > (seen.at(-1)?.seq ?? seq)) last = false;
      }
      const written = (await writing).flatMap(({ ids }) => ids);
      expect(new Set(idsOf(seen))).toEqual(new Set(written));
      expect(seen).toHaveLength(written.length);
    });

    it('ends at the head', async () => {
      const { lastSeq } = await stored(storage(), newOrg(), statements(1));
      expect(await storage().statements.feed(lastSeq, 100)).toEqual([]);
      expect((await storage().statements.head()).seq).toBe(lastSeq);
    });
  });

  describe('the feed of some activities', () => {
    it('gives each statement that names one of them once, related ones too, in the order of their commits', async () => {
      const org = newOrg();
      const { seq } = await storage().statements.head();
      const wanted = [
        statement({ activities: direct(TWO) }),
        statement({ activities: [...direct(ONE), ...related(TWO)] }),
        statement({ activities: related(ONE) }),
      ];
      const batch = [
        ...wanted.slice(0, 1),
        statement({ activities: direct(THREE) }),
        ...wanted.slice(1),
        statement(),
      ];
      const { lastSeq } = await stored(storage(), org, batch);
      expect(idsOf(await storage().statements.feedOf(org, [ONE, TWO], seq, lastSeq, 100))).toEqual(
        idsOf(wanted),
      );
      expect(await storage().statements.feedOf(org, ['https://unknown.example/'], seq, lastSeq, 100)).toEqual(
        [],
      );
      expect(await storage().statements.feedOf(org, [], seq, lastSeq, 100)).toEqual([]);
    });

    it('begins after a position, ends at another one, and goes on page by page without skipping', async () => {
      const org = newOrg();
      const batch = Array.from({ length: 9 }, (_, index) =>
        statement({ activities: direct(index % 3 === 0 ? ONE : TWO) }),
      );
      await stored(storage(), org, batch);
      const { seq: head } = await storage().statements.head();
      const paged: StoredStatement[] = [];
      for (let after = 0; ; ) {
        const page = await storage().statements.feedOf(org, [ONE, TWO], after, head, 2);
        expect(page.length).toBeLessThanOrEqual(2);
        paged.push(...page);
        if (page.length < 2) break;
        after = page.at(-1)?.seq ?? head;
      }
      expect(idsOf(paged)).toEqual(idsOf(batch));
      const [first, second, third] = paged;
      expect(
        idsOf(await storage().statements.feedOf(org, [ONE, TWO], first?.seq ?? 0, third?.seq ?? 0, 100)),
      ).toEqual([second?.id, third?.id]);
    });

    it('is of one organisation', async () => {
      const { lastSeq } = await stored(storage(), newOrg(), [statement({ activities: direct(ONE) })]);
      expect(await storage().statements.feedOf(newOrg(), [ONE], 0, lastSeq, 100)).toEqual([]);
    });
  });
}
