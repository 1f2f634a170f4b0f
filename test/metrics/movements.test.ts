import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOVEMENTS, type Movements, movementsOf } from '../../src/metrics/movements.ts';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { cohorts } from '../support/arbitraries.ts';
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

const DAY = 86_400_000;

/** Who moved how, by learner. */
function moved(movements: Movements): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    MOVEMENTS.flatMap((each) =>
      movements[each].length === 0
        ? []
        : [[each, movements[each].map(({ enrolment }) => enrolment.learnerId)]],
    ),
  );
}

function between(
  from: number,
  to: number,
  tellings: readonly Told[],
  changes: readonly ReturnType<typeof enrolled>[],
) {
  const definition = cohortOf({ dropout: { alertAfterDays: 5, dropAfterDays: 10 } });
  const identities = changes.map(({ learnerId }) => identityOf(learnerId));
  const records = { definition, changes, identities, facts: factsOf(definition, tellings) };
  return moved(movementsOf(cohortProgress(records, from, null), cohortProgress(records, to, null)));
}

describe('the movements between two instants', () => {
  it('are told by the states alone: dropped, back, completed, gone, arrived', () => {
    const act = (by: string, day: number, verb: string = VERB.attempted) =>
      told(verb, unit('a'), at(day), { by });
    const changes = [
      enrolled('drops'),
      enrolled('returns'),
      enrolled('completes'),
      enrolled('leaves', { endedAt: at(16), reason: 'withdrawn' }),
      enrolled('moves', { endedAt: at(16), reason: 'transferred' }),
      enrolled('arrives', { enrolledAt: at(16) }),
      enrolled('stays'),
    ];
    const tellings = [
      act('drops', 5),
      act('returns', 1),
      act('returns', 17),
      act('completes', 12),
      act('completes', 16, VERB.completed),
      act('stays', 13),
      act('stays', 17),
    ];
    expect(between(at(14), at(18), tellings, changes)).toEqual({
      dropped: ['drops'],
      back: ['returns'],
      completed: ['completes'],
      withdrawn: ['leaves'],
      transferred: ['moves'],
      arrived: ['arrives'],
    });
  });

  it('whoever was excluded is in none', () => {
    const changes = [enrolled('ana', { enrolledAt: at(16), endedAt: at(17), reason: 'excluded' })];
    expect(between(at(14), at(18), [], changes)).toEqual({});
  });

  it('explain the difference of every count of states, always', () => {
    fc.assert(
      fc.property(cohorts, ({ definition, enrolments, told: tellings, asOf }) => {
        const identities = [...new Set(enrolments.map(({ learnerId }) => learnerId))].map((id) =>
          identityOf(id),
        );
        const facts = factsOf(definition, tellings);
        const records = { org: 'o', definition, changes: enrolments, identities, facts };
        const before = cohortProgress(records, asOf - 7 * DAY, null);
        const now = cohortProgress(records, asOf, null);
        const movements = movementsOf(before, now);
        const was = new Map(before.learners.map(({ enrolment, state }) => [enrolment.id, state]));
        expect(movements.arrived.length).toBe(
          now.learners.filter(({ enrolment }) => !was.has(enrolment.id)).length,
        );
        for (const state of ['dropped', 'completed', 'withdrawn', 'transferred'] as const) {
          const isNew = now.learners.filter(
            (each) => each.state === state && was.get(each.enrolment.id) !== state,
          );
          expect(movements[state]).toEqual(isNew);
        }
      }),
      { numRuns: 200 },
    );
  });
});
