import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import { instantOf, wallTimeOf } from './wall-time.ts';

const DAY = 86_400_000;
/** Units that nothing outside names: sessions added in our pages. */
const OURS = /^urn:uuid:/;

/** A date or instant of a definition, before and after it was shifted. */
export interface ShiftedDate {
  /** `endsOn`, `breaks[0].from`, `units[2].startsAt` */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface ShiftedDefinition {
  readonly definition: CohortDefinition;
  readonly days: number;
  readonly dates: readonly ShiftedDate[];
}

/** The date so many days later, YYYY-MM-DD. */
function later(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/**
 * The definition for a next promotion: another id, title and first day, and all dates as many days later. Sessions keep
 * their time of day in the cohort's zone, whatever its clocks did meanwhile; those of ours get ids of their own.
 */
export function shiftDefinition(
  definition: CohortDefinition,
  next: Pick<CohortDefinition, 'id' | 'title' | 'startsOn'>,
  newId: () => string,
): ShiftedDefinition {
  const days = Math.round((Date.parse(next.startsOn) - Date.parse(definition.startsOn)) / DAY);
  const dates: ShiftedDate[] = [];
  const told = (path: string, before: string, after: string): string => {
    dates.push({ path, before, after });
    return after;
  };
  const date = (path: string, before: string) => told(path, before, later(before, days));
  const instant = (path: string, before: string) => {
    const { timezone } = definition;
    const wall = wallTimeOf(before, timezone);
    return told(path, before, instantOf({ ...wall, date: later(wall.date, days) }, timezone) ?? before);
  };
  const ids = new Map<string, string>();
  const unitOf = (unit: Unit, index: number): Unit => {
    const { dueOn, startsAt, endsAt } = unit;
    const at = `units[${index}]`;
    const id = OURS.test(unit.id) ? `urn:uuid:${newId()}` : unit.id;
    ids.set(unit.id, id);
    return {
      ...unit,
      id,
      ...(dueOn === undefined ? {} : { dueOn: date(`${at}.dueOn`, dueOn) }),
      ...(startsAt === undefined ? {} : { startsAt: instant(`${at}.startsAt`, startsAt) }),
      ...(endsAt === undefined ? {} : { endsAt: instant(`${at}.endsAt`, endsAt) }),
      // What was called off once is planned again.
      cancelled: false,
    };
  };
  const { endsOn, breaks, completion } = definition;
  told('startsOn', definition.startsOn, next.startsOn);
  const shifted: CohortDefinition = {
    ...definition,
    ...next,
    ...(endsOn === undefined ? {} : { endsOn: date('endsOn', endsOn) }),
    breaks: breaks.map(({ from, to }, index) => ({
      from: date(`breaks[${index}].from`, from),
      to: date(`breaks[${index}].to`, to),
    })),
    units: definition.units.map(unitOf),
    completion: {
      ...completion,
      mustSatisfy: completion.mustSatisfy.map((id) => ids.get(id) ?? id),
    },
  };
  return { definition: shifted, days, dates };
}
