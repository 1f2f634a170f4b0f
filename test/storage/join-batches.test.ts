import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinBatches } from '../../src/storage/embedded/operations/join-batches.ts';
import { type PackedBatch, packBatch } from '../../src/storage/embedded/packed-batch.ts';
import type { NewStatement } from '../../src/storage/ports/statement-store.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd');
const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
const links = fc.uniqueArray(fc.record({ term: name, related: fc.boolean() }), {
  selector: ({ term }) => term,
  maxLength: 3,
});
const said = fc.array(
  name.map((id) => ({ id, definition: `{"type":"urn:${id}"}` })),
  { maxLength: 2 },
);
const statement: fc.Arbitrary<NewStatement> = fc
  .record({
    id: fc.uuid(),
    text: fc.uuid(),
    timestamp: rarely(fc.nat()),
    verb: name,
    registration: rarely(fc.uuid()),
    voids: rarely(fc.uuid()),
    refersTo: rarely(fc.uuid()),
    agents: links,
    activities: links,
    definitions: said,
    names: fc.array(fc.record({ actor: name, name: fc.constantFrom('A', 'B') }), { maxLength: 2 }),
    standings: rarely(fc.boolean()),
  })
  .map(({ standings, ...each }) => (standings === null ? each : { ...each, standings }));

/** Each statement of a batch, as it can be read from its columns. */
const read = (batch: PackedBatch) => {
  const named = (triples: readonly number[], index: number) =>
    Array.from({ length: triples.length / 3 }, (_, at) => triples.slice(3 * at, 3 * at + 3))
      .filter(([owner]) => owner === index)
      .map(([, term = -1, related]) => [batch.terms[term], related]);
  return batch.ids.map((id, index) => ({
    id,
    text: batch.texts[index],
    timestamp: batch.timestamps[index],
    registration: batch.registrations[index] ?? null,
    voids: batch.voids[index] ?? null,
    refersTo: batch.refersTo[index] ?? null,
    standings: batch.standings[index] ?? null,
    verb: batch.terms[batch.verbs[index] ?? -1],
    agents: named(batch.agents, index),
    activities: named(batch.activities, index),
  }));
};

describe('batches joined into one', () => {
  it('say of each statement what the batch it came in said', () => {
    fc.assert(
      fc.property(fc.array(fc.array(statement, { maxLength: 3 }), { maxLength: 4 }), (batches) => {
        const packed = batches.map(packBatch);
        const joined = joinBatches(packed);
        expect(read(joined)).toEqual(packed.flatMap(read));
        expect(joined.definitions).toEqual(packed.flatMap(({ definitions }) => definitions));
        expect(joined.names).toEqual(packed.flatMap(({ names }) => names));
      }),
    );
  });

  it('say what was packed', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 4 }), (batch) => {
        const terms = (named: NewStatement['agents']) =>
          named.map(({ term, related }) => [term, related ? 1 : 0]);
        expect(read(packBatch(batch))).toEqual(
          batch.map(({ definitions: _definitions, names: _names, ...each }) => ({
            ...each,
            standings: each.standings ?? null,
            agents: terms(each.agents),
            activities: terms(each.activities),
          })),
        );
      }),
    );
  });
});
