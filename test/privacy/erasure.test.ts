import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assidu as command } from '../cli/run.ts';
import { type Campus, instructor, person, startCampus } from '../support/campus.ts';

/** A learner of a campus asks what is kept about them, then to be forgotten; everything runs on meanwhile. */
const SECRETS = ['Zoé Unique', 'zoe.unique', 'zu4711', 'Secret de Zoé'];
const UNIT = 'https://lms.example/unit/a';
const folder = mkdtempSync(join(tmpdir(), 'assidu-privacy-'));
let campus: Campus;
const environment = () => ({ ASSIDU_SECRET: campus.assidu.secret, ASSIDU_URL: campus.assidu.url });
const run = (...args: readonly string[]) =>
  command(campus.assidu.folder, args, { environment: environment() });
const accountOf = (name: string) => ({ account: { homePage: campus.lms.issuer, name } });
const who = () => `account|${campus.lms.issuer}|zu4711`;
const MAIL = { mbox: 'mailto:Zoe.Unique@exemple.fr', name: 'Zoé Unique' };
const did = (actor: unknown, more: object = {}) => ({
  actor,
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
  object: { id: UNIT },
  timestamp: '2026-01-08T10:00:00Z',
  ...more,
});
const seen: { before?: ReturnType<typeof JSON.parse>; rows?: number } = {};

beforeAll(async () => {
  campus = await startCampus({
    profile: 'moodle',
    people: [
      person('zu4711', { name: 'Zoé Unique', familyName: 'Unique', email: 'zoe.unique@exemple.fr' }),
      person('2', {}),
      person('t9', instructor),
    ],
  });
  const { assidu } = campus;
  await assidu.request('PUT', '/api/v1/cohorts/classe', {
    id: 'classe',
    title: 'Classe',
    kind: 'blended',
    startsOn: '2026-01-05',
    endsOn: '2027-12-31',
    contexts: [{ platform: campus.lms.issuer, course: '2' }],
    units: [
      { id: UNIT },
      {
        id: 'https://lms.example/session/1',
        modality: 'in-person',
        satisfiedBy: 'Attended',
        startsAt: '2026-01-09T08:00:00Z',
        endsAt: '2026-01-09T10:00:00Z',
      },
    ],
  });
  for (const user of ['zu4711', '2', 't9']) expect(await campus.launch(user)).toBe(200);
  await assidu.request('POST', '/api/v1/identities', { actors: [accountOf('zu4711'), MAIL] });
  await assidu.request('POST', '/api/v1/cohorts/classe/attendance', [
    { actor: accountOf('zu4711'), session: 'https://lms.example/session/1', status: 'present' },
    { actor: accountOf('2'), session: 'https://lms.example/session/1', status: 'present' },
  ]);
  await assidu.request('POST', '/xapi/statements', [
    did(accountOf('zu4711'), { result: { response: 'Secret de Zoé' } }),
    did(MAIL),
    did(accountOf('2'), { context: { instructor: MAIL } }),
    did(accountOf('2'), {
      verb: { id: 'https://verbs.example/wrote' },
      object: { id: 'https://forum.example/to/zoe.unique@exemple.fr' },
    }),
  ]);
  const refused = await assidu.request(
    'POST',
    '/xapi/statements?assidu:onInvalid=skip',
    JSON.stringify([did(accountOf('2')), did(MAIL, { timestamp: 'Secret de Zoé' })]),
  );
  expect(refused.headers.get('X-Assidu-Quarantined')).toBe('1');
  const state = new URLSearchParams({
    activityId: UNIT,
    stateId: 'bookmark',
    agent: JSON.stringify(accountOf('zu4711')),
  });
  const kept = await assidu.request('PUT', `/xapi/activities/state?${state}`, { note: 'Secret de Zoé' });
  expect(kept.status).toBe(204);
  seen.before = (await assidu.request('GET', '/api/v1/cohorts/classe/metrics')).json;
}, 60_000);
afterAll(async () => {
  await campus.close();
  rmSync(folder, { recursive: true, force: true });
});

const onDisk = () => {
  const data = campus.assidu.folder;
  const bytes = Buffer.concat(readdirSync(data).map((name) => readFileSync(join(data, name))));
  return SECRETS.filter((secret) => bytes.includes(secret));
};

