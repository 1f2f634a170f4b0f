import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { opaqueId } from '../platform/opaque-ids.ts';
import { canvasThrottling } from '../platform/service-faults.ts';
import {
  type Campus,
  courseIdOf,
  instructor,
  learners,
  person,
  STAFF,
  startCampus,
  testStudent,
} from '../support/campus.ts';
import { startAssidu } from '../support/start-assidu.ts';

const STARTS_ON = '2026-01-05';

async function cohort(campus: Campus, id: string, context: object = {}): Promise<void> {
  const course = 'course' in context ? null : await courseIdOf(campus);
  const { status, text } = await campus.assidu.request('PUT', `/api/v1/cohorts/${id}`, {
    id,
    title: 'A cohort',
    kind: 'spoc',
    timezone: 'UTC',
    startsOn: STARTS_ON,
    contexts: [{ platform: campus.lms.issuer, course, ...context }],
    units: [{ id: 'https://lms.example/unit' }],
  });
  if (status > 201) throw new Error(text);
}
const sync = async ({ assidu }: Campus, id: string) =>
  (await assidu.request('POST', `/api/v1/cohorts/${id}/roster/sync`)).json;
const roster = async ({ assidu }: Campus, id: string) =>
  (await assidu.request('GET', `/api/v1/cohorts/${id}/roster`)).json;
const counts = async ({ assidu }: Campus, id: string) =>
  (await assidu.request('GET', `/api/v1/cohorts/${id}/metrics`)).json.counts;
/** Suspensions of the enrolments that have any. */
const pauses = async ({ assidu }: Campus, id: string) => {
  const { json } = await assidu.request('GET', `/api/v1/cohorts/${id}/enrolments?limit=1000`);
  return json.flatMap(({ suspensions }: { readonly suspensions: readonly object[] }) =>
    suspensions.length === 0 ? [] : [suspensions],
  );
};
const rows = async ({ assidu }: Campus, id: string) =>
  (await assidu.request('GET', `/api/v1/cohorts/${id}/learners?limit=1000`)).json;

