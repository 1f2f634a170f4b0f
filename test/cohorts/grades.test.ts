import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasUserId } from '../platform/canvas-claims.ts';
import { opaqueId } from '../platform/opaque-ids.ts';
import { type Campus, learners, person, STAFF, startCampus } from '../support/campus.ts';

const UNIT = (name: string) => `https://lms.example/unit/${name}`;
const UNITS = ['a', 'b', 'c', 'd'].map(UNIT);

describe.each(['moodle', 'canvas'] as const)('grades sent back to %s', (profile) => {
  let campus: Campus;
  let time = Date.parse('2026-02-02T10:00:00.000Z');
  beforeAll(async () => {
    campus = await startCampus({ profile, people: learners(3), clock: () => time });
    await define('c', { lineItem: 'cohort' });
    await campus.launch(STAFF);
    await campus.assidu.services.rosterSchedule.look();
  });
  afterAll(() => campus.close());

  const course = () => (profile === 'canvas' ? opaqueId(campus.lms.url, 'course', '2') : '2');
  const subOf = (id: string) => (profile === 'canvas' ? canvasUserId(campus.lms.url, person(id)) : id);
  const define = async (id: string, grades: object, context: object = {}) => {
    const { status, text } = await campus.assidu.request('PUT', `/api/v1/cohorts/${id}`, {
      id,
      title: { fr: 'Promotion', en: 'Class' },
      kind: 'spoc',
      timezone: 'UTC',
      startsOn: '2026-01-05',
      contexts: [{ platform: campus.lms.issuer, course: course(), ...context }],
      units: UNITS.map((each) => ({ id: each })),
      grades,
    });
    if (status > 201) throw new Error(text);
  };
  const complete = (user: string, unit: string) =>
    campus.assidu.request('POST', '/xapi/statements', {
      id: randomUUID(),
      actor: { account: { homePage: campus.lms.issuer, name: subOf(user) } },
      verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
      object: { id: unit },
      timestamp: new Date(time).toISOString(),
    });
  const send = (id = 'c') => campus.assidu.services.grades.send('default', id);
  const columns = () => [...campus.lms.lineItems.values()];
  const grade = (user: string, column = columns()[0]) => column?.grades.get(subOf(user))?.score;
  const posts = () => campus.lms.requests.filter(({ service }) => service === 'scores').length;

  it('are nothing for who has done nothing: no column is made for them', async () => {
    expect(await send()).toEqual({ sent: 0, waiting: 0, dead: 0 });
    expect(columns()).toEqual([]);
  });

  it('are progress in a column of the cohort, made once, sent once', async () => {
    await complete('1', UNIT('a'));
    await complete('2', UNIT('a'));
    expect(await send()).toEqual({ sent: 2, waiting: 0, dead: 0 });
    expect(columns()).toMatchObject([
      { label: 'Promotion', resourceId: 'c', tag: 'assidu', scoreMaximum: 100 },
    ]);
    expect([grade('1'), grade('2'), grade('3')]).toEqual([25, 25, undefined]);
    const before = posts();
    expect(await send()).toMatchObject({ sent: 0 });
    expect(posts()).toBe(before);
  });

  it('follow the learner within the same second, and say when they have completed', async () => {
    await complete('1', UNIT('b'));
    expect(await send()).toMatchObject({ sent: 1 });
    for (const name of ['c', 'd']) await complete('1', UNIT(name));
    expect(await send()).toMatchObject({ sent: 1 });
    expect(grade('1')).toBe(100);
    expect(columns()[0]?.taken.at(-1)).toMatchObject({
      activityProgress: 'Completed',
      gradingProgress: 'FullyGraded',
      scoreMaximum: 100,
    });
  });

  it('find the column again when what we knew of it is lost, instead of making another', async () => {
    const { storage } = campus.assidu.services;
    const [line] = await storage.grades.lines('default', 'c');
    if (line) await storage.grades.saveLine({ ...line, url: null });
    time += 60_000;
    await complete('2', UNIT('b'));
    expect(await send()).toMatchObject({ sent: 1 });
    expect(columns()).toHaveLength(1);
    expect(grade('2')).toBe(50);
  });

  it('come through when an answer was not heard, a token has ended, and the platform has trouble', async () => {
    time += 60_000;
    await complete('2', UNIT('c'));
    campus.lms.fail({ service: 'scores', unheard: true });
    expect(await send()).toMatchObject({ sent: 0, waiting: 1 });
    expect(await send()).toMatchObject({ sent: 0, waiting: 1 });
    time += 60_000;
    expect(await send()).toMatchObject({ sent: 1 });
    expect(grade('2')).toBe(75);
    await complete('2', UNIT('d'));
    time += 2 * 3_600_000;
    campus.lms.fail({ service: 'scores', status: 503, headers: { 'retry-after': '120' } });
    expect(await send()).toMatchObject({ waiting: 1 });
    time += 119_000;
    expect(await send()).toMatchObject({ waiting: 1 });
    time += 1_000;
    campus.lms.fail({ service: 'scores', status: 401 });
    expect(await send()).toMatchObject({ sent: 1 });
    expect(grade('2')).toBe(100);
  });

  it('are sent again, later, where the platform has a later grade', async () => {
    const [column] = columns();
    column?.grades.set(subOf('3'), { score: 7, at: time + 500 });
    await complete('3', UNIT('a'));
    expect(await send()).toMatchObject({ sent: 1 });
    expect(grade('3')).toBe(25);
  });

  it('that the platform refuses wait for somebody, with its words, and are sent on request', async () => {
    time += 60_000;
    const [gone] = campus.people.splice(3, 1);
    await complete('3', UNIT('b'));
    await complete('3', UNIT('c'));
    expect(await send()).toMatchObject({ dead: 1 });
    expect(await send()).toEqual({ sent: 0, waiting: 0, dead: 0 });
    const { sent } = await campus.assidu.services.grades.show('default', 'c');
    expect(sent.find(({ dead }) => dead)).toMatchObject({ lastError: expect.stringMatching(/4(00|22)/) });
    if (gone) campus.people.push(gone);
    expect(await campus.assidu.services.grades.retry('default', 'c')).toBe(1);
    expect(await send()).toMatchObject({ sent: 1, dead: 0 });
    expect(grade('3')).toBe(75);
  });

  it('stop when the column was removed, until somebody asks for another', async () => {
    time += 60_000;
    campus.lms.lineItems.clear();
    await complete('3', UNIT('d'));
    expect(await send()).toMatchObject({ sent: 0, waiting: 1 });
    expect(await send()).toMatchObject({ sent: 0, waiting: 1 });
    expect(columns()).toEqual([]);
    await campus.assidu.services.grades.retry('default', 'c');
    expect(await send()).toMatchObject({ sent: 1 });
    expect(grade('3')).toBe(100);
  });

  it('are a column for each unit, with a comment, where the definition says so', async () => {
    campus.lms.lineItems.clear();
    await define('u', { lineItem: 'units', scoreMaximum: 10, comment: 'fr' });
    await campus.assidu.services.rosters.synchronise('default', 'u');
    expect(await send('u')).toMatchObject({ waiting: 0, dead: 0 });
    expect(columns().map(({ label }) => label)).toEqual(['Promotion', 'Promotion', 'Promotion', 'Promotion']);
    expect(columns().map((column) => column.grades.get(subOf('1')))).toMatchObject([
      { score: 10, comment: 'Étape validée' },
      { score: 10 },
      { score: 10 },
      { score: 10 },
    ]);
  });

  it('go to the column of the link itself where it has one', async () => {
    const linked = await startCampus({
      profile,
      people: learners(1),
      course: { links: [{ id: '1', title: 'Mon parcours' }] },
      assidu: campus.assidu,
      clock: () => time,
    });
    const own = campus;
    try {
      campus = linked;
      await define('l', { lineItem: 'cohort' });
      await linked.launch('1');
      await complete('1', UNIT('a'));
      expect(await send('l')).toMatchObject({ sent: 1 });
      expect(columns()).toMatchObject([{ label: 'Mon parcours', scoreMaximum: 20 }]);
      expect(grade('1')).toBe(5);
    } finally {
      await linked.close();
      campus = own;
    }
  });
});
