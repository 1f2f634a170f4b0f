import type { NewStatement } from '../ports/statement-store.ts';

/**
 * A batch laid out by columns, for its way to the writer's thread: a few flat arrays are copied many times faster than
 * the objects they stand for. Terms, definitions and names that repeat are there once.
 */
export interface PackedBatch {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  readonly timestamps: readonly (number | null)[];
  readonly registrations: readonly (string | null)[];
  readonly voids: readonly (string | null)[];
  readonly refersTo: readonly (string | null)[];
  readonly standings: readonly (boolean | null)[];
  /** Index into `terms`. */
  readonly verbs: readonly number[];
  readonly terms: readonly string[];
  /** Three numbers a link: the statement's index, the term's, and 1 where it is only related. */
  readonly agents: readonly number[];
  readonly activities: readonly number[];
  /** Activity id and definition by turns. */
  readonly definitions: readonly string[];
  /** Actor key and name by turns. */
  readonly names: readonly string[];
}

export function packBatch(batch: readonly NewStatement[]): PackedBatch {
  const numbers = new Map<string, number>();
  const numberOf = (term: string): number => {
    const known = numbers.get(term);
    if (known !== undefined) return known;
    numbers.set(term, numbers.size);
    return numbers.size - 1;
  };
  const verbs: number[] = [];
  const agents: number[] = [];
  const activities: number[] = [];
  const definitions = new Set<NewStatement['definitions'][number]>();
  const names = new Map<string, string>();
  for (const [index, statement] of batch.entries()) {
    verbs.push(numberOf(statement.verb));
    for (const { term, related } of statement.agents) agents.push(index, numberOf(term), related ? 1 : 0);
    for (const { term, related } of statement.activities)
      activities.push(index, numberOf(term), related ? 1 : 0);
    for (const said of statement.definitions) definitions.add(said);
    for (const { actor, name } of statement.names) names.set(`${actor}\n${name}`, actor);
  }
  return {
    ids: batch.map(({ id }) => id),
    texts: batch.map(({ text }) => text),
    timestamps: batch.map(({ timestamp }) => timestamp),
    registrations: batch.map(({ registration }) => registration),
    voids: batch.map(({ voids }) => voids),
    refersTo: batch.map(({ refersTo }) => refersTo),
    standings: batch.map(({ standings }) => standings ?? null),
    verbs,
    terms: [...numbers.keys()],
    agents,
    activities,
    definitions: [...definitions].flatMap(({ id, definition }) => [id, definition]),
    names: [...names].flatMap(([both, actor]) => [actor, both.slice(actor.length + 1)]),
  };
}
