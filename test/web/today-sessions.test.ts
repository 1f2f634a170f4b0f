import { describe, expect, it } from 'vitest';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { todaySessions } from '../../src/web/today-sessions.ts';
import {
  at,
  cohortOf,
  enrolled,
  factsOf,
  identityOf,
  type Told,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

const session = (name: string, day: number, change: object = {}) => ({
  id: unit(name),
  satisfiedBy: 'Attended' as const,
  startsAt: new Date(at(day, 9)).toISOString(),
  endsAt: new Date(at(day, 11)).toISOString(),
  ...change,
});
const definition = cohortOf({
  units: [
    session('older', 1),
    session('unkept', 4),
    session('kept', 5),
    session('traced', 6),
    session('cancelled', 7, { cancelled: true }),
    session('morning', 10),
    session('evening', 10, {
      startsAt: new Date(at(10, 18)).toISOString(),
      endsAt: new Date(at(10, 20)).toISOString(),
    }),
    session('tomorrow', 11),
  ],
});

function shown(asOf: number, tellings: readonly Told[]) {
  const facts = factsOf(definition, tellings);
  const records = {
    definition,
    changes: [enrolled('ana'), enrolled('bob')],
    identities: ['ana', 'bob'].map((id) => identityOf(id)),
    facts,
  };
  const progress = cohortProgress(records, asOf, null);
  return todaySessions({ definition, progress, facts }).map(
    ({ unit: { id }, today, unkept, noted, enrolled: people }) => [
      id.replace(/.*\//, ''),
      today ? 'today' : 'earlier',
      unkept ? 'unkept' : `${noted} of ${people}`,
    ],
  );
}

describe('the sessions of the day', () => {
  const register = (name: string, day: number, by: string) =>
    told(VERB.attended, unit(name), at(day, 11), { by, standings: true });
  const tellings = [register('kept', 5, 'ana'), told(VERB.joined, unit('traced'), at(6, 9), { by: 'ana' })];

  it('are today’s, and those of the last seven days of which nothing is known of anybody', () => {
    expect(shown(at(10, 8), tellings)).toEqual([
      ['unkept', 'earlier', 'unkept'],
      ['morning', 'today', '0 of 2'],
      ['evening', 'today', '0 of 2'],
    ]);
  });
  it('want their register once they are over, until somebody is in it', () => {
    expect(shown(at(10, 12), tellings)).toContainEqual(['morning', 'today', 'unkept']);
    expect(shown(at(10, 12), [...tellings, register('morning', 10, 'bob')])).toContainEqual([
      'morning',
      'today',
      '1 of 2',
    ]);
  });
});
