import type { PackedBatch } from '../packed-batch.ts';

/** Batches one after the other, as one. Terms that several of them name are there several times. */
export function joinBatches(batches: readonly PackedBatch[]): PackedBatch {
  const all = <Value>(column: (batch: PackedBatch) => readonly Value[]): readonly Value[] => {
    const none: Value[] = [];
    return none.concat(...batches.map(column));
  };
  const verbs: number[] = [];
  const agents: number[] = [];
  const activities: number[] = [];
  let statements = 0;
  let terms = 0;
  const add = (links: number[], own: readonly number[]) => {
    for (let at = 0; at < own.length; at += 3)
      links.push(statements + (own[at] ?? 0), terms + (own[at + 1] ?? 0), own[at + 2] ?? 0);
  };
  for (const batch of batches) {
    for (const verb of batch.verbs) verbs.push(terms + verb);
    add(agents, batch.agents);
    add(activities, batch.activities);
    statements += batch.ids.length;
    terms += batch.terms.length;
  }
  return {
    ids: all(({ ids }) => ids),
    texts: all(({ texts }) => texts),
    timestamps: all(({ timestamps }) => timestamps),
    registrations: joinRare(batches, ({ registrations }) => registrations),
    voids: joinRare(batches, ({ voids }) => voids),
    refersTo: joinRare(batches, ({ refersTo }) => refersTo),
    standings: joinRare(batches, ({ standings }) => standings),
    definitions: all(({ definitions }) => definitions),
    names: all(({ names }) => names),
    terms: all((batch) => batch.terms),
    verbs,
    agents,
    activities,
  };
}

/** Joins a column that is empty where no statement of a batch has any. */
function joinRare<Value>(
  batches: readonly PackedBatch[],
  column: (batch: PackedBatch) => readonly (Value | null)[],
): readonly (Value | null)[] {
  if (batches.every((batch) => column(batch).length === 0)) return [];
  return batches.flatMap((batch) => (column(batch).length > 0 ? column(batch) : batch.ids.map(() => null)));
}
