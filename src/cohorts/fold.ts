import type { LearningEvent } from '../../xapi/vocabulary/event.ts';
import { readKept } from '../../xapi/vocabulary/read-kept.ts';
import type { Fact } from '../progress/fact.ts';
import { type Places, place, placesOf } from '../progress/place.ts';
import type { FactLines } from '../storage/ports/fact-store.ts';
import type { StatementStore, StoredStatement } from '../storage/ports/statement-store.ts';
import type { Cohort } from './definitions.ts';
import { editionOf } from './edition.ts';
import { factLine } from './fact-lines.ts';

/** Statements read at a time. */
export const PAGE = 1_000;

/** A cohort, and what makes a statement evidence for it. */
export interface Target {
  readonly cohort: Cohort;
  readonly places: Places;
}

export function targetOf(cohort: Cohort): Target {
  return { cohort, places: placesOf(cohort.org, cohort.definition) };
}

/** The activities by which the statements of a cohort are found. */
export function activitiesOf({ places }: Target): readonly string[] {
  return [...places.units, ...places.contexts];
}

/** What a statement, at a position of the store, means for a cohort. */
export interface FoldedFact {
  readonly seq: number;
  readonly fact: Fact;
}

/** For each cohort the facts that statements of its organisation are. */
export function factsFor(
  targets: readonly Target[],
  page: readonly StoredStatement[],
): readonly (readonly FoldedFact[])[] {
  const facts = targets.map((): FoldedFact[] => []);
  for (const kept of page) {
    let event: LearningEvent | null | undefined;
    for (const [index, { cohort, places }] of targets.entries()) {
      if (cohort.org !== kept.org) continue;
      event ??= readKept(kept);
      if (event === null) break;
      const fact = place(event, places);
      if (fact) facts[index]?.push({ seq: kept.seq, fact });
    }
  }
  return facts;
}

/** Facts of a cohort as they are kept. */
export function linesOf(cohort: Cohort, facts: readonly FoldedFact[]): FactLines {
  return {
    org: cohort.org,
    cohortId: cohort.id,
    version: editionOf(cohort),
    seqs: facts.map(({ seq }) => seq),
    text: facts.map(({ fact }) => factLine(fact)).join('\n'),
  };
}

/** The facts of all statements of a cohort after `from`, up to `to`, as they are kept. */
export async function foldStretch(
  statements: Pick<StatementStore, 'feedOf'>,
  cohort: Cohort,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<FactLines> {
  const target = targetOf(cohort);
  const activities = activitiesOf(target);
  const facts: FoldedFact[] = [];
  for (let after = from; after < to; ) {
    const page = await statements.feedOf(cohort.org, activities, after, to, PAGE);
    facts.push(...factsFor([target], page).flat());
    after = page.length < PAGE ? to : (page.at(-1)?.seq ?? to);
  }
  return linesOf(cohort, facts);
}
