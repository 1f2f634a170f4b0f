import type { CohortProgress } from '../progress/cohort-progress.ts';
import { firstUnsatisfied } from './units.ts';

/** Leavers (dropped, withdrawn) by the first required unit that they have not satisfied (metrics.md "Funnel, pace"). */
export interface Leaving {
  /** Null: nothing required is left to satisfy, and still they did not complete. */
  readonly unit: string | null;
  readonly leavers: number;
  readonly dropped: number;
  readonly withdrawn: number;
  /** Of the leavers those who had reached the unit; the others left before it. */
  readonly reached: number;
}

/** Where people leave: a line for each required unit in the order of the path, then one for none. Adds up to all leavers. */
export function leavingOf({ frame, learners }: CohortProgress): readonly Leaving[] {
  const leavers = learners
    .filter(({ state }) => state === 'dropped' || state === 'withdrawn')
    .map((learner) => ({ learner, unit: firstUnsatisfied(learner) }));
  const lineOf = (unit: string | null): Leaving => {
    const here = leavers.filter((each) => each.unit === unit).map(({ learner }) => learner);
    return {
      unit,
      leavers: here.length,
      dropped: here.filter(({ state }) => state === 'dropped').length,
      withdrawn: here.filter(({ state }) => state === 'withdrawn').length,
      reached: here.filter(({ units }) => units.some(({ id, reached }) => id === unit && reached)).length,
    };
  };
  const required = frame.definition.units.filter((unit) => unit.required && !unit.cancelled);
  const beyond = lineOf(null);
  return [...required.map(({ id }) => lineOf(id)), ...(beyond.leavers > 0 ? [beyond] : [])];
}
