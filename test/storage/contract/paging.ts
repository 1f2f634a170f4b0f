import { describe, expect, it } from 'vitest';
import type { StoredStatement } from '../../../src/storage/ports/index.ts';
import {
  allOf,
  asking,
  direct,
  idsOf,
  newOrg,
  type Subject,
  statement,
  statements,
  stored,
} from './subject.ts';

const COURSE = 'https://lms.example/course/7';

/** Going on from page to page. */
export function describePaging(storage: Subject): void {
  describe('paging', () => {
    it('answers at most `limit` statements, and null as the next position at the very end', async () => {
      const org = newOrg();
      const batch = statements(4);
      await stored(storage(), org, batch);
      const first = await storage().statements.query(org, asking({ limit: 2 }));
      expect(idsOf(first.statements)).toEqual(idsOf(batch.slice(0, 2)));
      expect(first.next).toBe(first.statements[1]?.seq);
      const last = await storage().statements.query(
        org,
        asking({ limit: 2, after: first.next ?? undefined }),
      );
      expect(idsOf(last.statements)).toEqual(idsOf(batch.slice(2)));
      expect(last.next).toBeNull();
    });

    it('has no page of nothing after a full last one', async () => {
      const org = newOrg();
      await stored(storage(), org, statements(3));
      expect((await storage().statements.query(org, asking({ limit: 3 }))).next).toBeNull();
    });

    /** Reads pages of three while two writers append a batch between any two of them, and one more beside each. */
    const walk = async (
      org: string,
      ascending: boolean,
      rounds: number,
    ): Promise<readonly StoredStatement[]> => {
      const found: StoredStatement[] = [];
      const another = () => stored(storage(), org, [statement({ activities: direct(COURSE) }), statement()]);
      for (let after: number | undefined, round = 0; ; round += 1) {
        const writing = round < rounds ? [another(), another()] : [];
        const page = await storage().statements.query(
          org,
          asking({ activity: COURSE, ascending, limit: 3, after }),
        );
        await Promise.all(writing);
        found.push(...page.statements);
        after = page.next ?? undefined;
        if (page.next === null && round >= rounds) return found;
        after ??= ascending ? found.at(-1)?.seq : 0;
      }
    };

    it('skips and repeats nothing newest first while others write', async () => {
      const org = newOrg();
      const batch = Array.from({ length: 20 }, () => statement({ activities: direct(COURSE) }));
      await stored(storage(), org, batch);
      const found = idsOf(await walk(org, false, 4));
      expect(found.slice(-batch.length)).toEqual(idsOf(batch).toReversed());
      expect(new Set(found).size).toBe(found.length);
    });

    it('skips and repeats nothing oldest first while others write', async () => {
      const org = newOrg();
      await stored(storage(), org, [statement({ activities: direct(COURSE) })]);
      const found = await walk(org, true, 8);
      expect(idsOf(found)).toEqual(idsOf(await allOf(storage(), org, asking({ activity: COURSE }))));
      expect(found).toHaveLength(17);
    });
  });
}
