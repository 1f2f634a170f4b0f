import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isError } from '../../src/base/errors.ts';
import type { Cohort } from '../../src/cohorts/definitions.ts';
import { type EnrolmentEntry, parseEnrolments } from '../../src/cohorts/enrolment-entries.ts';
import type { Learner } from '../../src/storage/ports/cohort-store.ts';
import { openServices, type TurnedServices } from '../support/open-services.ts';
import { agent, at, STARTS_ON, unit } from '../support/scene.ts';

let opened: TurnedServices;
let cohort: Cohort;

beforeEach(async () => {
  opened = openServices(at(-9));
  const definition = { id: 'c', title: 'A cohort', kind: 'spoc', timezone: 'UTC', startsOn: STARTS_ON };
  const input = { ...definition, units: [{ id: unit('a') }] };
  ({ cohort } = await opened.services.definitions.apply('default', input, 'test'));
});
afterEach(() => opened.close());

const entry = (told: Partial<EnrolmentEntry> = {}): EnrolmentEntry => ({
  actor: agent('ana'),
  enrolledAt: null,
  endedAt: null,
  reason: null,
  ...told,
});
/** Records at noon of a day. */
const record = (day: number, ...told: readonly Partial<EnrolmentEntry>[]) => {
  opened.turnTo(at(day));
  return opened.services.enrolments.record(cohort, told.map(entry), { source: 'api', by: 'test' });
};
/** Beginning and end of each episode, as day and hour of the cohort (day 3.5 is noon of day 3). */
const episodes = async () => {
  const days = (when: number | null) => (when === null ? null : (when - at(0, 0)) / 86_400_000);
  const held = await opened.services.enrolments.current(cohort);
  return held.map(({ enrolledAt, endedAt, reason }) => [days(enrolledAt), days(endedAt), reason]);
};
const ana = (): Promise<Learner> =>
  opened.services.storage.cohorts.learnerOf('default', `account|https://lms.example|ana`, {
    learnerId: 'ana',
    name: null,
    at: opened.now(),
  });

describe('what is told of enrolments', () => {
  it('without a date is assumed to begin with the cohort, and says so', async () => {
    await record(2, {});
    const [only] = await opened.services.enrolments.current(cohort);
    expect(only).toMatchObject({ enrolledAt: at(0, 0), enrolledAtSource: 'assumed' });
    await record(3, { enrolledAt: at(1) });
    const [stated] = await opened.services.enrolments.current(cohort);
    expect(stated).toMatchObject({
      enrolledAt: at(1),
      enrolledAtSource: 'stated',
      enrolmentId: only?.enrolmentId,
    });
  });
  it('again changes nothing', async () => {
    expect(await record(2, { enrolledAt: at(1) }, { enrolledAt: at(1) })).toEqual({
      recorded: 1,
      unchanged: 1,
    });
    expect(await record(3, { enrolledAt: at(1) }, {})).toEqual({ recorded: 0, unchanged: 2 });
    const ending = { endedAt: at(3), reason: 'withdrawn' as const };
    expect(await record(4, ending, ending)).toEqual({ recorded: 1, unchanged: 1 });
    expect(await episodes()).toEqual([[1.5, 3.5, 'withdrawn']]);
  });
  it('an ending without a reason is a removal', async () => {
    await record(2, { enrolledAt: at(1), endedAt: at(2) });
    expect(await episodes()).toEqual([[1.5, 2.5, 'removed']]);
  });
  it('coming back after an ending is a new episode, dated or not', async () => {
    await record(2, {}, { endedAt: at(2), reason: 'withdrawn' });
    await record(9, {});
    await record(20, { endedAt: at(15) });
    await record(31, { enrolledAt: at(30) });
    expect(await episodes()).toEqual([
      [0, 2.5, 'withdrawn'],
      [9.5, 15.5, 'removed'],
      [30.5, null, null],
    ]);
  });
  it('an ending without a beginning ends the episode that had begun by then, not an earlier one', async () => {
    await record(12, { enrolledAt: at(0), endedAt: at(5) }, { enrolledAt: at(10) });
    await record(13, { endedAt: at(12) });
    expect(await episodes()).toEqual([
      [0.5, 5.5, 'removed'],
      [10.5, 12.5, 'removed'],
    ]);
  });
  it('an ending before the start of the cohort is no episode that ends before it begins', async () => {
    await record(-8, { endedAt: at(-8), reason: 'withdrawn' });
    expect(await episodes()).toEqual([[-7.5, -7.5, 'withdrawn']]);
  });
  it('by two of a person’s accounts in one batch is of two persons until they are linked', async () => {
    await record(2, {}, { actor: agent('ben') });
    expect(await episodes()).toHaveLength(2);
  });
  it('later within the same millisecond is recorded later', async () => {
    await record(2, { enrolledAt: at(1) });
    await record(2, { endedAt: at(2), reason: 'transferred' });
    await record(2, { enrolledAt: at(1) });
    expect(await episodes()).toEqual([[1.5, null, null]]);
    const changes = await opened.services.storage.cohorts.enrolmentChanges('default', 'c');
    expect(changes.map(({ recordedAt }) => recordedAt - at(2))).toEqual([0, 1, 2]);
  });
});

