import { describe, expect, it } from 'vitest';
import { FUTURE_AFTER, flagOf, PAST_BEFORE } from '../../../src/storage/ports/flagged.ts';
import { idsOf, newOrg, type Subject, statement, stored, writer } from './subject.ts';

/** Statements with a timestamp that is not believed. */
export function describeFlagged(storage: Subject): void {
  describe('flagged statements', () => {
    it('are those over a day ahead of their storing or before 2000, to the millisecond', async () => {
      const org = newOrg();
      const hour = 3_600_000;
      const now = Date.now();
      const batch = {
        plain: statement({ timestamp: now }),
        undated: statement({ timestamp: null }),
        tomorrow: statement({ timestamp: now + FUTURE_AFTER - hour }),
        later: statement({ timestamp: now + FUTURE_AFTER + hour }),
        lastCentury: statement({ timestamp: PAST_BEFORE - 1 }),
        thisCentury: statement({ timestamp: PAST_BEFORE }),
        never: statement({ timestamp: Date.UTC(1970, 0, 1) }),
        longAgo: statement({ timestamp: -62_167_219_200_000 }),
      };
      await stored(storage(), org, Object.values(batch));
      const found = await storage().statements.flagged(org, 0, 100);
      const { later, lastCentury, never, longAgo } = batch;
      expect(idsOf(found)).toEqual(idsOf([later, lastCentury, never, longAgo]));
      expect(found.map((each) => flagOf(each.timestamp, each.stored))).toEqual([
        'future',
        'past',
        'past',
        'past',
      ]);
    });

    it('are found page by page, in one organisation, and no more once they are voided', async () => {
      const org = newOrg();
      const all = Array.from({ length: 5 }, (_, index) => statement({ timestamp: index }));
      await stored(storage(), org, all);
      await stored(storage(), newOrg(), [statement({ timestamp: 0 })]);
      const first = await storage().statements.flagged(org, 0, 2);
      const rest = await storage().statements.flagged(org, first.at(-1)?.seq ?? 0, 100);
      expect(idsOf([...first, ...rest])).toEqual(idsOf(all));
      await stored(storage(), org, [statement({ voids: all[0]?.id ?? '' })], writer('admin', true));
      expect(idsOf(await storage().statements.flagged(org, 0, 100))).toEqual(idsOf(all.slice(1)));
    });
  });
}
