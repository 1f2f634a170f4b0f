import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COURSE_TYPE } from '../support/scene.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { account, definition } from './definition.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const COURSE = 'https://lms.example.org/course/view.php?id=2';
const UNIT = 'https://lms.example.org/mod/page/view.php?id=12';
const COHORT = '/api/v1/cohorts/kept';
const CONTEXTS = [{ platform: 'https://lms.example.org', course: '2', activity: COURSE }];
const VOID = '11111111-1111-4111-8111-111111111111';
/** What follows is recorded in a later millisecond. */
const later = () => setTimeout(3);
const send = async (method: string, path: string, body: unknown) => {
  const answer = await assidu.request(method, path, body);
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
  return answer.json;
};
const say = (name: string, verb: string, object: string, timestamp: string, id?: string) =>
  send('POST', '/xapi/statements', {
    ...(id === undefined ? {} : { id }),
    actor: account(name),
    verb: { id: verb },
    object: { id: object, ...(object === COURSE ? { definition: { type: COURSE_TYPE } } : {}) },
    timestamp,
  });
const completed = 'http://adlnet.gov/expapi/verbs/completed';
const enrolled = 'https://xapi.edlm/profiles/edlm-lms/concepts/verbs/enrolled';
const left = 'http://activitystrea.ms/leave';
const reports = async (knownAt: string) => {
  const query = `?asOf=2026-10-05T00:00:00Z&knownAt=${knownAt}`;
  const actor = encodeURIComponent(JSON.stringify(account('1')));
  const paths = [
    `${COHORT}/metrics${query}`,
    `${COHORT}/learners${query}`,
    `${COHORT}/retention${query}`,
    `${COHORT}/enrolments${query}`,
    `${COHORT}/enrolments/history?actor=${actor}&knownAt=${knownAt}`,
  ];
  const answers = await Promise.all(paths.map((path) => assidu.request('GET', path)));
  for (const { status, text } of answers) expect(status, text).toBe(200);
  return answers.map(({ text }) => text);
};

it('a report asked again with the same asOf and knownAt is the same, byte for byte, whatever was recorded later', async () => {
  const define = (changes = {}) =>
    send('PUT', COHORT, definition({ id: 'kept', contexts: CONTEXTS, ...changes }));
  await define();
  await send('POST', `${COHORT}/enrolments`, [
    ...['1', '2', '3'].map((name) => ({ actor: account(name), enrolledAt: '2026-09-07T08:00:00Z' })),
    { actor: account('4'), endedAt: '2026-09-08T08:00:00Z', reason: 'excluded' },
  ]);
  await say('1', completed, UNIT, '2026-09-20T08:00:00Z', VOID);
  await say('2', left, COURSE, '2026-09-15T08:00:00Z');
  const linked = await send('POST', '/api/v1/identities', { actors: [account('3'), account('3b')] });
  await later();

  const moments: { readonly knownAt: string; readonly kept: readonly string[] }[] = [];
  const keep = async () => {
    const knownAt = new Date().toISOString();
    await later();
    moments.push({ knownAt, kept: await reports(knownAt) });
    await later();
  };
  const rows: readonly { readonly enrolmentId: string; readonly reason: string | null }[] = (
    await assidu.request('GET', `${COHORT}/enrolments`)
  ).json;
  const excluded = rows.find(({ reason }) => reason === 'excluded');
  const events: readonly (() => Promise<unknown>)[] = [
    () => say('2', completed, UNIT, '2026-09-10T08:00:00Z'),
    () => say('3b', completed, UNIT, '2026-09-12T08:00:00Z'),
    () =>
      send('POST', '/xapi/statements', {
        actor: account('admin'),
        verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
        object: { objectType: 'StatementRef', id: VOID },
      }),
    () => define({ dropout: { dropAfterDays: 5 } }),
    () => define({ dropout: { dropAfterDays: 5 }, enrolFromStatements: true }),
    () => say('9', enrolled, COURSE, '2026-09-09T08:00:00Z'),
    () => send('POST', '/api/v1/identities', { actors: [account('1'), account('2')] }),
    () => send('DELETE', `/api/v1/identities/${linked.id}`, undefined),
    () => send('PATCH', `${COHORT}/enrolments/${excluded?.enrolmentId}`, { reason: null }),
    () => send('POST', `${COHORT}/enrolments`, [{ actor: account('3'), endedAt: '2026-09-14T08:00:00Z' }]),
  ];
  await keep();
  for (const event of events) {
    await event();
    await later();
    await keep();
  }
  for (const { knownAt, kept } of moments) expect(await reports(knownAt)).toEqual(kept);
  const different = new Set(moments.map(({ kept }) => kept.join().replaceAll(/"(asOf|knownAt)":[^,]*/g, '')));
  // Each event changed some answer, so that the same ones later are no accident.
  expect(different.size).toBe(moments.length);
}, 60_000);
