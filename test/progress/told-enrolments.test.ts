import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortEpisodes } from '../../src/progress/cohort-episodes.ts';
import type {
  EndReason,
  EnrolmentChange,
  EnrolmentSource,
  Identity,
} from '../../src/storage/ports/cohort-store.ts';
import { type EnrolmentVerb, tells } from '../support/enrolment-statements.ts';
import {
  at,
  cohortOf,
  enrolled,
  factsOf,
  figuresOf,
  identityOf,
  type Told,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

interface Given {
  readonly changes?: readonly EnrolmentChange[];
  readonly told?: readonly Told[];
  readonly enrolFromStatements?: boolean;
  readonly identities?: readonly Identity[];
  readonly knownAt?: number | null;
}
/** Beginning, end and reason of each episode as days, with its suspensions; ana's unless told otherwise. */
function episodes({ changes = [enrolled()], told: said = [], knownAt = null, ...given }: Given) {
  const definition = cohortOf({ enrolFromStatements: given.enrolFromStatements ?? false });
  const identities = given.identities ?? changes.map(({ learnerId }) => identityOf(learnerId));
  const records = {
    org: 'o',
    definition,
    changes,
    identities,
    links: [],
    rules: [],
    facts: factsOf(definition, said),
  };
  return cohortEpisodes(records, knownAt).episodes.map(({ enrolledAt, endedAt, reason, suspensions }) => ({
    from: day(enrolledAt),
    to: endedAt === null ? null : day(endedAt),
    reason,
    ...(suspensions.length === 0
      ? {}
      : { pauses: suspensions.map(([from, to]) => [day(from), to && day(to)]) }),
  }));
}
const day = (when: number) => (when - at(0, 0)) / 86_400_000;
const roster = { source: 'roster' } as const;

describe('statements of enrolment', () => {
  it('end the enrolment that is open, as removed, at their timestamp', () => {
    expect(episodes({ told: [tells('withdrew', at(5))] })).toEqual([{ from: 0, to: 5.5, reason: 'removed' }]);
  });
  it('confirm an enrolment that is open', () => {
    expect(episodes({ told: [tells('enrolled', at(5))] })).toEqual([{ from: 0, to: null, reason: null }]);
  });
  it('begin a new episode after an ending, told or recorded', () => {
    expect(episodes({ told: [tells('withdrew', at(5)), tells('enrolled', at(8))] })).toEqual([
      { from: 0, to: 5.5, reason: 'removed' },
      { from: 8.5, to: null, reason: null },
    ]);
    const changes = [enrolled('ana', { endedAt: at(5), reason: 'withdrawn' })];
    expect(episodes({ changes, told: [tells('enrolled', at(8))] })).toHaveLength(2);
  });
  it('pause an enrolment and take it up again', () => {
    const told = [
      tells('suspended', at(3)),
      tells('suspended', at(4)),
      tells('resumed', at(6)),
      tells('suspended', at(9)),
    ];
    expect(episodes({ told })).toEqual([
      {
        from: 0,
        to: null,
        reason: null,
        pauses: [
          [3.5, 6.5],
          [9.5, null],
        ],
      },
    ]);
  });
  it('take up again what is paused at that time, not a suspension that begins later (metrics.md "silence")', () => {
    const changes = [enrolled('ana', { suspensions: [[at(9), null]] })];
    const told = [tells('suspended', at(3)), tells('resumed', at(6))];
    const [episode] = episodes({ changes, told });
    expect(episode?.pauses).toEqual([
      [3.5, 6.5],
      [9.5, null],
    ]);
  });
  it('that pause are no silence', () => {
    const act = told(VERB.attempted, unit('a'), at(1));
    const asOf = at(20);
    expect(figuresOf({ told: [act], asOf }).metrics.counts.inactive).toBe(1);
    const paused = [act, tells('suspended', at(2)), tells('resumed', at(15))];
    expect(figuresOf({ told: paused, asOf }).metrics.counts.active).toBe(1);
  });
  it('make no learner, unless the cohort says so', () => {
    const none = { changes: [], told: [tells('enrolled', at(5), { by: 'ben' })] };
    expect(episodes(none)).toEqual([]);
    expect(episodes({ ...none, enrolFromStatements: true })).toEqual([{ from: 5.5, to: null, reason: null }]);
  });
  it('count the evidence of a learner whom they made', () => {
    const definition = cohortOf({ enrolFromStatements: true });
    const said = [
      tells('enrolled', at(5), { by: 'ben' }),
      told(VERB.completed, unit('a'), at(6), { by: 'ben' }),
    ];
    const { counts } = figuresOf({ definition, enrolments: [], told: said, asOf: at(9) }).metrics;
    expect(counts).toMatchObject({ enrolled: 1, completed: 1 });
  });
  it('go over into an enrolment that was recorded later, as one', () => {
    const changes = [enrolled('ana', { enrolledAt: at(7), source: 'launch' })];
    const told = [tells('enrolled', at(2)), tells('suspended', at(3)), tells('resumed', at(4))];
    expect(episodes({ changes, told, enrolFromStatements: true })).toEqual([
      { from: 2.5, to: null, reason: null, pauses: [[3.5, 4.5]] },
    ]);
    const left = [...told, tells('withdrew', at(5))];
    expect(episodes({ changes, told: left, enrolFromStatements: true })).toHaveLength(2);
  });
  it('of an earlier end than a roster saw are more exact; of a later one they come too late', () => {
    const changes = [enrolled('ana', { endedAt: at(9), reason: 'removed', ...roster })];
    expect(episodes({ changes, told: [tells('withdrew', at(5))] })).toMatchObject([{ to: 5.5 }]);
    expect(episodes({ changes, told: [tells('withdrew', at(12))] })).toMatchObject([{ to: 9.5 }]);
    const back = [tells('withdrew', at(5)), tells('enrolled', at(7))];
    expect(episodes({ changes, told: back })).toMatchObject([{ to: 5.5 }, { from: 7.5, to: 9.5 }]);
  });
  it('do not move an ending that a person stated, nor what a person set right', () => {
    const ended = [enrolled('ana', { endedAt: at(9), reason: 'transferred' })];
    expect(episodes({ changes: ended, told: [tells('withdrew', at(5))] })).toMatchObject([
      { to: 9.5, reason: 'transferred' },
    ]);
    const right = [enrolled('ana', { correctedAt: at(10) })];
    expect(episodes({ changes: right, told: [tells('withdrew', at(5)), tells('suspended', at(6))] })).toEqual(
      [{ from: 0, to: null, reason: null }],
    );
    expect(episodes({ changes: right, told: [tells('withdrew', at(11))] })).toMatchObject([{ to: 11.5 }]);
  });
  it('leave out who is excluded', () => {
    const changes = [enrolled('ana', { endedAt: at(1), reason: 'excluded' })];
    expect(episodes({ changes, told: [tells('enrolled', at(5))], enrolFromStatements: true })).toEqual([
      { from: 0, to: 1.5, reason: 'excluded' },
    ]);
  });
  it('of strangers who may not say it, about another course, or voided, say nothing', () => {
    expect(episodes({ told: [tells('withdrew', at(5), { standings: false })] })).toMatchObject([
      { to: null },
    ]);
    expect(episodes({ told: [tells('suspended', at(5), { standings: false })] })).toEqual([
      { from: 0, to: null, reason: null },
    ]);
    expect(episodes({ told: [tells('withdrew', at(5), { voidedAt: at(6) })] })).toMatchObject([{ to: null }]);
  });
  it('are known from when they were stored until they were voided', () => {
    const said = [tells('withdrew', at(5), { stored: at(7), voidedAt: at(9) })];
    const ends = [at(6), at(8), at(10)].map((knownAt) => episodes({ told: said, knownAt })[0]?.to);
    expect(ends).toEqual([null, 5.5, null]);
  });
});

const telling = fc
  .record({
    verb: fc.constantFrom<EnrolmentVerb>('enrolled', 'withdrew', 'suspended', 'resumed'),
    day: fc.integer({ min: 0, max: 12 }),
    delay: fc.integer({ min: 0, max: 9 }),
    by: fc.constantFrom('ana', 'ben'),
  })
  .map(({ verb, day: on, delay, by }) => tells(verb, at(on), { stored: at(on + delay), by }));
const change = fc
  .record({
    day: fc.integer({ min: 0, max: 12 }),
    length: fc.option(fc.integer({ min: 0, max: 6 })),
    reason: fc.constantFrom<EndReason>('withdrawn', 'removed', 'excluded'),
    source: fc.constantFrom<EnrolmentSource>('api', 'roster', 'launch'),
    who: fc.constantFrom('ana', 'ben'),
    nth: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ day: on, length, reason, source, who, nth }) =>
    enrolled(who, {
      enrolmentId: `${who}-${nth}`,
      enrolledAt: at(on),
      endedAt: length === null ? null : at(on + length),
      reason: length === null ? null : reason,
      source,
      recordedAt: at(on + nth),
    }),
  );

describe('enrolments told by statements, always', () => {
  it('do not depend on the order, the batches or the repetition in which they came', () => {
    fc.assert(
      fc.property(
        fc.array(telling, { maxLength: 10 }),
        fc.array(change, { maxLength: 4 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat(1_000)),
        (said, changes, enrolFromStatements, keys) => {
          const shuffled = <Item>(items: readonly Item[]) =>
            items
              .map((item) => ({ item, key: keys.next().value ?? 0 }))
              .sort((a, b) => a.key - b.key)
              .map(({ item }) => item);
          // Told again, each arrives at another time.
          const again = said.map((each) => ({ ...each, stored: each.stored + 7 }));
          const of = (told: readonly Told[], recorded: readonly EnrolmentChange[]) =>
            episodes({ changes: recorded, told, enrolFromStatements });
          const once = of(said, changes);
          expect(of(shuffled([...said, ...again, ...said]), shuffled(changes))).toEqual(once);
          for (const { from, to } of once)
            expect(to ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(from);
        },
      ),
      { numRuns: 300 },
    );
  });
});
