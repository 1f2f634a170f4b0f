import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortMetrics } from '../../src/metrics/cohort-metrics.ts';
import { learnerRows } from '../../src/metrics/learner-rows.ts';
import { retentionOf } from '../../src/metrics/retention.ts';
import { ALERTS, CLOCKS, POPULATIONS, STATES } from '../../src/metrics/types.ts';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { factsOf } from '../support/scene.ts';
import { naively } from './cohort.ts';
import { happenings } from './happenings.ts';
import { type NaiveScene, scenes } from './scenes.ts';

/** More with ASSIDU_NAIVE_RUNS=5000 npx vitest run test/naive. */
const numRuns = Number(process.env.ASSIDU_NAIVE_RUNS ?? 150);
/** About 40 ms a cohort where the machine is busy. */
const timeout = 20_000 + 100 * numRuns;

/** What the product answers to all that can be asked. */
function answered(scene: NaiveScene) {
  const { definition, told, asOf, knownAt } = scene;
  const facts = factsOf(definition, told);
  const progress = cohortProgress({ ...scene, org: 'o', facts }, asOf, knownAt);
  const versions = { cohortVersion: 1, knownAt };
  return {
    figures: cohortMetrics(progress, versions),
    rows: learnerRows(progress, (learnerId) => ({ actor: {}, name: learnerId })),
    retention: CLOCKS.flatMap((clock) =>
      POPULATIONS.map((population) => retentionOf(progress, { clock, population }, versions)),
    ),
  };
}

/** Whether a session has register entries with different timestamps; those of the product are of the session's end. */
function hasRegistersOfTwoTimes({ told }: NaiveScene): boolean {
  const times = new Map<string, number>();
  return told.some(({ statement, at }) => {
    if (!/(attended|absent|excused)$/.test(statement.verb.id) || !('id' in statement.object)) return false;
    const first = times.get(statement.object.id) ?? at;
    times.set(statement.object.id, first);
    return first !== at;
  });
}

describe('the product and a naive reading of metrics.md', () => {
  it(
    'give the same answers to all that is asked, whatever happened',
    () => {
      fc.assert(
        fc.property(scenes, (scene) => {
          const naive = naively(scene, scene.asOf, scene.knownAt);
          const product = answered(scene);
          const rows = product.rows.map(
            ({ enrolmentId: _, actor: __, name: ___, since: ____, ...row }) => row,
          );
          expect(inOrder(rows)).toEqual(inOrder(naive.rows.map(({ person: _, ...row }) => row)));
          expectSame(product.figures, naive.figures);
          for (const [index, retention] of product.retention.entries())
            expectSame(retention, naive.retention[index]);
        }),
        { numRuns },
      );
    },
    timeout,
  );
  it(
    'know since when the present state has held: at that instant it did, just before it did not',
    () => {
      fc.assert(
        fc.property(scenes, (scene) => {
          // Between the times of two register entries the first still holds, which afterwards never was an act.
          fc.pre(!hasRegistersOfTwoTimes(scene));
          const { learners, rows, stateAt } = naively(scene, scene.asOf, scene.knownAt);
          const product = answered(scene).rows;
          for (const [index, learner] of learners.entries()) {
            const { state, enrolledAt } = rows[index] ?? {};
            // Two may begin at the same instant and be in the same state: one of them is meant.
            const since = product
              .filter((row) => row.enrolledAt === enrolledAt && row.state === state)
              .map((row) => Date.parse(row.since));
            expect(
              since.filter((at) => stateAt(learner, at) === state && stateAt(learner, at - 1) !== state),
            ).not.toEqual([]);
          }
        }),
        { numRuns: Math.ceil(numRuns / 2) },
      );
    },
    timeout,
  );
  it('are compared where it matters: every state, alert, way to satisfy and kind of event occurs', () => {
    const found = new Map<string, number>();
    for (const scene of fc.sample(scenes, { numRuns: 200, seed: 20_261_122 }))
      for (const happening of happenings(scene)) found.set(happening, (found.get(happening) ?? 0) + 1);
    const expected = [
      ...STATES.map((state) => `state ${state}`),
      ...ALERTS.map((alert) => `alert ${alert}`),
      ...['Completed', 'Passed', 'CompletedAndPassed', 'CompletedOrPassed', 'NotApplicable', 'Attended'].map(
        (word) => `satisfied ${word}`,
      ),
      ...['attended', 'absent', 'excused', 'cancelled', 'upcoming'].map((status) => `session ${status}`),
      ...['withdrew', 'enrolled', 'suspended', 'resumed'].map((meaning) => `told ${meaning}`),
      ...['waived', 'closed', 'known later', 'voided', 'told twice', 'linked', 'stranger', 'suspended'],
      ...['returned', 'withdrawn before start', 'in a break', 'completion past the horizon'],
      ...[
        'acts on the day of entry',
        'acts on the closing day',
        'acts at midnight',
        'acts just before midnight',
      ],
      ...[
        'a day of 23 hours',
        'a day of 25 hours',
        'a day that never was',
        'dropout',
        'completion',
        'censored',
      ],
    ];
    expect(expected.filter((happening) => !found.has(happening))).toEqual([]);
  });
});

/** Rows have no order of their own. */
function inOrder(rows: readonly object[]): readonly unknown[] {
  return rows.map((row) => JSON.stringify(Object.entries(Object(rounded(row))).sort())).sort();
}

/** Everything that the naive answer says is said by the product, numbers to 1e-9. */
function expectSame(product: unknown, naive: unknown): void {
  expect(rounded(product)).toMatchObject(Object(rounded(naive)));
}

function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'number' ? Number(each.toFixed(9)) : each,
  );
}
