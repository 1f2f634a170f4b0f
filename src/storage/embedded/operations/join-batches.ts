import type { PackedBatch } from '../packed-batch.ts';

/** Batches one after the other, as one. */
export function joinBatches(batches: readonly PackedBatch[]): PackedBatch {
  const joined = {
    ids: batches.flatMap(({ ids }) => ids),
    texts: batches.flatMap(({ texts }) => texts),
    timestamps: batches.flatMap(({ timestamps }) => timestamps),
    registrations: joinColumn(batches, ({ registrations }) => registrations),
    voids: joinColumn(batches, ({ voids }) => voids),
    refersTo: joinColumn(batches, ({ refersTo }) => refersTo),
    standings: joinColumn(batches, ({ standings }) => standings),
    definitions: batches.flatMap(({ definitions }) => definitions),
    names: batches.flatMap(({ names }) => names),
  };
  const numbers = new Map<string, number>();
  const verbs: number[] = [];
  const agents: number[] = [];
  const activities: number[] = [];
  let before = 0;
  for (const batch of batches) {
    // Most terms of neighbours are the same ones.
    const places = batch.terms.map((term) => {
      const place = numbers.get(term) ?? numbers.size;
      numbers.set(term, place);
      return place;
    });
    const placeOf = (term: number | undefined): number => places[term ?? -1] ?? Number.NaN;
    const add = (links: number[], own: readonly number[]) => {
      for (let at = 0; at < own.length; at += 3)
        links.push(before + (own[at] ?? 0), placeOf(own[at + 1]), own[at + 2] ?? 0);
    };
    for (const verb of batch.verbs) verbs.push(placeOf(verb));
    add(agents, batch.agents);
    add(activities, batch.activities);
    before += batch.ids.length;
  }
  return { ...joined, verbs, agents, activities, terms: [...numbers.keys()] };
}

/** A column of those that are empty where no statement of a batch has any. */
function joinColumn<Value>(
  batches: readonly PackedBatch[],
  of: (batch: PackedBatch) => readonly (Value | null)[],
): readonly (Value | null)[] {
  if (batches.every((batch) => of(batch).length === 0)) return [];
  return batches.flatMap((batch) => (of(batch).length > 0 ? of(batch) : batch.ids.map(() => null)));
}