describe.each(['moodle', 'canvas'] as const)('the roster of a course of %s', (profile) => {
  let campus: Campus;
  let time = Date.parse('2026-02-02T10:00:00Z');
  beforeAll(async () => {
    campus = await startCampus({ profile, people: learners(60), clock: () => time });
    await campus.launch(STAFF);
  });
  afterAll(() => campus.close());

  it('brings learners who never opened anything into the figures, enrolled from the start, which is assumed', async () => {
    await cohort(campus, 'c');
    // Student View exists in Canvas only.
    if (profile === 'canvas') campus.people.push(person('test', testStudent));
    expect(await sync(campus, 'c')).toMatchObject({
      members: profile === 'canvas' ? 62 : 61,
      learners: 60,
      enrolled: 60,
      excluded: 1,
      held: 0,
      fault: null,
    });
    expect(await counts(campus, 'c')).toMatchObject({ enrolled: 60, started: 0, notStarted: 60 });
    const [first] = await rows(campus, 'c');
    expect(first).toMatchObject({ enrolledAt: `${STARTS_ON}T00:00:00.000Z`, state: 'notStarted' });
    expect(first.name).toMatch(/^Prénom \d+$/);
    const held = await campus.assidu.services.storage.cohorts.enrolmentChanges('default', 'c');
    expect(new Set(held.map(({ source, enrolledAtSource }) => `${source} ${enrolledAtSource}`))).toEqual(
      new Set(['roster assumed']),
    );
  });

  it('read again changes nothing', async () => {
    const before = await campus.assidu.services.storage.cohorts.enrolmentChanges('default', 'c');
    expect(await sync(campus, 'c')).toMatchObject({ enrolled: 0, resumed: 0, ended: 0, excluded: 0 });
    expect(await campus.assidu.services.storage.cohorts.enrolmentChanges('default', 'c')).toEqual(before);
  });

  it('enrols who comes later from then on, removes who left, and gives who is back a new episode', async () => {
    time += 86_400_000;
    const [gone] = campus.people.splice(1, 1);
    campus.people.push(person('late'));
    expect(await sync(campus, 'c')).toMatchObject({ enrolled: 1, ended: 1, resumed: 0 });
    expect(await counts(campus, 'c')).toMatchObject({ enrolled: 61, withdrawn: 1 });
    expect((await rows(campus, 'c')).at(-1)).toMatchObject({ enrolledAt: new Date(time).toISOString() });
    time += 86_400_000;
    if (gone) campus.people.push(gone);
    expect(await sync(campus, 'c')).toMatchObject({ enrolled: 0, ended: 0, resumed: 1 });
    expect(await counts(campus, 'c')).toMatchObject({ enrolled: 62, withdrawn: 1, notStarted: 61 });
  });

  it('excludes a learner who becomes staff, and pauses the enrolment of people kept out for a while', async () => {
    const [, second, third] = campus.people;
    if (!second || !third) throw new Error('no people');
    campus.people.splice(1, 2, { ...second, ...instructor }, { ...third, status: 'Inactive' });
    // Moodle's roster leaves them out: they are as good as gone.
    const gone = profile === 'moodle' ? 1 : 0;
    expect(await sync(campus, 'c')).toMatchObject({ ended: gone, excluded: 1 });
    expect(await counts(campus, 'c')).toMatchObject({ enrolled: 61, withdrawn: 1 + gone });
    const paused = gone ? [] : [[{ from: expect.any(String), to: null }]];
    expect(await pauses(campus, 'c')).toEqual(paused);
    await sync(campus, 'c');
    expect(await pauses(campus, 'c')).toHaveLength(paused.length);
    campus.people.splice(1, 2, second, third);
    expect(await sync(campus, 'c')).toMatchObject({ resumed: 1 + gone });
    expect(await counts(campus, 'c')).toMatchObject({ enrolled: 62 + gone, notStarted: 61 });
    const over = gone ? [] : [[{ from: expect.any(String), to: expect.any(String) }]];
    expect(await pauses(campus, 'c')).toEqual(over);
  });

  it('never removes whom only the API enrolled', async () => {
    const actor = { account: { homePage: campus.lms.issuer, name: 'guest' } };
    await campus.assidu.request('POST', '/api/v1/cohorts/c/enrolments', [{ actor }]);
    expect(await sync(campus, 'c')).toMatchObject({ ended: 0, held: 0 });
    expect(await counts(campus, 'c')).toMatchObject({ enrolled: profile === 'moodle' ? 64 : 63 });
  });

  it('holds the removals when more than a fifth is gone, says so, and lets through what is confirmed', async () => {
    const before = await counts(campus, 'c');
    const gone = campus.people.splice(1, 20);
    expect(await sync(campus, 'c')).toMatchObject({ ended: 0, held: 20 });
    expect(await counts(campus, 'c')).toEqual(before);
    const { held } = await roster(campus, 'c');
    expect(held.learners).toHaveLength(20);
    expect(held.learners[0].name).toMatch(/^Prénom/);
    campus.people.splice(1, 0, ...gone.slice(0, 5));
    const confirmed = await campus.assidu.request('POST', '/api/v1/cohorts/c/roster/confirm');
    expect(confirmed.json).toMatchObject({ ended: 15, held: 0 });
    expect((await roster(campus, 'c')).held).toBeNull();
    const again = await campus.assidu.request('POST', '/api/v1/cohorts/c/roster/confirm');
    expect(again.status).toBe(409);
  });

  it('that cannot be read, or not whole, removes nobody, and says what happened', async () => {
    const [gone] = campus.people.splice(1, 1);
    const before = await counts(campus, 'c');
    campus.lms.fail({ service: 'memberships', status: 404, body: '{"reason":"no course"}' });
    expect((await sync(campus, 'c')).fault).toContain('404');
    campus.lms.fail({ service: 'memberships', headers: { link: '<http://elsewhere.test/>; rel="next"' } });
    expect((await sync(campus, 'c')).fault).toContain('elsewhere.test');
    campus.lms.fail({ service: 'memberships', headers: { link: 'next please' } });
    expect((await sync(campus, 'c')).fault).toContain('next please');
    expect(await counts(campus, 'c')).toEqual(before);
    if (gone) campus.people.push(gone);
  });

  it('is read through throttling and moments of trouble', async () => {
    campus.lms.fail(canvasThrottling, {
      service: 'memberships',
      status: 503,
      headers: { 'retry-after': '0' },
    });
    campus.lms.fail({ service: 'token', status: 500, headers: { 'retry-after': '0' } });
    expect(await sync(campus, 'c')).toMatchObject({ fault: null });
  });
});

