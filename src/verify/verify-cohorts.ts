import { isDeepStrictEqual } from 'node:util';
import type { Definitions } from '../cohorts/definitions.ts';
import type { CohortFigures, Figures, Instants } from '../cohorts/figures.ts';
import { CLOCKS, POPULATIONS } from '../metrics/types.ts';

/** A figure kept that a recomputation from the statements does not confirm. */
export interface FigureDifference {
  /** `metrics.counts.completed`, `rows[3].state`, `retention(cohort, started).curve[2].survival` */
  readonly figure: string;
  readonly kept: unknown;
  readonly recomputed: unknown;
}

export interface CohortVerdict {
  readonly cohortId: string;
  readonly differences: readonly FigureDifference[];
}

/** How many differences of a cohort are told. */
const MOST = 20;

/**
 * Recomputes all figures of cohorts from the statements and compares them with what is kept (metrics.md "Order does not
 * matter"). `head` (ms) is when the newest statement was stored: what comes meanwhile is left out of both sides.
 */
export async function* verifyCohorts(
  { definitions, figures }: { readonly definitions: Definitions; readonly figures: Figures },
  org: string,
  cohortId: string | null,
  head: number,
  clock: () => number,
): AsyncIterable<CohortVerdict> {
  const cohorts =
    cohortId === null ? await definitions.list(org) : [await definitions.show(org, cohortId, null)];
  for (const { id } of cohorts) {
    const now = clock();
    const instants: Instants = { asOf: now, knownAt: Math.max(head, now) };
    const kept = await figures.of(org, id, instants);
    const again = await figures.recomputed(org, id, instants);
    yield { cohortId: id, differences: differencesOf(allOf(kept), allOf(again)).slice(0, MOST) };
  }
}

function allOf({ metrics, rows, retention }: CohortFigures): Readonly<Record<string, unknown>> {
  const asked = CLOCKS.flatMap((clock) => POPULATIONS.map((population) => ({ clock, population })));
  return {
    metrics,
    rows,
    ...Object.fromEntries(
      asked.map((each) => [`retention(${each.clock}, ${each.population})`, retention(each)]),
    ),
  };
}

/** The innermost values in which two differ. */
export function differencesOf(kept: unknown, recomputed: unknown, path = ''): readonly FigureDifference[] {
  if (isDeepStrictEqual(kept, recomputed)) return [];
  if (!isBranch(kept) || !isBranch(recomputed) || Array.isArray(kept) !== Array.isArray(recomputed))
    return [{ figure: path, kept: kept ?? null, recomputed: recomputed ?? null }];
  const [one, other] = [new Map(Object.entries(kept)), new Map(Object.entries(recomputed))];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) =>
    differencesOf(one.get(key), other.get(key), step(path, key, Array.isArray(kept))),
  );
}

function step(path: string, key: string, isArray: boolean): string {
  if (isArray) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