describe('a person whose data is asked for', () => {
  it('gets everything that is kept about them, of all their identifiers', async () => {
    const file = join(folder, 'zoe.json');
    expect(await run('access', '--actor', who(), '--output', file)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const data = JSON.parse(readFileSync(file, 'utf8'));
    expect(data.identifiers).toEqual(
      expect.arrayContaining([
        { objectType: 'Agent', mbox: MAIL.mbox },
        expect.objectContaining(accountOf('zu4711')),
      ]),
    );
    expect(Object.keys(data.records)).toEqual(
      expect.arrayContaining([
        'learner',
        'identity',
        'identity link',
        'enrolment',
        'launch',
        'session',
        'document',
      ]),
    );
    expect(data.figures).toMatchObject([{ cohortId: 'classe', row: { name: 'Zoé Unique' } }]);
    expect(data.quarantined).toHaveLength(1);
    const as = data.statements.map((each: { as: readonly string[] }) => each.as.join());
    expect(as.toSorted()).toEqual(['actor', 'actor', 'actor', 'actor', 'context', 'mention']);
    expect(JSON.stringify(data)).not.toMatch(/"sub":"2"|"hash"|secretHash/);
  });

  it('is refused where nothing is kept about them', async () => {
    const nobody = await run('access', '--actor', 'nobody@exemple.fr');
    expect(nobody).toMatchObject({ code: 1, stderr: 'assidu: nothing is kept about this actor\n' });
  });
});

describe('a person who is erased', () => {
  it('is only counted by a trial, and by nobody without a yes', async () => {
    const trial = await run('erase', '--actor', who(), '--dry-run', '--json');
    expect(JSON.parse(trial.stdout)).toMatchObject({
      erasureId: null,
      cohorts: ['classe'],
      removed: { statements: 4, 'statements rewritten': 2, quarantined: 1, learner: 2 },
    });
    expect(await run('erase', '--actor', who())).toMatchObject({ code: 2, stdout: '' });
    expect(onDisk()).toEqual(SECRETS);
  });

  it('leaves no trace in the files, while the server runs', async () => {
    const erased = await run('erase', '--actor', who(), '--yes', '--json');
    expect(erased).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(erased.stdout)).toMatchObject({
      cohorts: ['classe'],
      removed: { statements: 4, 'statements rewritten': 2 },
    });
    expect(onDisk()).toEqual([]);
  });

  it('counts in no figure any more, at once; others do as before', async () => {
    const { assidu } = campus;
    const { json } = await assidu.request('GET', '/api/v1/cohorts/classe/learners');
    expect(json).toMatchObject([{ name: 'Prénom 2', state: 'completed' }]);
    expect((await assidu.request('GET', '/api/v1/cohorts/classe/metrics')).json.counts.enrolled).toBe(1);
    expect(seen.before.counts.enrolled).toBe(2);
    expect(await run('verify')).toEqual({ code: 0, stdout: 'classe: equal\n', stderr: '' });
  });

  it('leaves the statements of others without them', async () => {
    const agent = encodeURIComponent(JSON.stringify(accountOf('2')));
    const { json } = await campus.assidu.request('GET', `/xapi/statements?agent=${agent}&limit=50`);
    const taught = json.statements.find(
      (each: { context?: { instructor?: unknown } }) => each.context?.instructor,
    );
    expect(taught.context.instructor).toEqual({
      objectType: 'Agent',
      account: { homePage: campus.assidu.url, name: 'erased' },
    });
    expect(JSON.stringify(json)).toContain('https://forum.example/to/erased');
    const theirs = encodeURIComponent(JSON.stringify({ mbox: MAIL.mbox }));
    const gone = await campus.assidu.request('GET', `/xapi/statements?agent=${theirs}&related_agents=true`);
    expect(gone.json.statements).toEqual([]);
  });

  it('leaves the figures published before explained', async () => {
    const { json } = await campus.assidu.request('GET', '/api/v1/cohorts/classe/frozen');
    expect(json).toMatchObject([{ reason: 'erasure', metrics: { counts: seen.before.counts } }]);
    expect(json[0].metrics.asOf).toBe(json[0].recordedAt);
  });

  it('is found by no second erasure', async () => {
    expect(await run('erase', '--actor', who(), '--yes')).toMatchObject({
      code: 1,
      stderr: 'assidu: nothing is kept about this actor\n',
    });
    expect(await run('erase', '--resume')).toMatchObject({ code: 0, stdout: '0 erasures finished\n' });
  });

  it('may come back, as somebody new', async () => {
    expect(await campus.launch('zu4711')).toBe(200);
    const { json } = await campus.assidu.request('GET', '/api/v1/cohorts/classe/learners');
    expect(json).toHaveLength(2);
    const agent = encodeURIComponent(JSON.stringify(accountOf('zu4711')));
    const found = await campus.assidu.request('GET', `/xapi/statements?agent=${agent}`);
    expect(found.json.statements).toMatchObject([{ verb: { display: { en: 'launched' } } }]);
  });
});
