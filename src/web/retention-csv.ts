import type { Retention } from '../metrics/types.ts';
import { csvText } from './csv-text.ts';

/** The survival curve as CSV; names and numbers are those of the API, shares 0..1. */
export function survivalCsv({ curve }: Retention): string {
  const head = ['day', 'atRisk', 'events', 'survival', 'se', 'lo', 'hi', 'thin'] as const;
  return csvText([head, ...curve.map((row) => head.map((name) => row[name]))]);
}

/** The outcomes as CSV; an interval is two columns. */
export function outcomesCsv({ outcomes }: Retention): string {
  const shares = ['dropped', 'completed', 'stillIn'] as const;
  return csvText([
    ['day', ...shares.flatMap((name) => [name, `${name}Lo`, `${name}Hi`]), 'atRisk', 'thin'],
    ...outcomes.map((row) => [
      row.day,
      ...shares.flatMap((name) => [row[name], row.ci95[name]?.[0] ?? null, row.ci95[name]?.[1] ?? null]),
      row.atRisk,
      row.thin,
    ]),
  ]);
}
