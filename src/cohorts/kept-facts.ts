import type { Fact, KnownFact } from '../progress/fact.ts';
import type { FactStore, FactsRead, KeptFact } from '../storage/ports/fact-store.ts';
import type { Cohort } from './definitions.ts';

/** How many facts are remembered of all cohorts together: some 30 MB. */
const MOST = 100_000;

/** Reads facts, and remembers those of the cohorts asked for lately, so that only what is new is read again. */
export interface KeptFacts {
  /** All facts of this version of a cohort; null when they have not reached the position. */
  upTo(cohort: Cohort, seq: number): Promise<readonly KnownFact[] | null>;
}

interface Remembered {
  readonly version: number;
  readonly generation: string;
  seq: number;
  readonly byStatement: Map<string, KnownFact>;
}

export function createKeptFacts(store: Pick<FactStore, 'facts'>): KeptFacts {
  // In the order of their last use.
  const remembered = new Map<string, Remembered>();

  const keep = (key: string, facts: Remembered) => {
    remembered.delete(key);
    remembered.set(key, facts);
    let total = [...remembered.values()].reduce((sum, { byStatement }) => sum + byStatement.size, 0);
    for (const [other, { byStatement }] of remembered) {
      if (total <= MOST) break;
      remembered.delete(other);
      total -= byStatement.size;
    }
  };

  return {
    upTo: async ({ org, id, version }, upTo) => {
      const key = `${org}\n${id}`;
      const read = (after: number): Promise<FactsRead> => store.facts(org, id, version, after);
      let known = remembered.get(key);
      if (known?.version !== version) known = undefined;
      let page = await read(known?.seq ?? 0);
      if (known && known.generation !== page.generation) {
        known = undefined;
        page = await read(0);
      }
      const { generation, seq, facts } = page;
      if (generation === null || seq < upTo) return null;
      const own = known ?? { version, generation, seq, byStatement: new Map() };
      add(own.byStatement, facts);
      own.seq = Math.max(own.seq, seq);
      keep(key, own);
      return [...own.byStatement.values()];
    },
  };
}

/** A page read earlier may arrive later: it must not take back that a statement was voided. */
function add(byStatement: Map<string, KnownFact>, facts: readonly KeptFact[]): void {
  const shared = new Map<string, string>();
  for (const { statementId, value, voidedAt } of facts) {
    const before = byStatement.get(statementId);
    if (before === undefined) byStatement.set(statementId, { ...factOf(value, shared), voidedAt });
    else if (before.voidedAt === null && voidedAt !== null)
      byStatement.set(statementId, { ...before, voidedAt });
  }
}

/** The fact that its kept text tells; strings that repeat are there once. */
export function factOf(value: string, shared = new Map<string, string>()): Fact {
  const fact: Fact = JSON.parse(value);
  const once = (text: string): string => {
    const known = shared.get(text);
    if (known === undefined) shared.set(text, text);
    return known ?? text;
  };
  return {
    ...fact,
    actor: once(fact.actor),
    units: fact.units.map(({ unit, bearing }) => ({ unit: once(unit), bearing })),
  };
}