describe('when rosters are read', () => {
  let campus: Campus;
  let time = Date.parse('2026-02-02T10:00:00Z');
  beforeAll(async () => {
    campus = await startCampus({ profile: 'moodle', people: learners(3), clock: () => time });
    await campus.launch(STAFF);
    await cohort(campus, 'c');
  });
  afterAll(() => campus.close());
  const readings = () => campus.lms.requests.filter(({ service }) => service === 'memberships').length;
  const look = () => campus.assidu.services.rosterSchedule.look();

  it('it is at a launch of the staff, but not twice within ten minutes, nor at a learner’s', async () => {
    await campus.launch('1');
    await look();
    const before = readings();
    await campus.launch(STAFF);
    await look();
    expect(readings()).toBe(before);
    time += 11 * 60_000;
    await campus.launch('1');
    await look();
    expect(readings()).toBe(before);
    await campus.launch(STAFF);
    await look();
    expect(readings()).toBe(before + 1);
  });

  it('it is every hour, a little later for some, and again soon after a fault', async () => {
    const before = readings();
    time += 59 * 60_000;
    await look();
    expect(readings()).toBe(before);
    time += 8 * 60_000;
    campus.lms.fail({ service: 'memberships', status: 400 });
    await look();
    await look();
    expect(readings()).toBe(before + 1);
    time += 10 * 60_000;
    await look();
    expect(readings()).toBe(before + 2);
    expect((await roster(campus, 'c')).last.fault).toBeNull();
  });

  it('it is once for all cohorts of a course, also where one of them was read on demand in between', async () => {
    await cohort(campus, 'c2');
    await cohort(campus, 'c3');
    let before = readings();
    await look();
    expect(readings()).toBe(before + 1);
    time += 30 * 60_000;
    await sync(campus, 'c2');
    before = readings();
    time += 40 * 60_000;
    await look();
    expect(readings()).toBe(before + 1);
    for (const id of ['c', 'c2', 'c3'])
      expect((await roster(campus, id)).last).toMatchObject({
        at: new Date(time).toISOString(),
        learners: 3,
        fault: null,
      });
    time += 11 * 60_000;
    await campus.launch(STAFF);
    await look();
    expect(readings()).toBe(before + 2);
    time += 11 * 60_000;
    campus.lms.fail({ service: 'memberships', status: 400 });
    await campus.launch(STAFF);
    await look();
    for (const id of ['c', 'c2', 'c3']) expect((await roster(campus, id)).last.fault).toContain('400');
  });

  it('a launch whose services are elsewhere is not believed', async () => {
    const { services } = campus.assidu;
    const [registration] = await services.storage.registrations.list('default');
    const [course] = await services.storage.courses.list('default');
    expect(course?.membershipsUrl).toContain(campus.lms.url);
    if (registration) await services.storage.registrations.save({ ...registration, status: 'inactive' });
    expect((await sync(campus, 'c')).fault).toMatch(/open the tool once/);
    if (registration) await services.storage.registrations.save(registration);
  });

  it('only those of the group named by the roster or by their launches are in the cohort', async () => {
    const grouped = await startCampus({
      profile: 'moodle',
      people: learners(4),
      course: { groups: { '7': ['1'], '8': ['2'] } },
      assidu: campus.assidu,
      clock: () => time,
    });
    try {
      await cohort(grouped, 'g', { platform: grouped.lms.issuer, course: '2', group: '7' });
      await grouped.launch(STAFF);
      await grouped.launch('1');
      await grouped.launch('2');
      expect(await sync(grouped, 'g')).toMatchObject({ members: 5, learners: 1, enrolled: 0, fault: null });
    } finally {
      await grouped.close();
    }
  });
});

