import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortMetrics } from '../../src/metrics/cohort-metrics.ts';
import { learnerRows } from '../../src/metrics/learner-rows.ts';
import { retentionOf } from '../../src/metrics/retention.ts';
import { CLOCKS, POPULATIONS } from '../../src/metrics/types.ts';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { factsOf } from '../support/scene.ts';
import { naively } from './cohort.ts';
import { type NaiveScene, scenes } from './scenes.ts';

const numRuns = Number(process.env.ASSIDU_NAIVE_RUNS ?? 150);

/** What the product answers to all that can be asked. */
function answered(scene: NaiveScene) {
  const { definition, told, asOf, knownAt } = scene;
  const progress = cohortProgress({ ...scene, org: 'o', facts: factsOf(definition, told) }, asOf, knownAt);
  const versions = { cohortVersion: 1, knownAt };
  return {
    figures: cohortMetrics(progress, versions),
    rows: learnerRows(progress, (learnerId) => ({ actor: {}, name: learnerId })),
    retention: CLOCKS.flatMap((clock) =>
      POPULATIONS.map((population) => retentionOf(progress, { clock, population }, versions)),
    ),
  };
}

describe('the product and a naive reading of metrics.md', () => {
  it('give the same answers, whatever happened', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const naive = naively(scene, scene.asOf, scene.knownAt);
        const product = answered(scene);
        expectSame(
          inOrder(product.rows.map(({ enrolmentId: _, actor: __, name: ___, since: ____, ...row }) => row)),
          inOrder(naive.rows.map(({ person: _, ...row }) => row)),
        );
        expectSame(product.figures, naive.figures);
        product.retention.forEach((each, index) => {
          expectSame(each, naive.retention[index]);
        });
      }),
      { numRuns },
    );
  }, 600_000);
});

/** Rows have no order of their own. */
function inOrder(rows: readonly object[]): readonly object[] {
  return [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Everything that the naive answer says is said by the product, numbers to 1e-9. */
function expectSame(product: unknown, naive: unknown): void {
  expect(rounded(product)).toMatchObject(Object(rounded(naive)));
}

function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'number' ? Number(each.toFixed(9)) + 0 : each,
  );
}
