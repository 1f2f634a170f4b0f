import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueScores, nextTimestamp, wantedScores } from '../../src/cohorts/grade-plan.ts';
import type { GradeSent } from '../../src/storage/ports/grade-store.ts';
import { at, cohortOf, enrolled, figuresOf, told, unit, VERB } from '../support/scene.ts';

const definition = cohortOf({
  units: [{ id: unit('a') }, { id: unit('b') }],
  grades: { lineItem: 'cohort', scoreMaximum: 20, comment: 'en' },
});
const doneA = told(VERB.completed, unit('a'), at(1));
const wanted = (scene: Partial<Parameters<typeof figuresOf>[0]> = {}, of: string | null = null) => {
  const { rows } = figuresOf({ definition, asOf: at(10), ...scene });
  const changes = scene.enrolments ?? [enrolled()];
  return wantedScores(
    definition,
    rows,
    new Map(changes.map(({ enrolmentId, learnerId }) => [enrolmentId, learnerId])),
    of,
  );
};

describe('the score of a learner', () => {
  it('is progress of the maximum, and says when it is complete', () => {
    expect(wanted({ told: [doneA] }).get('ana')).toEqual({
      score: { scoreGiven: 10, scoreMaximum: 20, activityProgress: 'InProgress', comment: 'Progress: 50%' },
      blank: false,
    });
    const all = [doneA, told(VERB.completed, unit('b'), at(2))];
    expect(wanted({ told: all }).get('ana')?.score).toMatchObject({
      scoreGiven: 20,
      activityProgress: 'Completed',
      comment: 'Course completed',
    });
  });
  it('is blank before the first act, and none for who ended, is excluded, or of whom nothing is required', () => {
    expect(wanted().get('ana')?.blank).toBe(true);
    for (const reason of ['removed', 'excluded'] as const) {
      const enrolments = [enrolled('ana', { endedAt: at(5), reason })];
      expect(wanted({ enrolments, told: [doneA] }).size).toBe(0);
    }
    const waived = ['a', 'b'].map((name) => told(VERB.waived, unit(name), at(1), { standings: true }));
    expect(wanted({ told: waived }).size).toBe(0);
  });
  it('is that of the last episode', () => {
    const enrolments = [
      enrolled('ana', { endedAt: at(3), reason: 'removed' }),
      enrolled('ana', { enrolmentId: 'ana-2', enrolledAt: at(5) }),
    ];
    expect(wanted({ enrolments, told: [doneA] }).get('ana')).toMatchObject({ score: { scoreGiven: 0 } });
  });
  it('of a unit is all or nothing, and none where it is waived', () => {
    expect(wanted({ told: [doneA] }, unit('a')).get('ana')?.score.scoreGiven).toBe(20);
    expect(wanted({ told: [doneA] }, unit('b')).get('ana')).toMatchObject({ blank: true });
    const waived = told(VERB.waived, unit('b'), at(1), { standings: true });
    expect(wanted({ told: [waived] }, unit('b')).size).toBe(0);
  });
});

const sent = (change: Partial<GradeSent> = {}): GradeSent => ({
  org: 'o',
  cohortId: 'c',
  line: 'l',
  sub: '1',
  value: null,
  timestamp: null,
  attempts: 0,
  nextAttemptAt: null,
  lastError: null,
  dead: false,
  ...change,
});
const NOW = at(10);

describe('what is due', () => {
  const want = wanted({ told: [doneA] });
  const people = [{ sub: '1', learnerId: 'ana' }];
  const due = (before: GradeSent | null, scores = want) =>
    dueScores(scores, people, new Map(before === null ? [] : [['1', before]]), NOW).length;

  it('is what differs from what was acknowledged, unless it waits or was refused', () => {
    const value = JSON.stringify(want.get('ana')?.score);
    expect(due(null)).toBe(1);
    expect(due(sent({ value }))).toBe(0);
    expect(due(sent({ value: '{}' }))).toBe(1);
    expect(due(sent({ dead: true }))).toBe(0);
    expect(due(sent({ nextAttemptAt: NOW + 1 }))).toBe(0);
    expect(due(sent({ nextAttemptAt: NOW }))).toBe(1);
  });
  it('is a blank score only where another one was told before: it takes that back', () => {
    expect(due(null, wanted())).toBe(0);
    expect(due(sent({ lastError: '500' }), wanted())).toBe(0);
    expect(due(sent({ value: '{}' }), wanted())).toBe(1);
  });
  it('always has a later second than what was told before', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 5_000 }), (ago) => {
        const next = nextTimestamp(sent({ timestamp: NOW - ago }), NOW);
        expect(Math.floor(next / 1_000)).toBeGreaterThan(Math.floor((NOW - ago) / 1_000));
        expect(next).toBeGreaterThanOrEqual(NOW);
      }),
    );
  });
});
