import type { EvidenceOf } from '../../xapi/forwarding/matching.ts';
import { readKept } from '../../xapi/vocabulary/read-kept.ts';
import { place, placesOf } from '../progress/place.ts';
import type { Definitions } from './definitions.ts';

/** Evidence of any of the cohorts; one that is unknown or removed has none. */
export function createEvidenceOf(definitions: Pick<Definitions, 'list'>): EvidenceOf {
  return async (org, cohorts) => {
    const wanted = new Set(cohorts);
    const places = (await definitions.list(org))
      .filter(({ id }) => wanted.has(id))
      .map(({ definition }) => placesOf(org, definition));
    return (kept) => {
      const event = readKept(kept);
      return event !== null && places.some((each) => place(event, each) !== null);
    };
  };
}
