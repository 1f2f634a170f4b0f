import { createHash } from 'node:crypto';
import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import type { UnitContent } from '../../config/unit-content.ts';

/** A unit that is a page of ours. */
export type OwnUnit = Unit & { readonly content: UnitContent };

export function isOwnUnit(unit: Unit): unit is OwnUnit {
  return unit.content !== undefined;
}

/** What stands for a unit in addresses: the same wherever the unit stands in its cohort. */
export function unitKey(unitId: string): string {
  return createHash('sha256').update(unitId).digest('base64url').slice(0, 16);
}

/** The unit of ours that a key stands for; undefined for any other. */
export function ownUnit({ units }: CohortDefinition, key: string): OwnUnit | undefined {
  return units.filter(isOwnUnit).find(({ id }) => unitKey(id) === key);
}
