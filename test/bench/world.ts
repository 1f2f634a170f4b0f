import { load } from './load.ts';
import type { Product } from './product.ts';
import { benchStatement } from './statements.ts';

/** What the figures are of: many learners in many courses; the cohort that is asked about is course 1. */
export const WORLD = { learners: 5_000, courses: 50 };
export const LMS = 'https://moodle.example.org';
export const BATCH = 50;

export function statementsFrom(first: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => benchStatement(first + index, WORLD));
}

export function inBatches(texts: readonly string[]): readonly (readonly string[])[] {
  const batches: (readonly string[])[] = [];
  for (let from = 0; from < texts.length; from += BATCH) batches.push(texts.slice(from, from + BATCH));
  return batches;
}

export const bodyOf = (batch: readonly string[]): string => `[${batch.join(',')}]`;

/** Sends statements `from` up to `upTo` of the made-up stream. */
export async function fill(product: Product, from: number, upTo: number): Promise<void> {
  for (let first = from; first < upTo; first += 20_000) {
    const bodies = inBatches(statementsFrom(first, Math.min(20_000, upTo - first))).map(bodyOf);
    await load(`${product.url}/xapi/statements`, product.headers, bodies, 4);
  }
}
