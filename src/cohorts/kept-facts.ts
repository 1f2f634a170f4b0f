import type { KnownFact } from '../progress/fact.ts';
import type { FactStore, FactsRead } from '../storage/ports/fact-store.ts';
import type { Cohort } from './definitions.ts';
import { editionOf } from './edition.ts';
import { readFactLines, type Wanted } from './fact-lines.ts';

/** How many facts are remembered of all cohorts together: some 80 MB where cohorts are that large. */
const MOST = 250_000;

/** Reads facts, and remembers those of the cohorts asked for lately, so that only what is new is read again. */
export interface KeptFacts {
  /**
   * The facts of this version of a cohort, of the actors wanted at least; null when they have not reached the position.
   */
  upTo(cohort: Cohort, seq: number, wanted: Wanted): Promise<readonly KnownFact[] | null>;
}

interface Remembered {
  readonly version: number;
  readonly generation: string;
  /** Of whom there are facts. */
  readonly wanted: Wanted;
  seq: number;
  readonly byStatement: Map<string, KnownFact>;
  /** When statements were voided, whether their facts are known yet or not. */
  readonly voidedAt: Map<string, number>;
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
    upTo: async (cohort, upTo, wanted) => {
      const { org, id } = cohort;
      const version = editionOf(cohort);
      const key = `${org}\n${id}`;
      let known = remembered.get(key);
      if (known?.version !== version || !holds(known.wanted, wanted)) known = undefined;
      for (;;) {
        const after = known?.seq ?? 0;
        const page = await store.facts(org, id, version, after);
        if (page.generation === null || page.reached < upTo) return null;
        if (known && known.generation !== page.generation) {
          known = undefined;
          continue;
        }
        known ??= newMemory(version, page.generation, wanted);
        add(known, page);
        if (page.seq >= page.reached) break;
      }
      keep(key, known);
      return [...known.byStatement.values()];
    },
  };
}

function newMemory(version: number, generation: string, wanted: Wanted): Remembered {
  return { version, generation, wanted, seq: 0, byStatement: new Map(), voidedAt: new Map() };
}

/** Whether facts of some actors are all that is wanted. */
function holds(known: Wanted, wanted: Wanted): boolean {
  if (known === null || known === wanted) return true;
  if (wanted === null) return false;
  for (const actor of wanted) if (!known.has(actor)) return false;
  return true;
}

/** What was read before may come again, and earlier pages later: neither takes anything back. */
function add(memory: Remembered, { texts, voided, seq }: FactsRead): void {
  const { byStatement, voidedAt, wanted } = memory;
  for (const text of texts)
    for (const fact of readFactLines(text, wanted))
      if (!byStatement.has(fact.statementId))
        byStatement.set(fact.statementId, { ...fact, voidedAt: voidedAt.get(fact.statementId) ?? null });
  for (const { statementId, voidedAt: at } of voided) {
    voidedAt.set(statementId, Math.min(voidedAt.get(statementId) ?? at, at));
    const fact = byStatement.get(statementId);
    if (fact && fact.voidedAt === null) byStatement.set(statementId, { ...fact, voidedAt: at });
  }
  memory.seq = Math.max(memory.seq, seq);
}
