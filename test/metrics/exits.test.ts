import { describe, expect, it } from 'vitest';
import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';
import { exitsOf, horizonOf } from '../../src/metrics/exits.ts';
import { createCalendar } from '../../src/progress/calendar.ts';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { frameOf } from '../../src/progress/enrolments.ts';
import {
  at,
  cohortOf,
  enrolled,
  factsOf,
  identityOf,
  STARTS_ON,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

const dropping = (dropAfterDays: number | null, change: Partial<CohortDefinitionInput> = {}) =>
  cohortOf({ dropout: { dropAfterDays }, ...change });
const horizon = (definition: ReturnType<typeof cohortOf>, day: number) =>
  horizonOf(frameOf(definition, createCalendar('UTC', STARTS_ON), at(day)));

describe('how far dropouts can be known', () => {
  it('until today without an inactivity rule, else until the first day of a silence that is long enough by now', () => {
    expect(horizon(dropping(null), 40)).toEqual({ knownThrough: 40, horizon: 40 });
    expect(horizon(dropping(10), 40)).toEqual({ knownThrough: 31, horizon: 31 });
    expect(horizon(dropping(10), 5)).toEqual({ knownThrough: 0, horizon: 0 });
  });
  it('when closed the horizon is the closing day', () => {
    const closing = dropping(10, { endsOn: '2026-01-25', graceDays: 0 });
    expect(horizon(closing, 60)).toEqual({ knownThrough: 11, horizon: 20 });
  });
  it('days of breaks are no silence', () => {
    const breaks = [{ from: '2026-02-04', to: '2026-02-08' }]; // days 30 to 34
    expect(horizon(dropping(10, { breaks }), 40).knownThrough).toBe(26);
    const early = [{ from: '2026-01-04', to: '2026-01-10' }]; // days -1 to 5
    expect(horizon(dropping(10, { breaks: early }), 12).knownThrough).toBe(0);
  });
});

describe('exits of who started', () => {
  const act = (by: string, day: number) => told(VERB.attempted, unit('a'), at(day), { by });
  const exit = (enrolment: Parameters<typeof enrolled>[1], days: readonly number[], completed?: number) => {
    const definition = dropping(10);
    const tellings = days.map((day) => act('ana', day));
    if (completed !== undefined) tellings.push(told(VERB.completed, unit('a'), at(completed)));
    const facts = factsOf(definition, tellings);
    const records = {
      definition,
      changes: [enrolled('ana', enrolment)],
      identities: [identityOf('ana')],
      facts,
    };
    return exitsOf(cohortProgress(records, at(40), null), 'started')[0];
  };
  it('dropout on the drop day, the day after the last act', () => {
    expect(exit({}, [2, 5])).toMatchObject({ entry: 2, day: 6, event: 'dropout' });
  });
  it('withdrawn on the day of the ending, unless they had left before', () => {
    expect(exit({ endedAt: at(9), reason: 'withdrawn' }, [2])).toMatchObject({
      entry: 2,
      day: 9,
      event: 'dropout',
    });
    expect(exit({ endedAt: at(12), reason: 'withdrawn' }, [2])).toMatchObject({
      entry: 2,
      day: 3,
      event: 'dropout',
    });
    expect(exit({ endedAt: at(12), reason: 'transferred' }, [2])).toMatchObject({
      entry: 2,
      day: 3,
      event: 'dropout',
    });
    expect(exit({ endedAt: at(2, 20), reason: 'withdrawn' }, [2])).toMatchObject({
      entry: 2,
      day: 3,
      event: 'dropout',
    });
  });
  it('transferred are censored, completed complete, nobody before the day after they started', () => {
    expect(exit({ endedAt: at(9), reason: 'transferred' }, [2])).toMatchObject({
      entry: 2,
      day: 9,
      event: 'censored',
    });
    expect(exit({}, [2], 4)).toMatchObject({ entry: 2, day: 4, event: 'completion' });
    expect(exit({}, [], 4)).toMatchObject({ entry: 4, day: 5, event: 'completion' });
  });
  it('who ended by entry is not in the population, nor who never acted', () => {
    expect(exit({ enrolledAt: at(3), endedAt: at(3, 20), reason: 'withdrawn' }, [1])).toBeUndefined();
    expect(exit({}, [])).toBeUndefined();
  });
  it('what happens after the horizon is censored there', () => {
    expect(exit({}, [2, 30], 35)).toMatchObject({ entry: 2, day: 31, event: 'censored' });
    expect(exit({}, [35])).toMatchObject({ entry: 35, day: 31, event: 'censored' });
  });
});
