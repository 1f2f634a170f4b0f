import { describe, expect, it } from 'vitest';
import type { FoldStep, NewFact } from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject, statement, statements, stored, twentyTimes, writer } from './subject.ts';

/** Facts of progress and how far they follow the statements. */
export function describeFacts(storage: Subject): void {
  const facts = () => storage().facts;
  const fact = (org: string, statementId: string, given: Partial<NewFact> = {}): NewFact => ({
    seq: (statementId.codePointAt(0) ?? 0) - ('a'.codePointAt(0) ?? 0) + 1,
    org,
    cohortId: 'spoc',
    version: 1,
    statementId,
    actor: 'an actor',
    value: '{"é":1.0}',
    ...given,
  });
  const step = (org: string, from: number, seq: number, given: Partial<FoldStep> = {}): FoldStep => ({
    org,
    cohortId: 'spoc',
    version: 1,
    from,
    seq,
    ...given,
  });
  const positionsOf = async (org: string) =>
    (await facts().positions())
      .filter((position) => position.org === org)
      .map(({ version, seq }) => [version, seq]);
  const idsOf = async (org: string, version = 1) =>
    (await facts().facts(org, 'spoc', version, 0)).facts.map(({ statementId }) => statementId).toSorted();

  describe('facts', () => {
    it('are kept with the position reached', async () => {
      const org = newOrg();
      await facts().advance([fact(org, 'a'), fact(org, 'b')], [step(org, 0, 7)]);
      expect((await facts().facts(org, 'spoc', 1, 0)).facts).toEqual(
        ['a', 'b'].map((statementId) => ({
          statementId,
          actor: 'an actor',
          value: '{"é":1.0}',
          voidedAt: null,
        })),
      );
      expect((await facts().positions()).filter((each) => each.org === org)).toEqual([
        { org, cohortId: 'spoc', version: 1, seq: 7 },
      ]);
    });

    it('may be told again, which changes nothing', async () => {
      const org = newOrg();
      await facts().advance([fact(org, 'a')], [step(org, 0, 7)]);
      await twentyTimes(() => facts().advance([fact(org, 'a', { value: '{"other":1}' })], [step(org, 0, 7)]));
      expect((await facts().facts(org, 'spoc', 1, 0)).facts.map(({ value }) => value)).toEqual(['{"é":1.0}']);
    });

    it('let positions rise, never fall', async () => {
      const org = newOrg();
      await facts().advance([], [step(org, 0, 7)]);
      await facts().advance([fact(org, 'a')], [step(org, 3, 5)]);
      expect(await positionsOf(org)).toEqual([[1, 7]]);
      expect(await idsOf(org)).toEqual(['a']);
      await Promise.all([9, 8, 12, 10].map((seq) => facts().advance([], [step(org, 7, seq)])));
      expect(await positionsOf(org)).toEqual([[1, 12]]);
    });

    it('are not kept when the step begins beyond the position: what is before it is missing', async () => {
      const org = newOrg();
      await facts().advance(
        [fact(org, 'a'), fact(org, 'b', { version: 2 })],
        [step(org, 3, 9), step(org, 0, 9, { version: 2 })],
      );
      expect(await positionsOf(org)).toEqual([[2, 9]]);
      expect([await idsOf(org, 1), await idsOf(org, 2)]).toEqual([[], ['b']]);
      await facts().advance([], [step(org, 0, 3)]);
      await facts().advance([fact(org, 'a')], [step(org, 3, 9)]);
      expect(await positionsOf(org)).toEqual([
        [1, 9],
        [2, 9],
      ]);
      expect(await idsOf(org, 1)).toEqual(['a']);
    });

    it('stay with their organisation, cohort and version', async () => {
      const [one, other] = [newOrg(), newOrg()];
      await facts().advance(
        [
          fact(one, 'a'),
          fact(one, 'b', { version: 2 }),
          fact(one, 'c', { cohortId: 'blended' }),
          fact(other, 'd'),
        ],
        [
          step(one, 0, 1),
          step(one, 0, 2, { version: 2 }),
          step(one, 0, 3, { cohortId: 'blended' }),
          step(other, 0, 4),
        ],
      );
      expect(await idsOf(one)).toEqual(['a']);
      expect(await idsOf(one, 2)).toEqual(['b']);
      expect(await idsOf(other)).toEqual(['d']);
      await facts().forget(other, 'spoc', null);
      expect(await idsOf(one)).toEqual(['a']);
    });

    it('are forgotten in older versions only, with their positions', async () => {
      const org = newOrg();
      for (const version of [1, 2, 3])
        await facts().advance([fact(org, `v${version}`, { version })], [step(org, 0, version, { version })]);
      await facts().forget(org, 'spoc', 2);
      expect([await idsOf(org, 1), await idsOf(org, 2), await idsOf(org, 3)]).toEqual([[], ['v2'], ['v3']]);
      expect(await positionsOf(org)).toEqual([
        [2, 2],
        [3, 3],
      ]);
    });

    it('are forgotten in all versions on request', async () => {
      const org = newOrg();
      await facts().advance([fact(org, 'a')], [step(org, 0, 7)]);
      await facts().forget(org, 'spoc', null);
      expect(await idsOf(org)).toEqual([]);
      expect(await positionsOf(org)).toEqual([]);
    });

    it('are read on from a position, with those before it that were voided since', async () => {
      const org = newOrg();
      const targets = statements(3);
      const { lastSeq } = await stored(storage(), org, targets, writer('author'));
      const seqs = [lastSeq - 2, lastSeq - 1, lastSeq];
      const [first, second, third] = targets.map(({ id }, index) => fact(org, id, { seq: seqs[index] ?? 0 }));
      if (!first || !second || !third) throw new Error('three were made');
      await facts().advance([first, second], [step(org, 0, lastSeq - 1)]);
      const before = await facts().facts(org, 'spoc', 1, 0);
      expect(before).toMatchObject({ seq: lastSeq - 1, facts: [{ voidedAt: null }, { voidedAt: null }] });
      expect(await facts().facts(org, 'spoc', 1, before.seq)).toEqual({ ...before, facts: [] });
      const { stored: at } = await stored(
        storage(),
        org,
        [statement({ voids: first.statementId })],
        writer('author'),
      );
      await facts().advance([third], [step(org, lastSeq - 1, lastSeq + 1)]);
      const after = await facts().facts(org, 'spoc', 1, before.seq);
      expect(after).toMatchObject({ generation: before.generation, seq: lastSeq + 1 });
      expect(after.facts.map(({ statementId, voidedAt }) => [statementId, voidedAt])).toEqual([
        [third.statementId, null],
        [first.statementId, at],
      ]);
    });

    it('are of another generation once they were forgotten and folded anew', async () => {
      const org = newOrg();
      expect(await facts().facts(org, 'spoc', 1, 0)).toEqual({ generation: null, seq: 0, facts: [] });
      await facts().advance([], [step(org, 0, 7)]);
      const { generation } = await facts().facts(org, 'spoc', 1, 0);
      await facts().advance([], [step(org, 7, 9)]);
      expect(await facts().facts(org, 'spoc', 1, 0)).toEqual({ generation, seq: 9, facts: [] });
      await facts().forget(org, 'spoc', null);
      await facts().advance([], [step(org, 0, 9)]);
      const again = await facts().facts(org, 'spoc', 1, 0);
      expect(again.generation).not.toBe(generation);
    });

    it('say when their statement was voided, by who may', async () => {
      const org = newOrg();
      const targets = [statement(), statement(), statement()];
      const [own, foreign, standing] = targets;
      await stored(storage(), org, targets, writer('author'));
      await facts().advance(
        targets.map(({ id }, index) => fact(org, id, { seq: index + 1 })),
        [step(org, 0, 1)],
      );
      await stored(storage(), org, [statement({ voids: foreign?.id ?? null })], writer('stranger'));
      const { stored: at } = await stored(
        storage(),
        org,
        [statement({ voids: own?.id ?? null })],
        writer('author'),
      );
      const voided = new Map(
        (await facts().facts(org, 'spoc', 1, 0)).facts.map(({ statementId, voidedAt }) => [
          statementId,
          voidedAt,
        ]),
      );
      expect([own, foreign, standing].map((each) => voided.get(each?.id ?? ''))).toEqual([at, null, null]);
    });
  });
}
