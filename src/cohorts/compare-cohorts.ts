import { type Age, type Comparison, commonDay, comparedCohort, endOfDay } from '../metrics/comparison.ts';
import { createCalendar } from '../progress/calendar.ts';
import { frameOf } from '../progress/enrolments.ts';
import type { Cohort, Definitions } from './definitions.ts';
import type { Figures } from './figures.ts';

export interface CompareDeps {
  readonly definitions: Definitions;
  readonly figures: Figures;
  /** ms since the epoch. */
  readonly clock: () => number;
}

/**
 * Cohorts of an organisation at equal age. `day` null: the greatest that is over in all of them; `knownAt` in ms.
 * Throws `not-found` for a cohort that does not exist, or did not at `knownAt`.
 */
export type CompareCohorts = (
  org: string,
  ids: readonly string[],
  asked: { readonly day: number | null; readonly knownAt: number | null },
) => Promise<Comparison>;

/** Compares over the figures of each. */
export function createCompareCohorts({ definitions, figures, clock }: CompareDeps): CompareCohorts {
  return async (org, ids, asked) => {
    const { knownAt } = asked;
    const cohorts: (Age & { readonly cohort: Cohort })[] = [];
    const now = clock();
    for (const id of ids) {
      const cohort = await definitions.show(org, id, knownAt);
      const { definition } = cohort;
      const calendar = createCalendar(definition.timezone, definition.startsOn);
      cohorts.push({ cohort, ...frameOf(definition, calendar, now) });
    }
    const day = asked.day ?? commonDay(cohorts, now);
    const lines: Comparison['cohorts'][number][] = [];
    // One after the other: each may read a whole cohort.
    for (const each of cohorts) {
      const asOf = endOfDay(each, day);
      const found = asOf < now ? await figures.of(org, each.cohort.id, { asOf, knownAt }) : null;
      lines.push(comparedCohort(each.cohort, asOf, found?.metrics ?? null));
    }
    return {
      definitionVersion: 1,
      day,
      knownAt: knownAt === null ? null : new Date(knownAt).toISOString(),
      cohorts: lines,
    };
  };
}
