import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedPath } from '../support/shared.ts';
import { startAssidu } from '../support/start-assidu.ts';
import {
  type Arrival,
  launch,
  readRecorded,
  recordedNames,
  registrationOf,
  serveKeys,
} from './recorded-launch.ts';

const folder = sharedPath('data/moodle');
const COURSE = { platform: 'http://localhost:8090', course: '2' };
const cohort = (id: string, course: object, changes: object = {}) => ({
  id,
  title: { fr: 'Gestion de projet', en: 'Project management' },
  kind: 'spoc',
  startsOn: '2026-11-16',
  endsOn: '2026-12-18',
  contexts: [course],
  units: [{ id: 'http://localhost:8090/mod/page/view.php?id=1' }],
  ...changes,
});

/** Starts the product at the address that the recorded tool had, with the clock at each launch's own time. */
async function startTool(origin: string, keys: string) {
  let now = 0;
  const assidu = await startAssidu({ publicUrl: origin, clock: () => now });
  return {
    assidu,
    close: () => assidu.close(),
    put: (definition: { readonly id: string }) =>
      assidu.request('PUT', `/api/v1/cohorts/${definition.id}`, definition),
    arrive: async (name: string): Promise<Arrival> => {
      const recorded = readRecorded(folder ?? '', `id-token-${name}.json`);
      now = recorded.issuedAt;
      const registration = registrationOf(recorded, keys);
      await assidu.services.storage.registrations.save(registration);
      return launch(assidu, recorded, registration);
    },
    launched: async () => {
      const verb = encodeURIComponent('http://adlnet.gov/expapi/verbs/launched');
      return (await assidu.request('GET', `/xapi/statements?verb=${verb}`)).json.statements;
    },
    learners: async () => (await assidu.request('GET', '/api/v1/cohorts/class-9/learners')).json,
  };
}

type Tool = Awaited<ReturnType<typeof startTool>>;
const isLearnerPage = (html: string) => html.includes('id="journey"');
const isCohortPage = (html: string) => html.includes('id="overview"');
const FIRST = 'http://localhost:3400';
const SECOND = 'http://127.0.0.1:3401';

let keys: Awaited<ReturnType<typeof serveKeys>>;
beforeAll(async () => {
  if (folder) keys = await serveKeys(`${folder}/jwks.json`);
});
afterAll(() => keys?.close());

describe.skipIf(folder === null)('launches recorded from Moodle 4.1, with a cohort for their course', () => {
  let tool: Tool;
  beforeAll(async () => {
    tool = await startTool(FIRST, keys.url);
    await tool.put(cohort('class-9', COURSE));
    await tool.put(cohort('elsewhere', { ...COURSE, course: '3' }));
  });
  afterAll(() => tool.close());

  it('are ten, each of which is tried here', () => {
    expect(recordedNames(folder ?? '')).toHaveLength(10);
  });

  it.each([
    ['etudiant', '4', 'Amélie Durand'],
    ['etudiant-url-avec-query', '4', 'Amélie Durand'],
    ['etudiant-sans-note', '5', 'Bastien Lefèvre'],
    ['etudiant-lancement-simple', '5', 'Bastien Lefèvre'],
  ])('%s: leads a learner to their own page, by name', async (name, account, person) => {
    const arrival = await tool.arrive(name);
    expect(arrival.status).toBe(200);
    expect(arrival.path).toMatch(/^\/app\/[\w-]+\/cohorts\/class-9$/);
    expect([isLearnerPage(arrival.html), isCohortPage(arrival.html)]).toEqual([true, false]);
    expect(arrival.html).toContain(person);
    const rows = await tool.learners();
    expect(rows).toContainEqual(
      expect.objectContaining({
        name: person,
        actor: { objectType: 'Agent', account: { homePage: 'http://localhost:8090', name: account } },
        state: 'notStarted',
      }),
    );
    const [statement] = await tool.launched();
    expect(statement).toMatchObject({
      actor: { name: person, account: { name: account } },
      context: { registration: rows.find((row: { name: string }) => row.name === person).enrolmentId },
    });
    expect((await arrival.open(`${arrival.path}/learners.csv`)).status).toBe(403);
  });

  it.each([
    ['enseignant', 404],
    ['enseignant-non-editeur', 404],
    ['admin', 200],
  ])('%s: leads to the page of the cohort; the cohort of another course answers %i', async (name, other) => {
    const arrival = await tool.arrive(name);
    expect([arrival.status, isCohortPage(arrival.html)]).toEqual([200, true]);
    expect(arrival.path).toMatch(/\/cohorts\/class-9$/);
    expect((await arrival.open(`${arrival.path}/learners.csv`)).status).toBe(200);
    const elsewhere = await arrival.open(String(arrival.path).replace('class-9', 'elsewhere'));
    expect(elsewhere.status).toBe(other);
  });

  it('enrol learners once, and leave the teaching team out of the figures', async () => {
    const names = (await tool.learners()).map(({ name }: { name: string }) => name).sort();
    expect(names).toEqual(['Amélie Durand', 'Bastien Lefèvre']);
    const { json } = await tool.assidu.request('GET', '/api/v1/cohorts/class-9/metrics');
    expect(json.counts).toMatchObject({ enrolled: 2, started: 0, notStarted: 2 });
  });

  it('deep-linking: leads to what can be placed', async () => {
    const arrival = await tool.arrive('deep-linking');
    expect([arrival.status, arrival.path]).toEqual([200, expect.stringMatching(/\/placing$/)]);
    expect(arrival.html).toMatch(/<html lang="en"/);
    expect(arrival.html).toMatch(/What do you want to place in the course\?/);
  });

  it('submission-review: leads to the path of the person whose work it is', async () => {
    const arrival = await tool.arrive('submission-review');
    expect([arrival.status, arrival.path]).toEqual([
      200,
      expect.stringMatching(/\/cohorts\/class-9\/learners\/[\w-]+$/),
    ]);
    expect(isLearnerPage(arrival.html)).toBe(true);
  });
});

