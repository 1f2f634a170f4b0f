import type { NewStatement } from '../ports/statement-store.ts';

/**
 * A batch laid out by columns, for its way to the writer's thread: a few flat arrays are copied many times faster than
 * the objects they stand for. Terms, definitions and names that repeat are there once.
 */
export interface PackedBatch {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  readonly timestamps: readonly (number | null)[];
  /** The four that follow are empty where no statement of the batch has any. */
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
  const terms = numbered();
  const verbs: number[] = [];
  const agents: number[] = [];
  const activities: number[] = [];
  const definitions = new Set<NewStatement['definitions'][number]>();
  const names: string[] = [];
  const lastName = new Map<string, string>();
  const link = (links: number[], index: number, named: NewStatement['agents']) => {
    for (const { term, related } of named) links.push(index, terms.numberOf(term), related ? 1 : 0);
  };
  for (const [index, statement] of batch.entries()) {
    verbs.push(terms.numberOf(statement.verb));
    link(agents, index, statement.agents);
    link(activities, index, statement.activities);
    for (const said of statement.definitions) definitions.add(said);
    for (const { actor, name } of statement.names) {
      if (lastName.get(actor) === name) continue;
      lastName.set(actor, name);
      names.push(actor, name);
    }
  }
  return {
    ids: batch.map(({ id }) => id),
    texts: batch.map(({ text }) => text),
    timestamps: batch.map(({ timestamp }) => timestamp),
    registrations: columnOf(batch, ({ registration }) => registration),
    voids: columnOf(batch, ({ voids }) => voids),
    refersTo: columnOf(batch, ({ refersTo }) => refersTo),
    standings: columnOf(batch, ({ standings }) => standings ?? null),
    verbs,
    terms: terms.all,
    agents,
    activities,
    definitions: [...definitions].flatMap(({ id, definition }) => [id, definition]),
    names,
  };
}

/** Gives each term the number of its place. */
function numbered(): { readonly all: readonly string[]; numberOf(term: string): number } {
  const all: string[] = [];
  const numbers = new Map<string, number>();
  return {
    all,
    numberOf: (term) => {
      const known = numbers.get(term);
      if (known !== undefined) return known;
      numbers.set(term, all.length);
      return all.push(term) - 1;
    },
  };
}

function columnOf<Value>(
  batch: readonly NewStatement[],
  of: (statement: NewStatement) => Value | null,
): readonly (Value | null)[] {
  return batch.some((statement) => of(statement) !== null) ? batch.map(of) : [];
}
