import type { Cohort } from './definitions.ts';

/** Goes up when statements are read in another way (xapi/vocabulary): facts made before are then made anew. */
const READING = 2;

/**
 * What the facts kept of a cohort are made of, as one number that only grows: the version of its definition, and the
 * way in which statements are read. The `version` of src/storage/ports/fact-store.ts.
 */
export function editionOf({ version }: Pick<Cohort, 'version'>): number {
  return version * 1_000 + READING;
}