describe.skipIf(folder === null)('the launch of a person whose name Moodle hides', () => {
  it('leads to their page without a name, and leaves no name, user name or number anywhere', async () => {
    const tool = await startTool(SECOND, keys.url);
    await tool.put(cohort('class-9', COURSE));
    const arrival = await tool.arrive('etudiant-anonyme');
    expect([arrival.status, isLearnerPage(arrival.html)]).toEqual([200, true]);
    const [row] = await tool.learners();
    const [statement] = await tool.launched();
    expect(row.name).toBeNull();
    expect(statement.actor).toEqual({
      objectType: 'Agent',
      account: { homePage: 'http://localhost:8090', name: '4' },
    });
    // What Moodle's own plugin names later is not taken for the person's name.
    await tool.assidu.request('POST', '/xapi/statements', {
      actor: { name: 'Amélie Durand', account: { homePage: 'http://localhost:8090', name: '4' } },
      verb: { id: 'http://id.tincanapi.com/verb/viewed' },
      object: { id: 'http://localhost:8090/mod/page/view.php?id=1' },
      timestamp: '2026-11-22T05:17:06Z',
    });
    const again = await arrival.open(String(arrival.path));
    const everything = [arrival.html, again.html, await tool.learners(), await tool.launched()];
    expect(JSON.stringify(everything)).not.toMatch(/am[eé]lie|durand|E2026001/i);
    await tool.close();
  });
});

describe.skipIf(folder === null)('a launch from a course without a cohort', () => {
  let tool: Tool;
  beforeAll(async () => {
    tool = await startTool(FIRST, keys.url);
    await tool.put(cohort('another-client', { ...COURSE, client: 'abc' }));
    await tool.put(cohort('another-deployment', { ...COURSE, deployment: '7' }));
  });
  afterAll(() => tool.close());

  it.each([
    ['etudiant', false],
    ['enseignant', true],
  ])('%s: answers a page that there is none yet', async (name, howTo) => {
    const arrival = await tool.arrive(name);
    expect([arrival.status, arrival.path]).toEqual([200, expect.stringMatching(/^\/app\/[\w-]+\/?$/)]);
    expect([isLearnerPage(arrival.html), isCohortPage(arrival.html)]).toEqual([false, false]);
    expect(arrival.html.includes('assidu cohort apply')).toBe(howTo);
    expect(await tool.launched()).toEqual([]);
  });

  it('admin: answers the list of the organisation’s cohorts', async () => {
    const arrival = await tool.arrive('admin');
    expect(arrival.status).toBe(200);
    for (const id of ['another-client', 'another-deployment'])
      expect(arrival.html).toContain(`/cohorts/${id}"`);
  });
});
