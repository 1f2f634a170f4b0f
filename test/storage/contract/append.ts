import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyWriter,
  asking,
  idsOf,
  newOrg,
  type Subject,
  statement,
  statements,
  stored,
  twentyTimes,
  writer,
} from './subject.ts';

/** Appending statements: what is kept, what is refused, in which order. */
export function describeAppend(storage: Subject): void {
  describe('appending statements', () => {
    it('keeps all of a batch in order', async () => {
      const org = newOrg();
      const batch = statements(3);
      const result = await stored(storage(), org, batch);
      expect(idsOf(await allOf(storage(), org, asking()))).toEqual(idsOf(batch));
      expect(await storage().statements.head()).toEqual({ seq: result.lastSeq, stored: result.stored });
    });

    it('gives what was written back, with its writer, `stored` and position', async () => {
      const org = newOrg();
      const given = statement({ timestamp: Date.UTC(2025, 8, 1, 7, 30, 0, 125) });
      const by = { keyId: 'a key', standings: true, voidsAny: true };
      const result = await stored(storage(), org, [given], by);
      expect(await storage().statements.get(org, given.id)).toEqual({
        seq: result.lastSeq,
        id: given.id,
        org,
        text: `{"id":"${given.id}","stored":"${new Date(result.stored).toISOString()}"}`,
        stored: result.stored,
        timestamp: given.timestamp,
        writer: by,
        voidedAt: null,
      });
    });

    it('knows nothing of an id that was never stored', async () => {
      expect(await storage().statements.get(newOrg(), statement().id)).toBeNull();
    });

    it('makes `stored` the timestamp of a statement that has none', async () => {
      const org = newOrg();
      const given = statement({ timestamp: null });
      await stored(storage(), org, [given]);
      const kept = await storage().statements.get(org, given.id);
      expect(kept?.timestamp).toBe(kept?.stored);
      const iso = new Date(kept?.stored ?? 0).toISOString();
      expect(JSON.parse(kept?.text ?? '{}')).toEqual({ id: given.id, timestamp: iso, stored: iso });
    });

    it('keeps the text byte for byte: digits, order of keys, white space, any character', async () => {
      const org = newOrg();
      const awkward =
        '{ "z":1.10,"a" : 12345678901234567890,\t"é\\u00e9":"😀\\u0000}{",\n"e":1e-7,"":{"z":[],"a":-0}}';
      const value = fc.json({ maxDepth: 2, stringUnit: 'binary' });
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.constant(awkward), fc.tuple(value, value)), async (content) => {
          const text = typeof content === 'string' ? content : `{"b":${content[0]},"a":${content[1]}}`;
          const given = statement({ text });
          await stored(storage(), org, [given]);
          const kept = await storage().statements.get(org, given.id);
          const before = text.slice(0, text.lastIndexOf('}'));
          expect(kept?.text.slice(0, before.length)).toBe(before);
          expect(JSON.parse(kept?.text ?? '')).toEqual({
            ...JSON.parse(text),
            stored: new Date(kept?.stored ?? 0).toISOString(),
          });
        }),
        { numRuns: 12 },
      );
    });

    it('keeps nothing of a batch that holds known ids, and gives what is kept under these', async () => {
      const org = newOrg();
      const known = statements(70);
      await stored(storage(), org, known);
      const [before, after] = [statement(), statement()];
      const again = known.map((each) => ({ ...each, text: '{"id":"spelt otherwise"}' }));
      const result = await storage().statements.append(org, anyWriter, [before, ...again, after]);
      const kept = await allOf(storage(), org, asking());
      expect(idsOf(kept)).toEqual(idsOf(known));
      const said = result.kind === 'known' ? [...result.known] : [];
      expect(said.sort((a, b) => a.index - b.index)).toEqual(
        kept.map(({ text }, index) => ({ index: index + 1, text })),
      );
      expect(await storage().statements.get(org, before.id)).toBeNull();
      expect(await storage().statements.get(org, after.id)).toBeNull();
    });

    it('gives every commit a greater position and a later `stored` than the one before', async () => {
      const org = newOrg();
      let last = await storage().statements.head();
      for (let turn = 0; turn < 30; turn += 1) {
        const result = await stored(storage(), org, statements(turn % 3 === 0 ? 2 : 1));
        expect(result.lastSeq).toBeGreaterThan(last.seq);
        expect(result.stored).toBeGreaterThan(last.stored);
        last = { seq: result.lastSeq, stored: result.stored };
      }
    });

    it('lets `stored` never fall as positions grow, however many write at once', async () => {
      const org = newOrg();
      await twentyTimes(() => stored(storage(), org, statements(5)));
      const kept = await allOf(storage(), org, asking());
      expect(kept).toHaveLength(100);
      for (const [index, { seq, stored: at }] of kept.entries()) {
        expect(seq).toBeGreaterThan(kept[index - 1]?.seq ?? 0);
        expect(at).toBeGreaterThanOrEqual(kept[index - 1]?.stored ?? 0);
      }
    });

    it('stores one of many equal statements that arrive at once', async () => {
      const org = newOrg();
      const given = statement();
      const results = await twentyTimes(() => storage().statements.append(org, anyWriter, [given]));
      expect(results.filter(({ kind }) => kind === 'stored')).toHaveLength(1);
      expect(idsOf(await allOf(storage(), org, asking()))).toEqual([given.id]);
    });

    it('stores one of many different statements of the same id that arrive at once', async () => {
      const org = newOrg();
      const { id } = statement();
      const results = await twentyTimes((turn) =>
        storage().statements.append(org, anyWriter, [statement({ id, text: `{"n":${turn}}` })]),
      );
      const winners = results.flatMap(({ kind }, turn) => (kind === 'stored' ? [turn] : []));
      expect(winners).toHaveLength(1);
      const kept = await storage().statements.get(org, id);
      expect(JSON.parse(kept?.text ?? '')).toMatchObject({ n: winners[0] });
    });

    it('keeps the same id in two organisations apart', async () => {
      const [one, other] = [newOrg(), newOrg()];
      const given = statement();
      await stored(storage(), one, [given], writer('of one'));
      expect(await storage().statements.get(other, given.id)).toBeNull();
      await stored(storage(), other, [{ ...given, text: '{"other":1}' }], writer('of other'));
      expect((await storage().statements.get(one, given.id))?.writer.keyId).toBe('of one');
      expect((await storage().statements.get(other, given.id))?.writer.keyId).toBe('of other');
    });
  });
}
