import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { createProgressMemory } from '../../src/progress/progress-memory.ts';
import { cohorts, instants, LEARNERS } from '../support/arbitraries.ts';
import { at, cohortOf, enrolled, factsOf, identityOf, told, unit, VERB } from '../support/scene.ts';

const HOUR = 3_600_000;

describe('progress from memory', () => {
  it('is what it would be if nothing were remembered, as time passes and facts, voids and enrolments come', () => {
    const identities = LEARNERS.map((who) => identityOf(who));
    const moment = fc.record({
      asOf: instants,
      minutes: fc.nat({ max: 1_500 }),
      facts: fc.nat(),
      changes: fc.nat(),
    });
    fc.assert(
      fc.property(cohorts, fc.array(moment, { minLength: 2, maxLength: 8 }), (scene, moments) => {
        const { definition } = scene;
        const memory = createProgressMemory();
        const facts = factsOf(definition, scene.told);
        const asked = moments.flatMap(({ asOf, minutes, ...known }) => [
          { ...known, asOf },
          { ...known, asOf: asOf + minutes * 60_000 },
        ]);
        for (const { asOf, facts: last, changes } of asked) {
          const records = {
            definition,
            identities,
            changes: scene.enrolments.slice(0, changes % (scene.enrolments.length + 1)),
            facts: facts
              .slice(0, last % (facts.length + 1))
              .map((fact, index) => (index % 5 === last % 7 ? { ...fact, voidedAt: 1 } : fact)),
          };
          expect(cohortProgress(records, asOf, null, memory).learners).toEqual(
            cohortProgress(records, asOf, null).learners,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is not computed again while only minutes pass, and is when a session ends, a fact is due or a day is over', () => {
    const definition = cohortOf({
      units: [
        { id: unit('a') },
        {
          id: unit('s'),
          satisfiedBy: 'Attended',
          startsAt: '2026-01-08T09:00:00Z',
          endsAt: '2026-01-08T11:00:00Z',
        },
      ],
    });
    const records = {
      definition,
      identities: [identityOf('ana')],
      changes: [enrolled()],
      facts: factsOf(definition, [
        told(VERB.completed, unit('a'), at(1)),
        told(VERB.viewed, unit('a'), at(3, 14)),
      ]),
    };
    const memory = createProgressMemory();
    const unitsAt = (instant: number) => cohortProgress(records, instant, null, memory).learners[0]?.units;
    const first = unitsAt(at(3, 8));
    expect(unitsAt(at(3, 8) + HOUR)).toBe(first);
    const afterSession = unitsAt(at(3, 11));
    expect(afterSession).not.toBe(first);
    expect(unitsAt(at(3, 13))).toBe(afterSession);
    const afterFact = unitsAt(at(3, 14));
    expect(afterFact).not.toBe(afterSession);
    expect(unitsAt(at(3, 23))).toBe(afterFact);
    expect(unitsAt(at(4, 0))).not.toBe(afterFact);
  });
});