describe('where private addresses are not allowed', () => {
  it('no roster of a platform that registered itself is read from one, nor is a token asked for there', async () => {
    const product = await startAssidu({ settings: { allowPrivate: false } });
    const campus = await startCampus({ profile: 'moodle', people: learners(2), assidu: product });
    try {
      await campus.launch(STAFF);
      await cohort(campus, 'c');
      expect(await sync(campus, 'c')).toMatchObject({ learners: 2, fault: null });
      const { registrations } = product.services.storage;
      const [known] = await registrations.list('default');
      if (known) await registrations.save({ ...known, selfRegistered: true });
      const before = campus.lms.requests.length;
      const { fault, ended } = await sync(campus, 'c');
      expect([fault, ended]).toEqual([expect.stringContaining('its address is not https'), 0]);
      expect(campus.lms.requests).toHaveLength(before);
    } finally {
      await campus.close();
      await product.close();
    }
  });
});

describe('a cohort limited to a section, of a roster that says nothing of sections', () => {
  it('has nobody of whom none is known, then those whose launches name it, and ends nobody', async () => {
    const campus = await startCampus({
      profile: 'canvas',
      people: learners(4),
      course: {
        links: [
          { id: '1', title: 'Unresolved', graded: false, custom: { sections: '$CourseSection.sourcedId' } },
          { id: '2', title: 'Section A', graded: false, custom: { sections: 'A' } },
          { id: '3', title: 'Section B', graded: false, custom: { sections: 'B' } },
        ],
      },
    });
    try {
      await campus.launch(STAFF);
      await campus.launch('1');
      await cohort(campus, 'a', { group: 'A' });
      await cohort(campus, 'whole');
      expect(await sync(campus, 'a')).toMatchObject({ members: 5, learners: 0, enrolled: 0, fault: null });
      expect(await sync(campus, 'whole')).toMatchObject({ learners: 4, enrolled: 4 });
      await campus.launch('1', '2');
      await campus.launch('2', '3');
      expect(await sync(campus, 'a')).toMatchObject({ learners: 1, ended: 0, fault: null });
      expect(await counts(campus, 'a')).toMatchObject({ enrolled: 1 });
      // A launch that says nothing takes nothing back.
      await campus.launch('1', '1');
      expect(await sync(campus, 'a')).toMatchObject({ learners: 1, ended: 0 });
    } finally {
      await campus.close();
    }
  });
});

describe('a roster of 10,000', () => {
  it('is read whole from Canvas, page by page, at the launch of a member of staff', async () => {
    const campus = await startCampus({ profile: 'canvas', people: learners(10_000) });
    try {
      await cohort(campus, 'big', { course: opaqueId(campus.lms.url, 'course', '2') });
      await campus.launch(STAFF);
      const { rosterSchedule } = campus.assidu.services;
      await rosterSchedule.look();
      expect(await roster(campus, 'big')).toMatchObject({ last: { learners: 10_000, enrolled: 10_000 } });
      expect(await counts(campus, 'big')).toMatchObject({ enrolled: 10_000, notStarted: 10_000 });
      const calls = campus.lms.requests.filter(({ service }) => service === 'memberships');
      expect(calls).toHaveLength(201);
      expect(campus.lms.requests.filter(({ service }) => service === 'token')).toHaveLength(1);
    } finally {
      await campus.close();
    }
  }, 60_000);
});
