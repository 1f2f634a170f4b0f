import { type Age, type Comparison, commonDay, comparedCohort, endOfDay } from '../metrics/comparison.ts';
import { createCalendar } from '../progress/calendar.ts';
import { frameOf } from '../progress/enrolments.ts';
import type { Cohort, Definitions } from './definitions.ts';
import type { CohortFigures, Figures } from './figures.ts';

export interface CompareDeps {
  readonly definitions: Definitions;
  readonly figures: Figures;
  /** ms since the epoch. */
  readonly clock: () => number;
}

interface Asked {
  /** Null: the greatest that is over in all of them. */
  readonly day: number | null;
  /** ms. */
  readonly knownAt: number | null;
}

/** A cohort at the age that is compared, with all its figures; null where that day is not over. */
export interface AgedCohort {
  readonly cohort: Cohort;
  /** The end of the compared day in the cohort's zone, ms. */
  readonly asOf: number;
  readonly figures: CohortFigures | null;
}

/**
 * Cohorts of an organisation at equal age. Throws `not-found` for a cohort that does not exist, or did not at `knownAt`.
 */
export type CohortsAtAge = (
  org: string,
  ids: readonly string[],
  asked: Asked,
) => Promise<{ readonly day: number; readonly cohorts: readonly AgedCohort[] }>;

/** The same as lines of figures that can be written as JSON. */
export type CompareCohorts = (org: string, ids: readonly string[], asked: Asked) => Promise<Comparison>;

/** Brings cohorts to the same age over the figures of each. */
export function createCohortsAtAge({ definitions, figures, clock }: CompareDeps): CohortsAtAge {
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
    const aged: AgedCohort[] = [];
    // One after the other: each may read a whole cohort.
    for (const each of cohorts) {
      const asOf = endOfDay(each, day);
      const found = asOf < now ? await figures.of(org, each.cohort.id, { asOf, knownAt }) : null;
      aged.push({ cohort: each.cohort, asOf, figures: found });
    }
    return { day, cohorts: aged };
  };
}

/** Compares over cohorts that were brought to the same age. */
export function createCompareCohorts(deps: CompareDeps): CompareCohorts {
  const cohortsAtAge = createCohortsAtAge(deps);
  return async (org, ids, asked) => {
    const { day, cohorts } = await cohortsAtAge(org, ids, asked);
    const { knownAt } = asked;
    return {
      definitionVersion: 1,
      day,
      knownAt: knownAt === null ? null : new Date(knownAt).toISOString(),
      cohorts: cohorts.map(({ cohort, asOf, figures }) =>
        comparedCohort(cohort, asOf, figures?.metrics ?? null),
      ),
    };
  };
}
