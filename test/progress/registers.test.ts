import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABSENT, EXCUSED } from '../../xapi/vocabulary/verbs.ts';
import {
  at,
  cohortOf,
  figuresOf,
  learnerOf,
  type Saying,
  type Told,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

const S = unit('s');
const MINUTE = 60_000;
const END = at(3, 16);
/** A session on day 3 from 14:00 to 16:00: present is who was there for 96 of its 120 minutes. */
const slot = { startsAt: new Date(at(3, 14)).toISOString(), endsAt: new Date(END).toISOString() };
const definition = cohortOf({
  kind: 'blended',
  units: [{ id: S, modality: 'in-person', satisfiedBy: 'Attended', ...slot }],
});
const VERBS = { present: VERB.attended, absent: ABSENT, excused: EXCUSED } as const;
type Status = keyof typeof VERBS;

/** A register entry: of the session's end, recorded later. */
function entry(
  status: Status,
  recordedAt: number,
  minutes?: number,
  saying: Partial<Saying & Pick<Told, 'voidedAt' | 'at'>> = {},
): Told {
  const result = minutes === undefined ? {} : { result: { duration: `PT${minutes * 60}S` } };
  return told(VERBS[status], S, saying.at ?? END, {
    standings: true,
    stored: recordedAt,
    ...result,
    ...saying,
  });
}
const joined = told(VERB.joined, S, at(3, 14));
const left = told(VERB.left, S, at(3, 14) + 30 * MINUTE);

const look = (tellings: readonly Told[], asOf = at(9), knownAt: number | null = null) => {
  const learner = learnerOf({ definition, told: tellings, asOf, knownAt });
  const [session] = learner.sessions;
  return { ...session, satisfiedAt: learner.units[0]?.satisfiedAt, acts: learner.acts };
};

describe('a register entry wins over traces', () => {
  it('present without minutes is the whole session, satisfied at its end', () => {
    expect(look([joined, left, entry('present', at(5))])).toMatchObject({
      status: 'attended',
      minutes: 120,
      satisfiedAt: END,
    });
  });
  it('minutes are judged by minAttendance, and are never more than the session', () => {
    expect(look([entry('present', at(5), 96)])).toMatchObject({ status: 'attended', minutes: 96 });
    expect(look([entry('present', at(5), 95)])).toMatchObject({ status: 'absent', minutes: 95 });
    expect(look([entry('present', at(5), 500)])).toMatchObject({ status: 'attended', minutes: 120 });
    expect(look([joined, entry('present', at(5), 0)])).toMatchObject({ status: 'absent', minutes: 0 });
  });
  it('absent is absent whatever joins say', () => {
    expect(look([joined, entry('absent', at(5))])).toMatchObject({
      status: 'absent',
      minutes: 0,
      satisfiedAt: null,
    });
  });
  it('excused leaves the net rate, stays in the gross one, and is no alert', () => {
    const { metrics, learners } = figuresOf({
      definition,
      told: [told(VERB.attempted, S, at(8)), entry('excused', at(2))],
      asOf: at(9),
    });
    expect(metrics.attendance).toMatchObject({ held: 1, attended: 0, excused: 1, presentMinutes: 0 });
    expect(metrics.rates.attendanceGross).toMatchObject({ numerator: 0, denominator: 1 });
    expect(metrics.rates.attendanceNet).toMatchObject({ numerator: 0, denominator: 0, value: null });
    expect(learners[0]?.alerts).toEqual([]);
    expect(look([entry('excused', at(2))], at(3, 15))).toMatchObject({ status: 'upcoming' });
  });
  it('excused by another system later, the share of sessions attended is enough from then on', () => {
    const two = cohortOf({
      completion: { require: { weight: 0.1 }, minAttendance: 0.8 },
      units: [
        { id: S, satisfiedBy: 'Attended', ...slot },
        {
          id: unit('t'),
          satisfiedBy: 'Attended',
          startsAt: new Date(at(4, 9)).toISOString(),
          endsAt: new Date(at(4, 10)).toISOString(),
        },
      ],
    });
    const excused = told(EXCUSED, unit('t'), at(6), { standings: true });
    const completedAt = (tellings: readonly Told[]) =>
      learnerOf({ definition: two, told: tellings, asOf: at(5) }).completedAt;
    expect(completedAt([entry('present', at(5))])).toBeNull();
    const later = learnerOf({ definition: two, told: [entry('present', at(5)), excused], asOf: at(9) });
    expect(later.completedAt).toBe(at(6));
  });
  it('counts from the end of the session on, and only from trusted writers', () => {
    expect(look([entry('present', at(5))], END - 1)).toMatchObject({ status: 'upcoming', satisfiedAt: null });
    expect(look([{ ...entry('present', at(5)), standings: false }])).toMatchObject({ status: 'absent' });
  });
  it('somebody who was present did something; who was absent or excused did not', () => {
    expect(look([entry('present', at(5))]).acts).toEqual([END]);
    for (const status of ['absent', 'excused'] as const)
      expect(look([entry(status, at(5))]).acts).toEqual([]);
    expect(look([entry('present', at(5), 0)]).acts).toEqual([]);
  });
});

describe('of two entries the one recorded last holds', () => {
  const first = entry('present', at(5));
  const correction = entry('absent', at(6));
  it('whatever the order of arrival, and what it corrects is no act any more', () => {
    for (const both of [
      [first, correction],
      [correction, first],
    ])
      expect(look(both)).toMatchObject({ status: 'absent', satisfiedAt: null, acts: [] });
  });
  it('a correction counts from the session’s end too; before it was recorded nobody knew', () => {
    const corrected = [entry('absent', at(5)), entry('present', at(6))];
    expect(look(corrected)).toMatchObject({ status: 'attended', satisfiedAt: END });
    expect(look(corrected, at(9), at(5, 20))).toMatchObject({ status: 'absent', satisfiedAt: null });
    expect(look(corrected, at(9), at(4))).toMatchObject({ status: 'absent', minutes: 0 });
  });
  it('what was corrected and corrected back holds as recorded last', () => {
    expect(look([first, correction, entry('present', at(7))])).toMatchObject({ status: 'attended' });
    expect(look([entry('present', at(7)), correction, first])).toMatchObject({ status: 'attended' });
  });
  it('a voided entry leaves what was before', () => {
    const voided = { ...correction, voidedAt: at(8) };
    expect(look([first, voided])).toMatchObject({ status: 'attended' });
    expect(look([first, voided], at(9), at(7))).toMatchObject({ status: 'absent' });
    expect(look([joined, { ...first, voidedAt: at(8) }])).toMatchObject({ status: 'attended', minutes: 120 });
  });
  it('a trusted system may say it later: it holds from when it says', () => {
    expect(look([entry('absent', at(4)), entry('present', at(6), undefined, { at: at(5) })])).toMatchObject({
      status: 'attended',
      satisfiedAt: at(5),
    });
  });
  it('always: arrival and repeats change nothing', () => {
    const anyEntry = fc
      .record({
        status: fc.constantFrom<Status>('present', 'absent', 'excused'),
        recordedAt: fc.integer({ min: 0, max: 6 }),
        minutes: fc.option(fc.integer({ min: 0, max: 150 }), { nil: undefined }),
        voided: fc.boolean(),
      })
      .map(({ status, recordedAt, minutes, voided }) =>
        entry(status, at(4) + recordedAt, status === 'present' ? minutes : undefined, {
          voidedAt: voided ? at(4) + 7 : null,
        }),
      );
    fc.assert(
      fc.property(
        fc.array(anyEntry, { maxLength: 6 }).chain((entries) => {
          const all = [...entries, joined, left];
          return fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
          );
        }),
        fc.constantFrom(null, at(4) + 3, at(4) + 7),
        ([plain, shuffled], knownAt) => {
          expect(look(shuffled, at(9), knownAt)).toEqual(look(plain, at(9), knownAt));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('sessions that do not take place as planned', () => {
  const other = (change: object) =>
    cohortOf({ units: [{ id: S, satisfiedBy: 'Attended', ...slot, ...change }, { id: unit('b') }] });
  const of = (change: object, tellings: readonly Told[]) =>
    figuresOf({ definition: other(change), told: tellings, asOf: at(20) });
  it('a cancelled session leaves the denominators, whatever its register says', () => {
    const { metrics, learners } = of({ cancelled: true }, [entry('absent', at(5))]);
    expect(metrics.attendance?.held).toBe(0);
    expect(learners[0]?.sessions[0]?.status).toBe('cancelled');
  });
  it('a session moved later or earlier keeps its register', () => {
    for (const day of [2, 6]) {
      const moved = {
        startsAt: new Date(at(day, 9)).toISOString(),
        endsAt: new Date(at(day, 11)).toISOString(),
      };
      const { learners } = of(moved, [entry('present', at(5))]);
      expect(learners[0]?.sessions[0]).toMatchObject({ status: 'attended', minutes: 120 });
    }
  });
  it('two half-days are two sessions, each with its own register', () => {
    const half = (name: string, from: number) => ({
      id: unit(name),
      satisfiedBy: 'Attended' as const,
      startsAt: new Date(at(3, from)).toISOString(),
      endsAt: new Date(at(3, from + 3)).toISOString(),
    });
    const { metrics } = figuresOf({
      definition: cohortOf({ units: [half('morning', 9), half('afternoon', 14)] }),
      told: [told(VERB.attended, unit('morning'), at(3, 12), { standings: true })],
      asOf: at(9),
    });
    expect(metrics.attendance).toMatchObject({ held: 2, attended: 1, presentMinutes: 180, slotMinutes: 360 });
  });
});
