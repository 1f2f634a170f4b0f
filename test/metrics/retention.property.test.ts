import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Exit, exitsOf, horizonOf } from '../../src/metrics/exits.ts';
import { outcomesOf } from '../../src/metrics/outcomes.ts';
import { retentionOf } from '../../src/metrics/retention.ts';
import { survivalAt, survivalCurve } from '../../src/metrics/survival.ts';
import { CLOCKS, type Clock, POPULATIONS, type Population, type Retention } from '../../src/metrics/types.ts';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { cohorts, instants, LEARNERS, ORIGIN } from '../support/arbitraries.ts';
import { factsOf, identityOf, type Scene } from '../support/scene.ts';

type Cohort = Required<Pick<Scene, 'definition' | 'enrolments' | 'told' | 'asOf'>>;
const identities = LEARNERS.map((who) => identityOf(who));
const runs = { numRuns: 60 };
const clocks = fc.constantFrom(...CLOCKS);
const populations = fc.constantFrom(...POPULATIONS);

function progressOf({ definition, enrolments, told, asOf }: Cohort) {
  const facts = factsOf(definition, told);
  return cohortProgress({ definition, changes: enrolments, identities, facts }, asOf, null);
}

function ask(scene: Cohort, clock: Clock, population: Population): Retention {
  return retentionOf(progressOf(scene), { clock, population }, { cohortVersion: 1, knownAt: null });
}

/** The same cohort without a rule of inactivity. */
function withoutRule(scene: Cohort): Cohort {
  const { dropout } = scene.definition;
  return { ...scene, definition: { ...scene.definition, dropout: { ...dropout, dropAfterDays: null } } };
}

/** Generated cohorts where everybody was enrolled before day 0, once, whatever statements tell, and nobody is transferred. */
const fromTheStart = cohorts.map((scene) => ({
  ...scene,
  told: scene.told.filter(({ standings }) => !standings),
  enrolments: scene.enrolments
    .filter(({ enrolmentId }) => enrolmentId.endsWith('-1'))
    .map((change) => ({
      ...change,
      enrolledAt: ORIGIN - 86_400_000,
      reason: change.reason === 'transferred' ? ('withdrawn' as const) : change.reason,
    })),
}));

/** Exits of a larger population, of any kind: also of people who leave before they are observed. */
const populationOfExits: fc.Arbitrary<readonly Exit[]> = fc.array(
  fc
    .record({
      entry: fc.nat({ max: 12 }),
      after: fc.integer({ min: -2, max: 25 }),
      event: fc.constantFrom<Exit['event']>('dropout', 'completion', 'censored'),
    })
    .map(({ entry, after, event }) => ({
      entry,
      day: Math.min(30, event === 'censored' ? entry + after : entry + Math.max(1, after)),
      event,
      horizon: 30,
    })),
  { maxLength: 40, size: 'max' },
);

/** What can be asked of a generated cohort. */
const asked = fc.tuple(cohorts, clocks, populations);

