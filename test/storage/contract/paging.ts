import { describe, expect, it } from 'vitest';
import type { NewStatement, StatementQuery, StoredStatement } from '../../../src/storage/ports/index.ts';
import {
  ALL_OF_IT,
  type Amount,
  allOf,
  asking,
  direct,
  idsOf,
  newOrg,
  related,
  type Subject,
  statement,
  statements,
  stored,
} from './subject.ts';

const COURSE = 'https://lms.example/course/7';

/** Going on from page to page. */
export function describePaging(storage: Subject, { batches: many }: Amount = ALL_OF_IT): void {
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

    it('finds all of a long history, whichever way and in pages of any size', async () => {
      const org = newOrg();
      const people = ['mbox|mailto:a@example.org', 'mbox|mailto:b@example.org'];
      const batches = Array.from({ length: many }, () =>
        Array.from({ length: 50 }, (_, index) =>
          statement({
            agents: direct(people[index % 2] ?? ''),
            activities: index % 5 === 0 ? direct(COURSE) : index % 5 === 1 ? related(COURSE) : [],
          }),
        ),
      );
      for (const batch of batches) await stored(storage(), org, batch);
      const all = batches.flat();
      const [a] = people;
      const expected = {
        related: all.filter(({ activities }) => activities.length > 0),
        direct: all.filter(({ activities }) => activities[0]?.related === false),
        both: all.filter(({ activities, agents }) => activities.length > 0 && agents[0]?.term === a),
      };
      const ask = { activity: COURSE, relatedActivities: true };
      for (const limit of [37, 1_000])
        for (const ascending of [true, false]) {
          const inOrder = (some: readonly NewStatement[]) =>
            ascending ? idsOf(some) : idsOf(some).toReversed();
          const found = async (given: Partial<StatementQuery>) =>
            idsOf(await allOf(storage(), org, asking({ ...given, ascending, limit })));
          expect(await found(ask)).toEqual(inOrder(expected.related));
          expect(await found({ activity: COURSE })).toEqual(inOrder(expected.direct));
          expect(await found({ ...ask, agent: a })).toEqual(inOrder(expected.both));
        }
      const { seq } = await storage().statements.head();
      const fed = await storage().statements.feedOf(org, [COURSE], 0, seq, 5_000);
      expect(idsOf(fed)).toEqual(idsOf(expected.related));
    });
  });
}
