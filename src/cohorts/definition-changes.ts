import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';

/** What differs between two versions of a definition. */
export type DefinitionChange =
  | {
      readonly kind: 'field';
      /** `dropout.dropAfterDays`, `title.fr`; of a unit within it: `weight`. */
      readonly path: string;
      readonly unit: Unit | null;
      /** Undefined: it was not there. */
      readonly before: unknown;
      readonly after: unknown;
    }
  | { readonly kind: 'unitAdded' | 'unitRemoved'; readonly unit: Unit }
  | { readonly kind: 'unitsMoved'; readonly units: readonly Unit[] };

/** What two versions say differently, field by field, in the order of the definition. */
export function definitionChanges(
  before: CohortDefinition,
  after: CohortDefinition,
): readonly DefinitionChange[] {
  const { units: unitsBefore, ...restBefore } = before;
  const { units: unitsAfter, ...restAfter } = after;
  const own = fieldChanges(restBefore, restAfter, null);
  const held = new Map(unitsBefore.map((unit) => [unit.id, unit]));
  const ids = new Set(unitsAfter.map(({ id }) => id));
  const ofUnits = unitsAfter.flatMap((unit): readonly DefinitionChange[] => {
    const earlier = held.get(unit.id);
    return earlier === undefined ? [{ kind: 'unitAdded', unit }] : fieldChanges(earlier, unit, unit);
  });
  const removed = unitsBefore
    .filter(({ id }) => !ids.has(id))
    .map((unit): DefinitionChange => ({ kind: 'unitRemoved', unit }));
  const stayed = unitsAfter.filter(({ id }) => held.has(id));
  const order = unitsBefore.filter(({ id }) => ids.has(id));
  const moved = stayed.some(({ id }, index) => order[index]?.id !== id);
  return [
    ...own,
    ...removed,
    ...ofUnits,
    ...(moved ? [{ kind: 'unitsMoved', units: unitsAfter } as const] : []),
  ];
}

type Fields = Readonly<Record<string, unknown>>;

/** Lists, and what has fields of people's own making, are told as a whole; other objects by their fields. */
function fieldChanges(before: Fields, after: Fields, unit: Unit | null): readonly DefinitionChange[] {
  const [one, other] = [flat(before), flat(after)];
  const paths = [...new Set([...one.keys(), ...other.keys()])];
  return paths
    .filter((path) => JSON.stringify(one.get(path)) !== JSON.stringify(other.get(path)))
    .map((path) => ({ kind: 'field', path, unit, before: one.get(path), after: other.get(path) }));
}

const WHOLE: ReadonlySet<string> = new Set(['tags', 'completion.require']);

function flat(fields: Fields, at = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [name, value] of Object.entries(fields)) {
    const path = `${at}${name}`;
    if (isFields(value) && !WHOLE.has(path))
      for (const [inner, held] of flat(value, `${path}.`)) found.set(inner, held);
    else if (value !== undefined) found.set(path, value);
  }
  return found;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
