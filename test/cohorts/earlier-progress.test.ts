import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cohort } from '../../src/cohorts/definitions.ts';
import { createEarlierProgress } from '../../src/cohorts/earlier-progress.ts';
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

const cohort = (definition: ReturnType<typeof cohortOf>): Cohort => ({
  org: 'o',
  id: 'c',
  version: 1,
  definition,
  recordedAt: 0,
});
const recordsOf = (
  definition: ReturnType<typeof cohortOf>,
  changes: readonly ReturnType<typeof enrolled>[],
  tellings: readonly Told[],
) => ({
  org: 'o',
  definition,
  changes,
  identities: [...new Set(changes.map(({ learnerId }) => learnerId))].map((id) => identityOf(id)),
  links: [],
  rules: [],
  learners: [],
  facts: factsOf(definition, tellings),
});
const statesOf = ({ learners }: ReturnType<typeof cohortProgress>) =>
  learners.map(({ enrolment, state, since, acts, completedAt }) => [
    enrolment,
    state,
    since,
    acts,
    completedAt,
  ]);

describe('progress at an earlier instant', () => {
  it('is what it would be computed anew, whatever came since it was asked for, always', () => {
    fc.assert(
      fc.property(cohorts, fc.nat(), ({ definition, enrolments, told: tellings, asOf }, some) => {
        const earlier = createEarlierProgress();
        for (const count of [some % (tellings.length + 1), tellings.length]) {
          const records = recordsOf(definition, enrolments, tellings.slice(0, count));
          const remembered = earlier.of(cohort(definition), records, asOf);
          expect(statesOf(remembered)).toEqual(statesOf(cohortProgress(records, asOf, null)));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is not computed again for what happens later, and is for what arrives late, or is voided', () => {
    const definition = cohortOf();
    const tellings = [told(VERB.attempted, unit('a'), at(1)), told(VERB.completed, unit('a'), at(9))];
    const earlier = createEarlierProgress();
    const ask = (list: readonly Told[], changes = [enrolled()]) =>
      earlier.of(cohort(definition), recordsOf(definition, changes, list), at(5));
    const first = ask(tellings);
    expect(ask([...tellings, told(VERB.attempted, unit('a'), at(10))])).toBe(first);
    expect(ask([...tellings, told(VERB.attempted, unit('a'), at(2))])).not.toBe(first);
    const voided = tellings.map((each) => ({ ...each, voidedAt: at(11) }));
    expect(ask(voided).learners[0]?.state).toBe('notStarted');
    expect(ask(voided, [enrolled('ana', { endedAt: at(3) })]).learners[0]?.state).toBe('withdrawn');
  });
});
