import { describe, expect, it } from 'vitest';
import {
  at,
  cohortOf,
  enrolled,
  figuresOf,
  learnerOf,
  type Told,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

const S = unit('s');
const MINUTE = 60_000;
/** A session on day 3 from 14:00 to 16:00: present is who was there for 96 of its 120 minutes. */
const slot = { startsAt: new Date(at(3, 14)).toISOString(), endsAt: new Date(at(3, 16)).toISOString() };
const meeting = (change: object = {}) =>
  cohortOf({
    kind: 'blended',
    units: [{ id: S, modality: 'virtual-class', satisfiedBy: 'Attended', ...slot, ...change }],
  });
const joined = (minute: number) => told(VERB.joined, S, at(3, 14) + minute * MINUTE);
const left = (minute: number) => told(VERB.left, S, at(3, 14) + minute * MINUTE);
const session = (tellings: readonly Told[], change: object = {}) =>
  learnerOf({ definition: meeting(change), told: tellings, asOf: at(9) }).sessions[0];

describe('presence is the union of join..leave inside the slot', () => {
  const minutes = (...tellings: readonly Told[]) => session(tellings)?.minutes;
  it('counts what lies inside, once', () => {
    expect(minutes(joined(-30), left(40))).toBe(40);
    expect(minutes(joined(10), left(40), joined(60), left(500))).toBe(90);
    expect(minutes(joined(10), joined(20), left(40))).toBe(30);
    expect(minutes(joined(-30), left(-5))).toBe(0);
  });
  it('a missing leave ends with the slot; a leave without a join is nothing', () => {
    expect(minutes(joined(100))).toBe(20);
    expect(minutes(left(100))).toBe(0);
    expect(minutes(joined(10), left(20), joined(90))).toBe(40);
  });
  it('who leaves and joins at the same instant is still there; who joins and leaves at once has been nowhere', () => {
    expect(minutes(joined(0), left(30), joined(30), left(60))).toBe(60);
    expect(minutes(joined(30), left(30))).toBe(0);
  });
});

describe('Attended', () => {
  it('at the end of a session held, when the share of presence is enough', () => {
    const present = [joined(0), left(96)];
    expect(session(present)).toMatchObject({ status: 'attended', minutes: 96 });
    expect(session([joined(0), left(95)])).toMatchObject({ status: 'absent' });
    expect(session([joined(0), left(60)], { minAttendance: 0.5 })?.status).toBe('attended');
    expect(session([], { minAttendance: 0 })?.status).toBe('absent');
    const learner = (asOf: number) => learnerOf({ definition: meeting(), told: present, asOf });
    expect(learner(at(3, 16) - 1)).toMatchObject({ completedAt: null, sessions: [{ status: 'upcoming' }] });
    expect(learner(at(3, 16)).completedAt).toBe(at(3, 16));
  });
  it('by the word of a trusted writer, also afterwards', () => {
    const word = told(VERB.attended, S, at(5), { standings: true });
    expect(session([word])).toMatchObject({ status: 'attended', minutes: 120 });
    expect(learnerOf({ definition: meeting(), told: [word], asOf: at(9) }).completedAt).toBe(at(5));
    expect(session([told(VERB.attended, S, at(5))])?.status).toBe('absent');
  });
});

describe('attendance', () => {
  const two = (change: object = {}) =>
    cohortOf({
      kind: 'blended',
      units: [
        { id: S, satisfiedBy: 'Attended', ...slot },
        {
          id: unit('t'),
          satisfiedBy: 'Attended',
          startsAt: '2026-01-12T14:00Z',
          endsAt: '2026-01-12T15:00Z',
          ...change,
        },
      ],
    });
  const attendance = (scene: object) =>
    figuresOf({ definition: two(), told: [joined(0)], asOf: at(20), ...scene }).metrics;

  it('counts learner-sessions held while enrolled', () => {
    expect(attendance({}).attendance).toEqual({
      held: 2,
      attended: 1,
      excused: 0,
      presentMinutes: 120,
      slotMinutes: 180,
    });
    expect(attendance({}).rates.attendanceGross).toEqual({
      numerator: 1,
      denominator: 2,
      value: 0.5,
      ci95: null,
    });
    expect(attendance({ asOf: at(5) }).rates.attendanceGross.value).toBe(1);
    expect(attendance({ asOf: at(1) }).rates.attendanceGross).toMatchObject({ denominator: 0, value: null });
    const late = [enrolled('ana', { enrolledAt: at(5) })];
    expect(attendance({ enrolments: late, told: [] }).attendance).toMatchObject({ held: 1, attended: 0 });
    const gone = [enrolled('ana', { endedAt: at(5) })];
    expect(attendance({ enrolments: gone }).attendance).toMatchObject({ held: 1, attended: 1 });
  });
  it('leaves out cancelled, optional and waived sessions', () => {
    for (const change of [{ cancelled: true }, { required: false }])
      expect(attendance({ definition: two(change) }).attendance).toMatchObject({ held: 1, attended: 1 });
    const waived = told(VERB.waived, unit('t'), at(15), { standings: true });
    expect(attendance({ told: [joined(0), waived] }).attendance?.held).toBe(1);
  });
  it('is null for a cohort without sessions', () => {
    expect(figuresOf({ asOf: at(20) }).metrics.attendance).toBeNull();
  });
  it('a session held, not attended and not excused, is an alert for who was enrolled then', () => {
    const alerts = (scene: object) =>
      learnerOf({ definition: two(), told: [told(VERB.attempted, S, at(19))], asOf: at(20), ...scene })
        .alerts;
    expect(alerts({})).toEqual(['missedSession']);
    expect(alerts({ told: [joined(0), told(VERB.attempted, S, at(6))], asOf: at(6) })).toEqual([]);
    expect(alerts({ enrolments: [enrolled('ana', { enrolledAt: at(19) })] })).toEqual([]);
    const waived = [S, unit('t')].map((id) => told(VERB.waived, id, at(15), { standings: true }));
    expect(alerts({ told: [...waived, told(VERB.attempted, S, at(19))] })).toEqual([]);
  });
});