describe('retention and outcomes, whatever happened', () => {
  it('dropped, completed and still in are shares that add up to 1 on every day', () => {
    fc.assert(
      fc.property(asked, ([scene, clock, population]) => {
        for (const { dropped, completed, stillIn } of ask(scene, clock, population).outcomes) {
          expect(Math.abs(dropped + completed + stillIn - 1)).toBeLessThan(1e-12);
          for (const share of [dropped, completed, stillIn])
            expect(share >= 0 && share <= 1 + 1e-12).toBe(true);
        }
      }),
      runs,
    );
  });
  it('survival and still in never rise, dropped and completed never fall, days ascend within the horizon', () => {
    fc.assert(
      fc.property(asked, ([scene, clock, population]) => {
        const { curve, outcomes, horizon } = ask(scene, clock, population);
        for (const [index, row] of curve.entries()) {
          expect(row.survival).toBeLessThanOrEqual(curve[index - 1]?.survival ?? 1);
          expect(row.day).toBeGreaterThan(curve[index - 1]?.day ?? 0);
          expect(row.day).toBeLessThanOrEqual(horizon);
          expect(row.events).toBeGreaterThan(0);
          expect(row.atRisk).toBeGreaterThanOrEqual(row.events);
        }
        for (const [index, row] of outcomes.entries()) {
          const before = outcomes[index - 1];
          expect(row.stillIn).toBeLessThanOrEqual(before?.stillIn ?? 1);
          expect(row.dropped).toBeGreaterThanOrEqual(before?.dropped ?? 0);
          expect(row.completed).toBeGreaterThanOrEqual(before?.completed ?? 0);
        }
      }),
      runs,
    );
  });
  it('intervals hold their value and stay within 0 and 1; none is given at 0 and 1', () => {
    fc.assert(
      fc.property(asked, ([scene, clock, population]) => {
        const { curve, outcomes } = ask(scene, clock, population);
        for (const { survival, se, lo, hi } of curve) {
          expect(se === null).toBe(survival === 0);
          expect(lo === null).toBe(survival === 0 || survival === 1);
          if (lo !== null && hi !== null)
            expect(0 <= lo && lo <= survival && survival <= hi && hi <= 1).toBe(true);
        }
        for (const { ci95, ...row } of outcomes)
          for (const name of ['dropped', 'completed', 'stillIn'] as const) {
            const bounds = ci95[name];
            expect(bounds === null).toBe(row[name] <= 0 || row[name] >= 1);
            if (bounds)
              expect(
                0 <= bounds[0] && bounds[0] <= row[name] && row[name] <= bounds[1] && bounds[1] <= 1,
              ).toBe(true);
          }
      }),
      runs,
    );
  });
  it('every dropout and completion lies after the entry and not past the horizon', () => {
    fc.assert(
      fc.property(asked, ([scene, clock, population]) => {
        const progress = progressOf(scene);
        const { horizon } = horizonOf(progress.frame);
        for (const exit of exitsOf(progress, population, clock)) {
          expect(exit.day).toBeLessThanOrEqual(exit.horizon);
          if (exit.event !== 'censored') expect(exit.day).toBeGreaterThan(exit.entry);
          if (clock === 'cohort') expect(exit.horizon).toBe(horizon);
        }
      }),
      runs,
    );
  });
  it('everybody enrolled is observed or reported beside', () => {
    fc.assert(
      fc.property(cohorts, clocks, (scene, clock) => {
        const { n, withdrawnBeforeStart, transferredBeforeStart } = ask(scene, clock, 'enrolled');
        expect(n + withdrawnBeforeStart + transferredBeforeStart).toBe(progressOf(scene).learners.length);
        expect(ask(scene, clock, 'started').n).toBeLessThanOrEqual(n);
      }),
      runs,
    );
  });
  it('is the closed form where everybody was there from day 0 and nobody was censored before', () => {
    fc.assert(
      fc.property(fromTheStart, (scene) => {
        const exits = exitsOf(progressOf(scene), 'enrolled');
        const { curve, outcomes } = ask(scene, 'cohort', 'enrolled');
        const upTo = (day: number, kind: 'dropout' | 'completion') =>
          exits.filter((exit) => exit.event === kind && exit.day <= day).length / exits.length;
        for (const { day, survival } of curve) expect(survival).toBeCloseTo(1 - upTo(day, 'dropout'), 10);
        for (const { day, dropped, completed } of outcomes) {
          expect(dropped).toBeCloseTo(upTo(day, 'dropout'), 10);
          expect(completed).toBeCloseTo(upTo(day, 'completion'), 10);
        }
      }),
      runs,
    );
  });
  it('both clocks agree where everybody enters on day 0', () => {
    fc.assert(
      fc.property(fromTheStart, populations, (scene, population) => {
        const { clock: _, ...byCohort } = ask(scene, 'cohort', population);
        expect(ask(scene, 'learner', population)).toEqual({ ...byCohort, clock: 'learner' });
      }),
      runs,
    );
  });
  it('the order of what was recorded changes nothing', () => {
    fc.assert(
      fc.property(asked, ([scene, clock, population]) => {
        const turned = {
          ...scene,
          enrolments: [...scene.enrolments].reverse(),
          told: [...scene.told, ...scene.told].reverse(),
        };
        expect(ask(turned, clock, population)).toEqual(ask(scene, clock, population));
      }),
      runs,
    );
  });
  it('without a rule of inactivity, S on a day that is over is the same at any later T', () => {
    fc.assert(
      fc.property(asked, instants, ([scene, clock, population], other) => {
        const sooner = { ...withoutRule(scene), asOf: Math.min(scene.asOf, other) };
        const later = { ...withoutRule(scene), asOf: Math.max(scene.asOf, other) };
        const before = ask(sooner, clock, population);
        const after = ask(later, clock, population);
        // By the learner's clock, late entrants have not reached the day yet: that changes S.
        if (clock === 'learner' && progressOf(later).learners.some(({ enrolment }) => enrolment.entry > 0))
          return;
        const { frame } = progressOf(sooner);
        for (let day = 0; day < Math.min(frame.today, before.horizon); day += 1)
          expect(survivalAt(before.curve, day)).toBeCloseTo(survivalAt(after.curve, day), 12);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the estimators, over any population', () => {
  it('share everybody out, and let nobody return', () => {
    fc.assert(
      fc.property(populationOfExits, (exits) => {
        let before = { dropped: 0, completed: 0, stillIn: 1 };
        for (const row of outcomesOf(exits)) {
          expect(Math.abs(row.dropped + row.completed + row.stillIn - 1)).toBeLessThan(1e-12);
          expect(row.dropped >= before.dropped && row.completed >= before.completed).toBe(true);
          expect(row.stillIn <= before.stillIn && row.stillIn >= 0).toBe(true);
          before = row;
        }
      }),
    );
  });
  it('agree where nothing competes', () => {
    fc.assert(
      fc.property(populationOfExits, (all) => {
        const exits = all.filter(({ event }) => event !== 'completion');
        const curve = survivalCurve(exits);
        for (const [index, row] of outcomesOf(exits).entries()) {
          expect(row.day).toBe(curve[index]?.day);
          expect(row.stillIn).toBeCloseTo(curve[index]?.survival ?? Number.NaN, 10);
          expect(row.dropped).toBeCloseTo(1 - (curve[index]?.survival ?? Number.NaN), 10);
        }
      }),
    );
  });
  it('count those at risk as the definition says: entry < day <= exit', () => {
    fc.assert(
      fc.property(populationOfExits, (exits) => {
        for (const { day, atRisk, thin } of outcomesOf(exits)) {
          expect(atRisk).toBe(exits.filter((each) => each.entry < day && day <= each.day).length);
          expect(thin).toBe(atRisk < 10);
        }
      }),
    );
  });
});
