import { describe, expect, it } from 'vitest';
import type { FactLines } from '../../../src/storage/ports/fact-store.ts';
import type { FoldStep } from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject, statement, statements, stored, twentyTimes, writer } from './subject.ts';

interface NewFact extends Omit<FactLines, 'seqs'> {
  readonly seq: number;
}

/** Lines of the same version of a cohort together, as they are kept. */
function together(facts: readonly NewFact[]): readonly FactLines[] {
  const lines = new Map<string, FactLines>();
  for (const { seq, text, ...owner } of facts) {
    const known = lines.get(JSON.stringify(owner));
    const [seqs, texts] = known ? [[...known.seqs, seq], `${known.text}\n${text}`] : [[seq], text];
    lines.set(JSON.stringify(owner), { ...owner, seqs, text: texts });
  }
  return [...lines.values()];
}

/** Facts of progress and how far they follow the statements. */
export function describeFacts(storage: Subject): void {
  const facts = () => storage().facts;
  const advance = (some: readonly NewFact[], steps: readonly FoldStep[]) =>
    facts().advance(together(some), steps);
  const fact = (org: string, letter: string, given: Partial<NewFact> = {}): NewFact => ({
    seq: (letter.codePointAt(0) ?? 0) - ('a'.codePointAt(0) ?? 0) + 1,
    org,
    cohortId: 'spoc',
    version: 1,
    text: `{"${letter}":"é"}`,
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
  /** What is kept, all of it, line by line. */
  const linesOf = async (org: string, version = 1): Promise<readonly string[]> => {
    const lines: string[] = [];
    for (let after = 0; ; ) {
      const { texts, seq, reached } = await facts().facts(org, 'spoc', version, after);
      lines.push(...texts.flatMap((text) => text.split('\n')));
      if (seq >= reached) return lines;
      after = seq;
    }
  };
  const textsOf = (...some: readonly NewFact[]) => some.map(({ text }) => text);
  const voidedOf = async (org: string, after = 0) =>
    (await facts().facts(org, 'spoc', 1, after)).voided.map(({ statementId, voidedAt }) => [
      statementId,
      voidedAt,
    ]);

  describe('facts', () => {
    it('are kept with the position reached', async () => {
      const org = newOrg();
      const some = [fact(org, 'a'), fact(org, 'b')];
      await advance(some, [step(org, 0, 7)]);
      expect(await linesOf(org)).toEqual(textsOf(...some));
      expect((await facts().positions()).filter((each) => each.org === org)).toEqual([
        { org, cohortId: 'spoc', version: 1, seq: 7 },
      ]);
    });

    it('may be told again, which changes nothing', async () => {
      const org = newOrg();
      await advance([fact(org, 'a')], [step(org, 0, 7)]);
      await twentyTimes(() => advance([fact(org, 'a', { text: '{"other":1}' })], [step(org, 0, 7)]));
      expect(await linesOf(org)).toEqual(textsOf(fact(org, 'a')));
    });

    it('overlap what is kept: only those beyond it are added', async () => {
      const org = newOrg();
      await advance([fact(org, 'a'), fact(org, 'b')], [step(org, 0, 2)]);
      await advance([fact(org, 'b'), fact(org, 'c')], [step(org, 1, 3)]);
      expect(await linesOf(org)).toEqual(textsOf(fact(org, 'a'), fact(org, 'b'), fact(org, 'c')));
    });

    it('are kept in their order, however many come in however large steps', async () => {
      const org = newOrg();
      const all = Array.from({ length: 900 }, (_, index) =>
        fact(org, 'x', {
          seq: index + 1,
          text: JSON.stringify({ index, long: 'é'.repeat((index % 7) * 80) }),
        }),
      );
      const sizes = [1, 2, 40, 300, 1, 1, 5, 500, 50];
      for (let from = 0; from < all.length; ) {
        const to = Math.min(all.length, from + (sizes[from % sizes.length] ?? 1));
        await advance(all.slice(from, to), [step(org, from, to)]);
        from = to;
      }
      expect(await linesOf(org)).toEqual(textsOf(...all));
      const middle = await facts().facts(org, 'spoc', 1, 450);
      const found = new Set(middle.texts.flatMap((text) => text.split('\n')));
      expect(textsOf(...all.slice(450)).filter((text) => !found.has(text))).toEqual([]);
    });

    it('are read some megabytes at a time', async () => {
      const org = newOrg();
      const large = (seq: number) => fact(org, 'x', { seq, text: JSON.stringify('y'.repeat(1_000_000)) });
      for (let seq = 1; seq <= 9; seq += 1) await advance([large(seq)], [step(org, seq - 1, seq)]);
      const first = await facts().facts(org, 'spoc', 1, 0);
      expect(first.reached).toBe(9);
      expect(first.seq).toBeLessThan(9);
      expect(await linesOf(org)).toHaveLength(9);
    });

    it('let positions rise, never fall', async () => {
      const org = newOrg();
      await advance([], [step(org, 0, 7)]);
      await advance([fact(org, 'a', { seq: 4 })], [step(org, 3, 5)]);
      expect(await positionsOf(org)).toEqual([[1, 7]]);
      expect(await linesOf(org)).toEqual([]);
      await Promise.all([9, 8, 12, 10].map((seq) => advance([], [step(org, 7, seq)])));
      expect(await positionsOf(org)).toEqual([[1, 12]]);
    });

    it('are not kept when the step begins beyond the position: what is before it is missing', async () => {
      const org = newOrg();
      await advance(
        [fact(org, 'a'), fact(org, 'b', { version: 2 })],
        [step(org, 3, 9), step(org, 0, 9, { version: 2 })],
      );
      expect(await positionsOf(org)).toEqual([[2, 9]]);
      expect([await linesOf(org, 1), await linesOf(org, 2)]).toEqual([[], textsOf(fact(org, 'b'))]);
      await advance([], [step(org, 0, 3)]);
      await advance([fact(org, 'a', { seq: 4 })], [step(org, 3, 9)]);
      expect(await positionsOf(org)).toEqual([
        [1, 9],
        [2, 9],
      ]);
      expect(await linesOf(org, 1)).toEqual(textsOf(fact(org, 'a')));
    });

    it('stay with their organisation, cohort and version', async () => {
      const [one, other] = [newOrg(), newOrg()];
      await advance(
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
      expect(await linesOf(one)).toEqual(textsOf(fact(one, 'a')));
      expect(await linesOf(one, 2)).toEqual(textsOf(fact(one, 'b')));
      expect(await linesOf(other)).toEqual(textsOf(fact(other, 'd')));
      await facts().forget(other, 'spoc', null);
      expect(await linesOf(one)).toEqual(textsOf(fact(one, 'a')));
    });

    it('are forgotten in older versions only, with their positions', async () => {
      const org = newOrg();
      for (const version of [1, 2, 3])
        await advance([fact(org, 'a', { version })], [step(org, 0, version, { version })]);
      await facts().forget(org, 'spoc', 2);
      expect([await linesOf(org, 1), await linesOf(org, 2), await linesOf(org, 3)]).toEqual([
        [],
        textsOf(fact(org, 'a')),
        textsOf(fact(org, 'a')),
      ]);
      expect(await positionsOf(org)).toEqual([
        [2, 2],
        [3, 3],
      ]);
    });

    it('are forgotten in all versions on request', async () => {
      const org = newOrg();
      await advance([fact(org, 'a')], [step(org, 0, 7)]);
      await facts().forget(org, 'spoc', null);
      expect(await linesOf(org)).toEqual([]);
      expect(await positionsOf(org)).toEqual([]);
    });

    it('are read on from a position, with what was voided since', async () => {
      const org = newOrg();
      const targets = statements(2);
      const { lastSeq } = await stored(storage(), org, targets, writer('author'));
      const [first, second] = targets.map(({ id }, index) =>
        fact(org, 'x', { seq: lastSeq - 1 + index, text: JSON.stringify({ id }) }),
      );
      if (!first || !second) throw new Error('two were made');
      await advance([first], [step(org, 0, lastSeq - 1)]);
      const before = await facts().facts(org, 'spoc', 1, 0);
      expect(before).toMatchObject({
        seq: lastSeq - 1,
        reached: lastSeq - 1,
        texts: [first.text],
        voided: [],
      });
      expect(await facts().facts(org, 'spoc', 1, before.seq)).toEqual({ ...before, texts: [] });
      const voiding = statement({ voids: targets[0]?.id ?? null });
      const { stored: at } = await stored(storage(), org, [voiding], writer('author'));
      await advance([second], [step(org, lastSeq - 1, lastSeq + 1)]);
      const after = await facts().facts(org, 'spoc', 1, before.seq);
      expect(after).toMatchObject({ generation: before.generation, seq: lastSeq + 1 });
      expect(after.texts.join('\n').split('\n')).toContain(second.text);
      expect(after.voided).toEqual([{ statementId: targets[0]?.id, voidedAt: at }]);
    });

    it('are told to be voided also when the void came before', async () => {
      const org = newOrg();
      const late = statement();
      const { stored: at, lastSeq } = await stored(
        storage(),
        org,
        [statement({ voids: late.id })],
        writer('a'),
      );
      await advance([], [step(org, 0, lastSeq)]);
      expect(await voidedOf(org)).toEqual([]);
      await stored(storage(), org, [late], writer('a'));
      expect(await voidedOf(org, lastSeq)).toEqual([[late.id, at]]);
      expect(await voidedOf(org)).toEqual([[late.id, at]]);
    });

    it('are of another generation once they were forgotten and folded anew', async () => {
      const org = newOrg();
      const nothing = { generation: null, seq: 0, reached: 0, texts: [], voided: [] };
      expect(await facts().facts(org, 'spoc', 1, 0)).toEqual(nothing);
      await advance([], [step(org, 0, 7)]);
      const { generation } = await facts().facts(org, 'spoc', 1, 0);
      await advance([], [step(org, 7, 9)]);
      expect(await facts().facts(org, 'spoc', 1, 0)).toEqual({
        ...nothing,
        generation,
        seq: 9,
        reached: 9,
      });
      await facts().forget(org, 'spoc', null);
      await advance([], [step(org, 0, 9)]);
      const again = await facts().facts(org, 'spoc', 1, 0);
      expect(again.generation).not.toBe(generation);
    });

    it('say when their statement was voided, by who may', async () => {
      const org = newOrg();
      const targets = [statement(), statement(), statement()];
      const [own, foreign] = targets;
      await stored(storage(), org, targets, writer('author'));
      await stored(storage(), org, [statement({ voids: foreign?.id ?? null })], writer('stranger'));
      const { stored: at } = await stored(
        storage(),
        org,
        [statement({ voids: own?.id ?? null })],
        writer('author'),
      );
      expect(await voidedOf(org)).toEqual([[own?.id, at]]);
      expect(await voidedOf(newOrg())).toEqual([]);
    });
  });
}
