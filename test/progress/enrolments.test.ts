import { describe, expect, it } from 'vitest';
import {
  at,
  cohortOf,
  enrolled,
  figuresOf,
  identityOf,
  learnerOf,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

const A = unit('a');
const act = (day: number, hour = 12) => told(VERB.attempted, A, at(day, hour));
/** Ends on day 10 with 2 days of grace: the closing day is 12. */
const closing = cohortOf({ endsOn: '2026-01-15', graceDays: 2 });

describe('an enrolment', () => {
  it('does not exist before enrolledAt, and is open until it ends', () => {
    const enrolments = [enrolled('ana', { enrolledAt: at(3), endedAt: at(6), reason: 'withdrawn' })];
    expect(figuresOf({ enrolments, asOf: at(3) - 1 }).metrics.counts.enrolled).toBe(0);
    expect(figuresOf({ enrolments, asOf: at(3) }).metrics.counts).toMatchObject({
      enrolled: 1,
      notStarted: 1,
    });
    expect(figuresOf({ enrolments, asOf: at(6) - 1 }).metrics.counts.notStarted).toBe(1);
    expect(figuresOf({ enrolments, asOf: at(6) }).metrics.counts.withdrawn).toBe(1);
    expect(learnerOf({ enrolments, asOf: at(6) - 1 }).enrolment).toMatchObject({
      endedAt: null,
      reason: null,
    });
  });
  it('counts until the end of the closing day; an ending after it is ignored', () => {
    const scene = { definition: closing, asOf: at(40) };
    expect(
      figuresOf({ ...scene, enrolments: [enrolled('ana', { enrolledAt: at(13, 0) - 1 })] }).metrics.counts,
    ).toMatchObject({ enrolled: 1, noShow: 1 });
    expect(
      figuresOf({ ...scene, enrolments: [enrolled('ana', { enrolledAt: at(13, 0) })] }).metrics.counts
        .enrolled,
    ).toBe(0);
    const leaving = (endedAt: number) => [enrolled('ana', { endedAt, reason: 'withdrawn' as const })];
    expect(figuresOf({ ...scene, enrolments: leaving(at(13, 0) - 1) }).metrics.counts.withdrawn).toBe(1);
    expect(figuresOf({ ...scene, enrolments: leaving(at(13, 0)) }).metrics.counts.noShow).toBe(1);
  });
  it('that is excluded counts nowhere, whenever it ended', () => {
    const enrolments = [enrolled('ana', { endedAt: at(50), reason: 'excluded' })];
    expect(figuresOf({ enrolments, told: [act(1)], asOf: at(5) }).metrics.counts.enrolled).toBe(0);
  });
  it('that ended without a reason was removed: withdrawn', () => {
    const learner = learnerOf({ enrolments: [enrolled('ana', { endedAt: at(5) })], asOf: at(9) });
    expect(learner).toMatchObject({ state: 'withdrawn', enrolment: { reason: 'removed' } });
  });
  it('enters on its first day, on day 0 when it began before', () => {
    const entryOf = (enrolledAt: number) =>
      learnerOf({ enrolments: [enrolled('ana', { enrolledAt })], asOf: at(9) }).enrolment.entry;
    expect([entryOf(at(-9)), entryOf(at(0, 23)), entryOf(at(4, 0)), entryOf(at(4, 0) - 1)]).toEqual([
      0, 0, 4, 3,
    ]);
  });
  it('is what was recorded last, as far as it was known', () => {
    const told = enrolled('ana', { recordedAt: at(1) });
    const corrected = enrolled('ana', { enrolledAt: at(2), recordedAt: at(5) });
    const ended = enrolled('ana', { enrolledAt: at(2), endedAt: at(6), recordedAt: at(7) });
    const seen = (knownAt: number | null) =>
      figuresOf({ enrolments: [ended, told, corrected], asOf: at(9), knownAt }).learners.map(
        ({ enrolment }) => [enrolment.enrolledAt, enrolment.endedAt],
      );
    expect(seen(at(0))).toEqual([]);
    expect(seen(at(1))).toEqual([[at(0, 0), null]]);
    expect(seen(at(5))).toEqual([[at(2), null]]);
    expect(seen(null)).toEqual([[at(2), at(6)]]);
  });
});

it('two changes recorded in the same millisecond give the same answer in either order', () => {
  const [open, ended] = [enrolled(), enrolled('ana', { endedAt: at(4) })];
  const answers = [
    [open, ended],
    [ended, open],
  ].map((enrolments) => figuresOf({ enrolments, asOf: at(9) }).metrics);
  expect(answers[0]).toEqual(answers[1]);
});

describe('the window of evidence', () => {
  const actsOf = (enrolments: Parameters<typeof figuresOf>[0]['enrolments'], ...days: number[]) =>
    figuresOf({
      definition: closing,
      ...(enrolments ? { enrolments } : {}),
      told: days.map((day) => act(day)),
      asOf: at(40),
    }).learners.map(({ acts }) => acts.map((when) => (when - at(0)) / 86_400_000));

  it('of a first episode begins at its enrolment or at the midnight of startsOn, whichever is first', () => {
    expect(actsOf([enrolled('ana', { enrolledAt: at(5) })], -1, 0, 3, 7)).toEqual([[0, 3, 7]]);
    expect(actsOf([enrolled('ana', { enrolledAt: at(-3) })], -4, -3, -2, 7)).toEqual([[-3, -2, 7]]);
  });
  it('of a later episode begins at its enrolment', () => {
    const episodes = [
      enrolled('ana', { enrolledAt: at(1), endedAt: at(4) }),
      enrolled('ana', { enrolmentId: 'ana-2', enrolledAt: at(7) }),
    ];
    expect(actsOf(episodes, 0, 3, 4, 5, 7, 8)).toEqual([
      [0, 3, 4],
      [7, 8],
    ]);
  });
  it('the first episode is the first that counts: an excluded one is none', () => {
    const episodes = [
      enrolled('ana', { enrolledAt: at(1), endedAt: at(2), reason: 'excluded' }),
      enrolled('ana', { enrolmentId: 'ana-2', enrolledAt: at(7) }),
    ];
    expect(actsOf(episodes, 0, 3, 8)).toEqual([[0, 3, 8]]);
  });
  it('ends with the closing day, its last millisecond included', () => {
    const scene = { definition: closing, asOf: at(40) };
    const last = told(VERB.attempted, A, at(13, 0) - 1);
    const late = told(VERB.completed, A, at(13, 0));
    expect(learnerOf({ ...scene, told: [last, late] })).toMatchObject({
      acts: [at(13, 0) - 1],
      completedAt: null,
    });
  });
  it('includes both its ends', () => {
    const episode = [enrolled('ana', { enrolledAt: at(-1), endedAt: at(4) })];
    expect(actsOf(episode, -1, 4)).toEqual([[-1, 4]]);
  });
});

describe('evidence', () => {
  it('is by one of the learner’s identities, as far as the link was known', () => {
    const identities = [
      identityOf('ana', { recordedAt: at(0) }),
      identityOf('ana', { actor: 'mbox|mailto:ana@example.org', recordedAt: at(6) }),
    ];
    const other = told(VERB.completed, A, at(2));
    const byMail = { ...other, statement: { ...other.statement, actor: { mbox: 'mailto:ana@example.org' } } };
    const scene = { identities, told: [byMail], asOf: at(9) };
    expect(learnerOf({ ...scene, knownAt: at(5) }).completedAt).toBeNull();
    expect(learnerOf({ ...scene, knownAt: at(6) }).completedAt).toBe(at(2));
    expect(learnerOf(scene).completedAt).toBe(at(2));
  });
  it('has a unit or a context of the cohort as object, parent or grouping; not as category or other', () => {
    const about = (saying: object, object = 'https://elsewhere.example/x') =>
      learnerOf({ told: [told(VERB.attempted, object, at(2), saying)], asOf: at(9) }).acts.length;
    expect(about({}, A)).toBe(1);
    expect(about({ parents: [A] })).toBe(1);
    expect(about({ groupings: ['https://lms.example/course/1'] })).toBe(1);
    expect(about({ parents: ['urn:assidu:cohort:o:c'] })).toBe(1);
    expect(about({})).toBe(0);
    const said = told(VERB.attempted, 'https://elsewhere.example/x', at(2));
    const inCategory = {
      ...said,
      statement: {
        ...said.statement,
        context: { contextActivities: { category: [{ id: A }], other: [{ id: A }] } },
      },
    };
    expect(learnerOf({ told: [inCategory], asOf: at(9) }).acts).toEqual([]);
  });
  it('counts up to T, T included', () => {
    expect(learnerOf({ told: [act(5)], asOf: at(5) }).acts).toEqual([at(5)]);
    expect(learnerOf({ told: [act(5)], asOf: at(5) - 1 }).acts).toEqual([]);
  });
  it('counts from the instant it was stored, whatever its timestamp', () => {
    const late = told(VERB.completed, A, at(2), { stored: at(20) });
    expect(learnerOf({ told: [late], asOf: at(5), knownAt: at(20) - 1 }).completedAt).toBeNull();
    expect(learnerOf({ told: [late], asOf: at(5), knownAt: at(20) }).completedAt).toBe(at(2));
  });
  it('that was voided has no effect, unless knownAt lies before the void', () => {
    const voided = told(VERB.completed, A, at(2), { voidedAt: at(20) });
    expect(learnerOf({ told: [voided], asOf: at(5) })).toMatchObject({ completedAt: null, acts: [] });
    expect(learnerOf({ told: [voided], asOf: at(5), knownAt: at(20) }).completedAt).toBeNull();
    expect(learnerOf({ told: [voided], asOf: at(5), knownAt: at(20) - 1 }).completedAt).toBe(at(2));
  });
  it('told twice without an id counts once; with another time or result it is another event', () => {
    const once = act(3);
    expect(learnerOf({ told: [once, { ...once, stored: at(4) }], asOf: at(5) }).acts).toEqual([at(3)]);
    expect(learnerOf({ told: [once, told(VERB.attempted, A, at(3) + 1)], asOf: at(5) }).acts).toHaveLength(2);
    const scored = told(VERB.attempted, A, at(3), { result: { score: { scaled: 1 } } });
    expect(learnerOf({ told: [once, scored], asOf: at(5) }).acts).toHaveLength(2);
    // Of the two tellings one was voided: the other still holds.
    expect(learnerOf({ told: [once, { ...once, voidedAt: at(4) }], asOf: at(5) }).acts).toHaveLength(1);
  });
  it('told twice with another context counts for all that either names, whichever came first', () => {
    const definition = cohortOf({ units: [{ id: A }, { id: unit('b') }] });
    const one = told(VERB.attempted, 'x:page', at(3), { parents: [A] });
    const two = told(VERB.attempted, 'x:page', at(3), { parents: [unit('b')], instructor: 'prof' });
    for (const tellings of [
      [one, two],
      [two, one],
    ]) {
      const learner = learnerOf({ definition, told: tellings, asOf: at(5) });
      expect(learner.acts).toEqual([at(3)]);
      expect(learner.units.map(({ reached }) => reached)).toEqual([true, true]);
    }
  });
});
