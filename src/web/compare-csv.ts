import { RATE_NAMES } from '../metrics/types.ts';
import type { ComparedView } from './compare-view.ts';
import { type CsvValue, csvText } from './csv-text.ts';

type Line = readonly CsvValue[];

/** The rates side by side, a line for each cohort and rate; shares 0..1. Empty where a cohort is not that old yet. */
export function comparisonCsv(day: number, cohorts: readonly ComparedView[]): string {
  return csvText([
    ['cohort', 'day', 'asOf', 'final', 'rate', 'numerator', 'denominator', 'value', 'lo', 'hi'],
    ...cohorts.flatMap(({ id, asOf, metrics }) =>
      RATE_NAMES.map((name): Line => {
        const rate = metrics?.rates[name];
        return [
          id,
          day,
          asOf,
          metrics?.final ?? null,
          name,
          rate?.numerator ?? null,
          rate?.denominator ?? null,
          rate?.value ?? null,
          rate?.ci95?.[0] ?? null,
          rate?.ci95?.[1] ?? null,
        ];
      }),
    ),
  ]);
}

/** The survival curves, a line for each cohort and day with a dropout. */
export function comparedCurvesCsv(cohorts: readonly ComparedView[]): string {
  const head = ['day', 'atRisk', 'events', 'survival', 'se', 'lo', 'hi', 'thin'] as const;
  return csvText([
    ['cohort', ...head],
    ...cohorts.flatMap(({ id, retention }) =>
      (retention?.curve ?? []).map((row): Line => [id, ...head.map((name) => row[name])]),
    ),
  ]);
}
