import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashSecret, newAccessKey } from '../../xapi/credentials.ts';
import { sharedPath } from '../support/shared.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

/** 230 statements of logstore_xapi 4.9.0 on Moodle 4.1.10, 16 more in other identity formats, and their requests. */
const folder = sharedPath('data/moodle');
const requestsSchema = z.array(z.object({ nb: z.number(), headers: z.record(z.string(), z.string()) }));
const statementsSchema = z.array(z.unknown());
const read = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));

const SITE = 'http://localhost:8090';
const module = (kind: string, id: number) => `${SITE}/mod/${kind}/view.php?id=${id}`;
const [PAGE_1, PAGE_2, PAGE_3] = [module('page', 1), module('page', 2), module('page', 3)];
const [LINK, WORK, QUIZ] = [module('url', 4), module('assign', 6), module('quiz', 7)];
const moodleUser = (name: string) => ({ account: { homePage: SITE, name } });
const cohort = (id: string) => ({
  id,
  title: 'SPOC Gestion de projet',
  kind: 'spoc',
  startsOn: '2026-11-16',
  endsOn: '2026-12-18',
  contexts: [{ platform: SITE, course: '2', activity: `${SITE}/course/view.php?id=2` }],
  units: [
    { id: PAGE_1 },
    { id: PAGE_2 },
    { id: PAGE_3 },
    { id: LINK },
    { id: WORK, modality: 'assessment', satisfiedBy: 'Passed', minScore: 0.6 },
    { id: QUIZ, modality: 'assessment', satisfiedBy: 'Passed', minScore: 0.6 },
  ],
});
/** The afternoon of the recording, which all happened on the morning of day 6. */
const AT = '2026-11-22T14:00:00Z';
const at = (time: string) => `2026-11-22T${time}.000Z`;

let assidu: RunningAssidu;
const answers: { readonly sent: number; readonly status: number; readonly json: unknown }[] = [];

/** Everything again as it was recorded: same credentials, same headers, same batches, the empty ones too. */
async function replay() {
  const statements = statementsSchema.parse(read('xapi-moodle-logstore.json'));
  const others = Object.values(
    z.record(z.string(), statementsSchema).parse(read('xapi-moodle-logstore-identites.json')),
  );
  for (const { nb, headers } of requestsSchema.parse(read('xapi-moodle-requetes.json'))) {
    // While the recording switched identity formats, it sent four at a time.
    const batch = nb === 4 ? (others.shift() ?? []) : statements.splice(0, nb);
    const { host: _, 'content-length': __, ...own } = headers;
    const body = JSON.stringify(batch);
    const answer = await fetch(`${assidu.url}/xapi/statements`, { method: 'POST', headers: own, body });
    answers.push({ sent: batch.length, status: answer.status, json: await answer.json() });
  }
  expect([statements.length, others.length]).toEqual([0, 0]);
}

async function total() {
  let count = 0;
  for (let path = '/xapi/statements?limit=100'; path !== ''; ) {
    const { json } = await assidu.request('GET', path);
    count += json.statements.length;
    path = json.more;
  }
  return count;
}

const figures = async (id: string) => ({
  metrics: (await assidu.request('GET', `/api/v1/cohorts/${id}/metrics?asOf=${AT}`)).json,
  learners: (await assidu.request('GET', `/api/v1/cohorts/${id}/learners?asOf=${AT}`)).json,
});

const enrol = async (id: string, actors: readonly object[]) => {
  await assidu.request('PUT', `/api/v1/cohorts/${id}`, cohort(id));
  const entries = actors.map((actor) => ({ actor, enrolledAt: '2026-11-16T08:00:00Z' }));
  await assidu.request('POST', `/api/v1/cohorts/${id}/enrolments`, entries);
};

