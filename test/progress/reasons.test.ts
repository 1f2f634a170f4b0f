import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { contactOutcome } from '../../src/progress/contact-outcome.ts';
import { reasonsOf, reasonsSince } from '../../src/progress/reasons.ts';
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

const progressOf = (
  definition: ReturnType<typeof cohortOf>,
  tellings: readonly Told[],
  asOf: number,
  change: Parameters<typeof enrolled>[1] = {},
) => {
  const records = { definition, changes: [enrolled('ana', change)], identities: [identityOf('ana')] };
  const progress = cohortProgress({ ...records, facts: factsOf(definition, tellings) }, asOf, null);
  const [learner] = progress.learners;
  if (learner === undefined) throw new Error('nobody is enrolled');
  return { frame: progress.frame, learner };
};

describe('the reasons to see a learner', () => {
  it('are always the alerts of metrics.md, with what they are made of, or that they are dropped', () => {
    fc.assert(
      fc.property(cohorts, ({ definition, enrolments, told: tellings, asOf }) => {
        const identities = [...new Set(enrolments.map(({ learnerId }) => learnerId))].map((id) =>
          identityOf(id),
        );
        const facts = factsOf(definition, tellings);
        const { frame, learners } = cohortProgress(
          { org: 'o', definition, changes: enrolments, identities, facts },
          asOf,
          null,
        );
        for (const learner of learners) {
          const reasons = reasonsOf(frame, learner);
          const kinds = learner.state === 'dropped' ? ['dropped'] : learner.alerts;
          expect(reasons.map(({ kind }) => kind)).toEqual(kinds);
          for (const reason of reasons)
            if ('units' in reason) expect(reason.units.length).toBeGreaterThan(0);
            else expect(reason.days).toBeGreaterThan(0);
          const since = reasonsSince(frame, learner, reasons);
          expect(since === null).toBe(reasons.length === 0);
          if (since !== null) expect(since).toBeLessThanOrEqual(asOf);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('count silence without breaks, as metrics.md does', () => {
    const definition = cohortOf({ breaks: [{ from: '2026-01-12', to: '2026-01-16' }] });
    const { frame, learner } = progressOf(definition, [told(VERB.attempted, unit('a'), at(1))], at(13));
    expect(reasonsOf(frame, learner)).toEqual([{ kind: 'inactivity', days: 7 }]);
  });

  it('name the steps that are overdue and the sessions that were missed', () => {
    const definition = cohortOf({
      units: [
        { id: unit('a'), dueOn: '2026-01-07' },
        {
          id: unit('s'),
          satisfiedBy: 'Attended',
          startsAt: '2026-01-08T09:00Z',
          endsAt: '2026-01-08T12:00Z',
        },
      ],
    });
    const { frame, learner } = progressOf(definition, [told(VERB.attempted, unit('a'), at(1))], at(5));
    const reasons = reasonsOf(frame, learner);
    expect(reasons).toEqual([
      { kind: 'overdueUnit', units: [unit('a')] },
      { kind: 'missedSession', units: [unit('s')] },
    ]);
    // The session ended on the third day at noon, the due day after the second.
    expect(reasonsSince(frame, learner, reasons)).toBe(at(3, 12));
  });

  it('since: silence begins with the last act, and being slow to start with the enrolment', () => {
    const silent = progressOf(cohortOf(), [told(VERB.attempted, unit('a'), at(1))], at(10));
    expect(reasonsSince(silent.frame, silent.learner, reasonsOf(silent.frame, silent.learner))).toBe(at(1));
    const absent = progressOf(cohortOf(), [], at(10), { enrolledAt: at(1) });
    const reasons = reasonsOf(absent.frame, absent.learner);
    expect(reasons).toEqual([{ kind: 'notStartedYet', days: 9 }]);
    expect(reasonsSince(absent.frame, absent.learner, reasons)).toBe(at(1));
  });
});

describe('what came of a contact', () => {
  const acted = [told(VERB.attempted, unit('a'), at(1)), told(VERB.attempted, unit('a'), at(12))];
  it('is nothing until the learner acts: being called is no act', () => {
    const { learner } = progressOf(cohortOf(), acted, at(11));
    expect(contactOutcome(learner, at(10))).toEqual({ kind: 'nothing' });
  });
  it('is that they are back, dated by their first act since', () => {
    const { learner } = progressOf(cohortOf(), acted, at(20));
    expect(contactOutcome(learner, at(10))).toEqual({ kind: 'back', at: at(12) });
    expect(contactOutcome(learner, at(12))).toEqual({ kind: 'nothing' });
  });
  it('is that they completed, or left, where that came since', () => {
    const done = progressOf(cohortOf(), [...acted, told(VERB.completed, unit('a'), at(14))], at(20));
    expect(contactOutcome(done.learner, at(10))).toEqual({ kind: 'completed', at: at(14) });
    const left = progressOf(cohortOf(), acted, at(20), { endedAt: at(15), reason: 'withdrawn' });
    expect(contactOutcome(left.learner, at(10))).toEqual({ kind: 'left', at: at(15) });
  });
});
