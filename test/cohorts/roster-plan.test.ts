import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cohort } from '../../src/cohorts/definitions.ts';
import { rosterChanges } from '../../src/cohorts/roster-changes.ts';
import { BRAKE, type RosterFacts, type RosterPerson, rosterPlan } from '../../src/cohorts/roster-plan.ts';
import { createCalendar } from '../../src/progress/calendar.ts';
import { heldChanges } from '../../src/progress/cohort-episodes.ts';
import { enrolmentsAt, frameOf } from '../../src/progress/enrolments.ts';
import { unitedEpisodes } from '../../src/progress/linked-learners.ts';
import type { EnrolmentChange } from '../../src/storage/ports/cohort-store.ts';
import type { RosterKnown } from '../../src/storage/ports/roster-store.ts';
import { at, cohortOf, enrolled } from '../support/scene.ts';

const NOW = at(20);
const definition = cohortOf();
const cohort: Cohort = { org: 'o', id: 'c', version: 1, recordedAt: 0, definition };

const member = (learnerId: string, change: Partial<RosterPerson> = {}): RosterPerson => ({
  learnerId,
  standing: 'learner',
  firstReading: false,
  ...change,
});
const facts = (change: Partial<RosterFacts> = {}): RosterFacts => ({
  people: [],
  whole: true,
  episodes: [],
  known: [],
  confirmed: new Set(),
  now: NOW,
  ...change,
});
const present = (learnerId: string): RosterKnown => ({ learnerId, present: true });
const away = (learnerId: string): RosterKnown => ({ learnerId, present: false });
const ended = (who: string, change: Partial<EnrolmentChange> = {}) =>
  enrolled(who, { endedAt: at(5), reason: 'removed', ...change });

/** Each change as an episode of its own. */
const alone = (changes: readonly EnrolmentChange[]) =>
  changes.flatMap((each) => unitedEpisodes(each.learnerId, [each]));

/** The facts after a plan was carried out. */
function carriedOut(before: RosterFacts, now = before.now + 1): RosterFacts {
  const plan = rosterPlan(before);
  const taken = new Set(before.episodes.map(({ enrolmentId }) => enrolmentId));
  const changes = rosterChanges(cohort, plan, alone(before.episodes), before.now, taken);
  const known = new Map(before.known.map((each) => [each.learnerId, each]));
  for (const each of plan.known) known.set(each.learnerId, each);
  return {
    ...before,
    people: before.people.map((each) => ({ ...each, firstReading: false })),
    episodes: heldChanges([...before.episodes, ...changes], null),
    known: [...known.values()],
    confirmed: new Set(),
    now,
  };
}

describe('what follows from a roster', () => {
  it('is nothing for who was ended by other means while the roster went on naming them', () => {
    const plan = rosterPlan(
      facts({ people: [member('a')], episodes: [ended('a', { source: 'api' })], known: [present('a')] }),
    );
    expect([plan.enrol, plan.resume]).toEqual([[], []]);
    const first = facts({ people: [member('a', { firstReading: true })], episodes: [ended('a')] });
    expect(rosterPlan(first).resume).toEqual([]);
  });
  it('is a new episode for who was gone and is back', () => {
    const back = facts({ people: [member('a')], episodes: [ended('a')], known: [away('a')] });
    expect(rosterPlan(back).resume).toEqual(['a']);
    const [first, second] = carriedOut(back).episodes;
    expect(second).toMatchObject({ enrolledAt: NOW, endedAt: null, source: 'roster' });
    expect(second?.enrolmentId).not.toBe(first?.enrolmentId);
  });
  it('is no ending for whom no roster ever contained, nor for whose group is unknown', () => {
    expect(rosterPlan(facts({ episodes: [enrolled('a')] })).end).toEqual([]);
    const unknown = facts({
      people: [member('a', { standing: 'unknown' })],
      episodes: [enrolled('a')],
      known: [present('a')],
    });
    expect(rosterPlan(unknown)).toMatchObject({ end: [], held: null });
  });
  it('is exclusion for staff, for good when they opened the tool as staff, else as long as the roster says so', () => {
    const staff = facts({ people: [member('a', { standing: 'staff' })], episodes: [enrolled('a')] });
    expect(rosterPlan(staff).exclude).toEqual(['a']);
    const learnerAgain = { ...carriedOut(staff), people: [member('a')] };
    expect(rosterPlan(learnerAgain).resume).toEqual(['a']);
    const byLaunch = learnerAgain.episodes.map((each) => ({ ...each, source: 'launch' as const }));
    expect(rosterPlan({ ...learnerAgain, episodes: byLaunch }).resume).toEqual([]);
  });
  it('is nothing for test students, but exclusion where they were enrolled', () => {
    const test = facts({ people: [member('t', { standing: 'test' })] });
    expect(rosterPlan(test).exclude).toEqual([]);
    expect(rosterPlan({ ...test, episodes: [enrolled('t')] }).exclude).toEqual(['t']);
  });
  it('is held exactly when more than a fifth of those it held would go', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const all = facts({ episodes: ids.map((id) => enrolled(id)), known: ids.map(present) });
    const without = (...gone: string[]) =>
      rosterPlan({ ...all, people: ids.filter((id) => !gone.includes(id)).map((id) => member(id)) });
    expect(without('b')).toMatchObject({ end: ['b'], held: null });
    expect(without('b', 'd')).toMatchObject({ end: [], held: { learnerIds: ['b', 'd'], share: 0.4 } });
    const confirmed = new Set(['b', 'd']);
    expect(rosterPlan({ ...all, people: [member('a'), member('c'), member('e')], confirmed })).toMatchObject({
      end: ['b', 'd'],
      held: null,
    });
  });
  it('begins with the cohort at the first reading, else at the reading, and never before the cohort', () => {
    const at0 = facts({ people: [member('a', { firstReading: true }), member('b')] });
    const begins = (now: number) =>
      rosterChanges(cohort, rosterPlan({ ...at0, now }), [], now, new Set()).map(
        ({ enrolledAt }) => enrolledAt,
      );
    expect(begins(NOW)).toEqual([at(0, 0), NOW]);
    expect(begins(at(-9))).toEqual([at(0, 0), at(0, 0)]);
  });
});