describe.skipIf(folder === null)('what a real Moodle sent', () => {
  beforeAll(async () => {
    assidu = await startAssidu();
    const { accessKey } = newAccessKey(
      { org: 'default', name: 'logstore_xapi', scopes: ['statements/write'], at: 0 },
      randomBytes,
    );
    const recorded = { id: 'moodle', key: 'moodle', secretHash: hashSecret('secret-lrs') };
    await assidu.services.storage.keys.insert({ ...accessKey, ...recorded });
    // The course's learners; user 9 was enrolled and suspended without ever coming, 3 and 10 teach.
    await enrol('class-9', ['4', '5', '6', '7', '8', '9'].map(moodleUser));
    await enrol('other-names', [
      { mbox: 'mailto:bastien.lefevre@etu.univ-exemple.fr' },
      moodleUser('chloe.moreau'),
    ]);
    await replay();
  });
  afterAll(() => assidu.close());

  it('is answered 200 request by request, with an id for each statement', async () => {
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.map(({ json }) => json)).toEqual(
      answers.map(({ sent }) => Array.from({ length: sent }, () => expect.stringMatching(/^[0-9a-f-]{36}$/))),
    );
    expect(answers.filter(({ sent }) => sent === 0)).toHaveLength(5);
    expect(await total()).toBe(246);
  });

  it('gives each learner the state and the progress that can be read off the file', async () => {
    const { learners } = await figures('class-9');
    const shown = learners.map((row: Record<string, unknown>) => ({
      account: z.object({ account: z.object({ name: z.string() }) }).parse(row.actor).account.name,
      state: row.state,
      progress: row.progress,
      units: z
        .array(z.object({ satisfiedAt: z.string().nullable() }))
        .parse(row.units)
        .map(({ satisfiedAt }) => satisfiedAt),
      completedAt: row.completedAt,
      lastActAt: row.lastActAt,
      lastSeenAt: row.lastSeenAt,
    }));
    const sorted = shown.toSorted((a: { account: string }, b: { account: string }) =>
      a.account < b.account ? -1 : 1,
    );
    expect(sorted).toEqual([
      // Moodle says `uncompleted` then `completed` of the pages and the link in the same second: completed. Work 17/20 by
      // the teacher (05:12:28); quiz 6.67/10 at the first attempt (05:10:14). Page 3 is completed last: so is the learner.
      // After the second attempt (05:15:57) only launches of the tool, which are visits, and a conclusion of Moodle's.
      {
        account: '4',
        state: 'completed',
        progress: 1,
        units: [
          at('05:09:52'),
          at('05:09:53'),
          at('05:15:50'),
          at('05:09:54'),
          at('05:12:28'),
          at('05:10:14'),
        ],
        completedAt: at('05:15:50'),
        lastActAt: at('05:15:57'),
        lastSeenAt: at('05:22:39'),
      },
      // Work 12.5/20 = 0.625, though its `scaled` says 0.25. Quiz 0/10, told as a success; 6.67/10 at the second attempt.
      {
        account: '5',
        state: 'completed',
        progress: 1,
        units: [
          at('05:10:20'),
          at('05:10:20'),
          at('05:16:01'),
          at('05:10:22'),
          at('05:12:28'),
          at('05:16:08'),
        ],
        completedAt: at('05:16:08'),
        lastActAt: at('05:16:08'),
        lastSeenAt: at('05:16:08'),
      },
      // Work 9/20 = 0.45, told as a success: the one step that is missing.
      {
        account: '6',
        state: 'active',
        progress: 5 / 6,
        units: [at('05:10:50'), at('05:10:50'), at('05:16:12'), at('05:10:52'), null, at('05:11:14')],
        completedAt: null,
        lastActAt: at('05:16:19'),
        lastSeenAt: at('05:16:19'),
      },
      // Page 3 was only viewed; quiz 3.33/10, told as a success. Work 15/20. Page 1 once more in another identity format
      // (`sendidnumber`, which leaves the user id), then the tool.
      {
        account: '7',
        state: 'active',
        progress: 4 / 6,
        units: [at('05:11:19'), at('05:11:19'), null, at('05:11:21'), at('05:12:28'), null],
        completedAt: null,
        lastActAt: at('05:14:40'),
        lastSeenAt: at('05:14:41'),
      },
      // Page 1 and the link; later page 1 again (`shortcourseid`), then the tool.
      {
        account: '8',
        state: 'active',
        progress: 2 / 6,
        units: [at('05:11:43'), null, null, at('05:11:48'), null, null],
        completedAt: null,
        lastActAt: at('05:14:46'),
        lastSeenAt: at('05:14:47'),
      },
      // Created, enrolled and suspended by the administrator: nothing of one's own.
      {
        account: '9',
        state: 'notStarted',
        progress: 0,
        units: [null, null, null, null, null, null],
        completedAt: null,
        lastActAt: null,
        lastSeenAt: null,
      },
    ]);
  });

  it('gives the cohort the figures that follow', async () => {
    const { metrics } = await figures('class-9');
    expect(metrics.counts).toEqual({
      enrolled: 6,
      started: 5,
      completed: 2,
      active: 3,
      notStarted: 1,
      transferred: 0,
      withdrawn: 0,
      withdrawnBeforeStart: 0,
      noShow: 0,
      dropped: 0,
      unfinished: 0,
      inactive: 0,
      atRisk: 0,
    });
    // (1 + 1 + 5/6 + 4/6 + 2/6 + 0) / 6 and the middle of 4/6 and 5/6.
    expect(metrics.progress.mean).toBeCloseTo(23 / 36, 12);
    expect(metrics.progress.median).toBeCloseTo(0.75, 12);
    expect(metrics.funnel.map(({ count }: { count: number }) => count)).toEqual([6, 5, 5, 4, 3, 2]);
    // Everybody who came opened page 1 and the link; user 8 nothing else.
    const units = metrics.units.map(({ id, reached, satisfied }: Record<string, unknown>) => [
      id,
      reached,
      satisfied,
    ]);
    expect(units).toEqual([
      [PAGE_1, 5, 5],
      [PAGE_2, 4, 4],
      [PAGE_3, 4, 3],
      [LINK, 5, 5],
      [WORK, 4, 3],
      [QUIZ, 4, 3],
    ]);
    expect(metrics.rates.completionOfStarted).toMatchObject({ numerator: 2, denominator: 5, value: 0.4 });
    expect(metrics.timeToComplete).toMatchObject({ n: 2, medianDays: 6 });
  });

  it('knows people by the identity that the platform was declared to send, and by no other', async () => {
    const { learners } = await figures('other-names');
    const seen = learners.map((row: Record<string, unknown>) => [row.state, row.lastActAt, row.progress]);
    expect(seen).toEqual([
      ['active', expect.stringMatching(/^2026-11-22T05:14:/), 0],
      ['active', expect.stringMatching(/^2026-11-22T05:14:/), 0],
    ]);
  });

  it('changes no figure when it is sent once more', async () => {
    const before = await figures('class-9');
    await replay();
    expect(await total()).toBe(2 * 246);
    expect(await figures('class-9')).toEqual(before);
  });
});
