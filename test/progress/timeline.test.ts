import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortEpisodes } from '../../src/progress/cohort-episodes.ts';
import { type CohortProgress, cohortProgress } from '../../src/progress/cohort-progress.ts';
import { timelineOf } from '../../src/progress/timeline.ts';
import type { TimelineEntry } from '../../src/progress/timeline-entry.ts';
import { cohorts } from '../support/arbitraries.ts';
import {
  ATTEMPT,
  at,
  COURSE,
  COURSE_TYPE,
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

function recordsOf(
  definition: ReturnType<typeof cohortOf>,
  changes: readonly ReturnType<typeof enrolled>[],
  tellings: readonly Told[],
) {
  const identities = [...new Set(changes.map(({ learnerId }) => learnerId))].map((id) => identityOf(id));
  return {
    org: 'o',
    definition,
    changes,
    identities,
    links: [],
    rules: [],
    facts: factsOf(definition, tellings),
  };
}

function timelinesOf(records: ReturnType<typeof recordsOf>, progress: CohortProgress) {
  const { episodes } = cohortEpisodes(records, null);
  const people = [...new Set(progress.learners.map(({ enrolment }) => enrolment.learnerId))];
  return people.map((person) => ({
    own: progress.learners.filter(({ enrolment }) => enrolment.learnerId === person),
    entries: timelineOf(
      progress.frame,
      progress.learners.filter(({ enrolment }) => enrolment.learnerId === person),
      records.facts.filter(({ actor }) => progress.persons.ofActor(actor) === person),
      episodes.filter(({ learnerId }) => learnerId === person),
    ),
  }));
}

/** The timeline of ana, enrolled from day 0, as short lines. */
function linesOf(
  tellings: readonly Told[],
  asOf: number,
  change: Parameters<typeof cohortOf>[0] = {},
  changes = [enrolled()],
): readonly string[] {
  const records = recordsOf(cohortOf(change), changes, tellings);
  const [only] = timelinesOf(records, cohortProgress(records, asOf, null));
  return (only?.entries ?? []).map((entry) => `${Math.floor((entry.at - at(0, 0)) / DAY)} ${wordsOf(entry)}`);
}

function wordsOf(entry: TimelineEntry): string {
  switch (entry.kind) {
    case 'work': {
      const doings = entry.doings.map(({ kind, share }) => (share === null ? kind : `${kind} ${share}`));
      return ['work', ...doings, ...(entry.satisfied ? ['satisfied'] : []), `x${entry.traces}`].join(' ');
    }
    case 'state':
      return entry.days === null ? `state ${entry.state}` : `state ${entry.state} ${entry.days}`;
    case 'session':
      return `session ${entry.status}`;
    case 'silence':
      return `silence ${entry.days}${entry.until === null ? ' now' : ''}`;
    case 'ended':
      return `ended ${entry.reason}`;
    default:
      return entry.kind;
  }
}

describe('the timeline of a learner', () => {
  it('tells acts by day and step, silences, and what followed from them', () => {
    const act = (day: number, hour = 12) => told(VERB.attempted, unit('a'), at(day, hour));
    const tellings = [act(1), act(1, 13), act(25), told(VERB.completed, unit('a'), at(26))];
    expect(linesOf(tellings, at(27))).toEqual([
      '0 enrolled',
      '1 work opened x2',
      '1 state active',
      '2 silence 23',
      '15 state inactive 14',
      '25 work opened x1',
      '25 state active',
      '26 work completed satisfied x1',
      '26 state completed',
    ]);
  });

  it('tells a silence that lasts, and the dropout it became', () => {
    const tellings = [told(VERB.attempted, unit('a'), at(1))];
    expect(linesOf(tellings, at(40))).toEqual([
      '0 enrolled',
      '1 work opened x1',
      '1 state active',
      '2 silence 39 now',
      '15 state inactive 14',
      '31 state dropped 30',
    ]);
  });

  it('tells scores by the rule of the step, due dates that passed, sessions and waivers', () => {
    const tellings = [
      told(VERB.scored, `${unit('q')}/attempt`, at(1), {
        type: ATTEMPT,
        parents: [unit('q')],
        result: { score: { scaled: 0.4 } },
      }),
      told(VERB.passed, `${unit('q')}/attempt`, at(4), {
        type: ATTEMPT,
        parents: [unit('q')],
        result: { score: { scaled: 0.8 } },
      }),
      told(VERB.attended, unit('s'), at(3, 12), { standings: true }),
      told(VERB.waived, unit('w'), at(5), { standings: true }),
    ];
    const change = {
      units: [
        { id: unit('q'), satisfiedBy: 'Passed' as const, minScore: 0.6, dueOn: '2026-01-07' },
        {
          id: unit('s'),
          satisfiedBy: 'Attended' as const,
          startsAt: '2026-01-08T09:00Z',
          endsAt: '2026-01-08T12:00Z',
        },
        { id: unit('w') },
      ],
    };
    expect(linesOf(tellings, at(6), change)).toEqual([
      '0 enrolled',
      '1 work failed 0.4 x1',
      '1 state active',
      '3 overdue',
      '3 session attended',
      '4 work passed 0.8 satisfied x1',
      '5 waived',
      '5 state completed',
    ]);
  });

  it('tells that somebody left, and nothing after it', () => {
    const tellings = [told(VERB.attempted, unit('a'), at(1)), told(VERB.attempted, unit('a'), at(9))];
    const changes = [enrolled('ana', { endedAt: at(4), reason: 'withdrawn' })];
    expect(linesOf(tellings, at(20), {}, changes)).toEqual([
      '0 enrolled',
      '1 work opened x1',
      '1 state active',
      '4 ended withdrawn',
    ]);
  });

  it('tells what was so again when a completion was taken back, after it', () => {
    const teacher = { type: COURSE_TYPE, instructor: 'prof' };
    const tellings = [
      told(VERB.completed, COURSE, at(2), teacher),
      told(VERB.uncompleted, COURSE, at(5), teacher),
    ];
    const change = { completion: { acceptCourseCompletion: true } };
    expect(linesOf(tellings, at(9), change)).toEqual([
      '0 enrolled',
      '2 state completed',
      '5 state notStarted',
    ]);
  });

  it('names the statements of what was told, and none of what was computed', () => {
    const records = recordsOf(cohortOf(), [enrolled()], [told(VERB.attempted, unit('a'), at(1))]);
    const [only] = timelinesOf(records, cohortProgress(records, at(20), null));
    const sources = (only?.entries ?? []).map(({ kind, sources }) => [kind, ...sources]);
    expect(sources).toEqual([['enrolled'], ['work', 's0'], ['state'], ['silence'], ['state']]);
  });

  it('ends in the state that metrics.md gives, in the order of time, and tells of nothing to come, always', () => {
    fc.assert(
      fc.property(cohorts, ({ definition, enrolments, told: tellings, asOf }) => {
        const records = recordsOf(definition, enrolments, tellings);
        const progress = cohortProgress(records, asOf, null);
        for (const { own, entries } of timelinesOf(records, progress)) {
          const times = entries.map((entry) => entry.at);
          expect(times).toEqual([...times].sort((a, b) => a - b));
          expect(Math.max(...times, 0)).toBeLessThanOrEqual(asOf);
          const [learner] = own;
          if (own.length > 1 || learner === undefined || learner.enrolment.endedAt !== null) continue;
          const state = entries.findLast((entry) => entry.kind === 'state');
          expect(state?.kind === 'state' ? state.state : 'notStarted').toBe(learner.state);
          // Whatever the timeline counts as an act is one.
          const worked = entries.flatMap((entry) => (entry.kind === 'work' ? [entry.from, entry.to] : []));
          for (const act of worked) expect(learner.acts).toContain(act);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('ends in it before the cohort begins, too', () => {
    const nothingToDo = cohortOf({ units: [{ id: unit('a'), satisfiedBy: 'NotApplicable' }] });
    const records = recordsOf(nothingToDo, [enrolled('ana', { enrolledAt: at(-2) })], []);
    const [only] = timelinesOf(records, cohortProgress(records, at(-1), null));
    expect(only?.entries.map(({ kind }) => kind)).toContain('state');
  });
});