const ID = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const people = fc.array(
  fc.record({
    learnerId: ID,
    standing: fc.constantFrom<RosterPerson['standing']>(
      'learner',
      'learner',
      'learner',
      'staff',
      'test',
      'unknown',
      'suspended',
    ),
    firstReading: fc.boolean(),
  }),
  { maxLength: 8 },
);
const episodes = fc
  .uniqueArray(fc.tuple(ID, fc.constantFrom('open', 'removed', 'api-ended', 'excluded', 'roster-excluded')), {
    selector: ([id]) => id,
  })
  .map((list) =>
    list.map(([id, kind]) => {
      if (kind === 'open') return enrolled(id);
      if (kind === 'removed') return ended(id, { source: 'roster' });
      if (kind === 'api-ended') return ended(id, { source: 'api', reason: 'withdrawn' });
      return ended(id, { reason: 'excluded', source: kind === 'excluded' ? 'launch' : 'roster' });
    }),
  );
const anyFacts: fc.Arbitrary<RosterFacts> = fc.record({
  people,
  whole: fc.boolean(),
  episodes,
  known: fc.uniqueArray(fc.record({ learnerId: ID, present: fc.boolean() }), {
    selector: (k) => k.learnerId,
  }),
  confirmed: fc.uniqueArray(ID).map((ids) => new Set(ids)),
  now: fc.constant(NOW),
});
const open = (changes: readonly EnrolmentChange[], now: number) =>
  enrolmentsAt(frameOf(definition, createCalendar('UTC', definition.startsOn), now), alone(changes))
    .filter(({ endedAt }) => endedAt === null)
    .map(({ learnerId }) => learnerId)
    .sort();

describe('a synchronisation, always', () => {
  it('does not depend on the order of what it reads', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(), (given, seed) => {
        const turned = <Item>(items: readonly Item[]) =>
          items.map((_, index) => items[(index + seed) % items.length]).filter((item) => item !== undefined);
        expect(
          rosterPlan({
            ...given,
            people: turned(given.people),
            episodes: turned([...given.episodes].reverse()),
            known: turned(given.known),
          }),
        ).toEqual(rosterPlan(given));
      }),
    );
  });

  it('done twice is done once', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const second = rosterPlan(carriedOut(given));
        const { enrol, resume, end, exclude, known } = second;
        const left = end.length + exclude.length;
        // Removals let through make the held ones a smaller or larger share: these may follow, nothing else.
        if (given.confirmed.size === 0 && rosterPlan(given).held === null)
          expect({ enrol, resume, left, known }).toEqual({ enrol: [], resume: [], left: 0, known: [] });
        expect([enrol, resume]).toEqual([[], []]);
      }),
    );
  });

  it('held back ends and excludes nobody whom the roster held, but those who were confirmed', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const plan = rosterPlan(given);
        fc.pre(plan.held !== null);
        expect(plan.held?.share).toBeGreaterThan(BRAKE);
        const before = open(given.episodes, given.now);
        const next = carriedOut(given);
        const gone = before.filter((id) => !open(next.episodes, next.now).includes(id));
        const known = new Set(given.known.map(({ learnerId }) => learnerId));
        expect(gone.filter((id) => known.has(id) && !given.confirmed.has(id))).toEqual([]);
      }),
    );
  });

  it('that was not read whole ends nobody', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        expect(rosterPlan({ ...given, whole: false }).end).toEqual([]);
      }),
    );
  });

  it('leaves nobody with two open episodes', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const next = carriedOut(given);
        const list = open(next.episodes, next.now);
        expect(new Set(list).size).toBe(list.length);
      }),
    );
  });
});