describe('launches', () => {
  it('enrol from their instant on, once, also from two tabs at once', async () => {
    opened.turnTo(at(3));
    const learner = await ana();
    const { enrolments } = opened.services;
    await Promise.all([
      enrolments.enrolOnLaunch(cohort, learner, at(3)),
      enrolments.enrolOnLaunch(cohort, learner, at(3) + 5),
    ]);
    await enrolments.enrolOnLaunch(cohort, learner, at(4));
    expect(await episodes()).toHaveLength(1);
  });
  it('after an ending begin a new episode', async () => {
    await record(2, { enrolledAt: at(1), endedAt: at(2) });
    await opened.services.enrolments.enrolOnLaunch(cohort, await ana(), at(6));
    expect(await episodes()).toEqual([
      [1.5, 2.5, 'removed'],
      [6.5, null, null],
    ]);
  });
  it('of staff exclude the person, whatever is told afterwards', async () => {
    await record(2, { enrolledAt: at(1) });
    const learner = await ana();
    await opened.services.enrolments.exclude(cohort, learner);
    expect(await record(5, { enrolledAt: at(1) }, {}, { enrolledAt: at(4) })).toEqual({
      recorded: 0,
      unchanged: 3,
    });
    expect(await opened.services.enrolments.enrolOnLaunch(cohort, learner, at(6))).toBeNull();
    expect(await episodes()).toEqual([[1.5, 2.5, 'excluded']]);
  });
  it('of staff nobody knew exclude them too', async () => {
    const learner = await ana();
    await opened.services.enrolments.exclude(cohort, learner);
    await opened.services.enrolments.exclude(cohort, learner);
    expect(await record(2, {})).toEqual({ recorded: 0, unchanged: 1 });
    const { metrics } = await opened.services.figures.of('default', 'c', { asOf: at(9), knownAt: null });
    expect(metrics.counts.enrolled).toBe(0);
  });
});

describe('a body of enrolments', () => {
  const actor = { mbox: 'mailto:ana@example.org' };
  it('has an actor and instants with a zone; seconds may be left out', () => {
    expect(
      parseEnrolments([
        { actor, enrolledAt: '2026-09-07T08:00+02:00', endedAt: '2026-09-08T08:00:00Z', reason: 'withdrawn' },
      ]),
    ).toEqual([
      {
        actor,
        enrolledAt: Date.parse('2026-09-07T06:00Z'),
        endedAt: Date.parse('2026-09-08T08:00Z'),
        reason: 'withdrawn',
      },
    ]);
  });
  const faulty: readonly [string, unknown, string][] = [
    ['no array', { actor }, ''],
    ['no actor', [{}], '[0].actor'],
    ['an actor nobody can find again', [{ actor: { name: 'Ana' } }], '[0].actor'],
    ['a bad mailbox', [{ actor }, { actor: { mbox: 'ana@example.org' } }], '[1].actor.mbox'],
    ['an unknown field', [{ actor, color: 'red' }], '[0].color'],
    ['a time without a zone', [{ actor, enrolledAt: '2026-09-07T08:00' }], '[0].enrolledAt'],
    ['a day that does not exist', [{ actor, enrolledAt: '2026-02-30T08:00Z' }], '[0].enrolledAt'],
    ['a reason without an ending', [{ actor, reason: 'withdrawn' }], '[0].endedAt'],
    ['an unknown reason', [{ actor, endedAt: '2026-09-07T08:00Z', reason: 'bored' }], '[0].reason'],
    [
      'an ending before the beginning',
      [{ actor, enrolledAt: '2026-09-07T08:00Z', endedAt: '2026-09-06T08:00Z' }],
      '[0].endedAt',
    ],
  ];
  it.each(faulty)('with %s is refused, the field named', (_, body, path) => {
    try {
      parseEnrolments(body);
      expect.unreachable('was accepted');
    } catch (error) {
      if (!isError(error, 'invalid-request')) throw error;
      expect(error.problems.map((problem) => problem.path)).toContain(path);
    }
  });
});
