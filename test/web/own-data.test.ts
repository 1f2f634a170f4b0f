import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, type BrowserPage } from '../platform/browser.ts';
import { type Campus, CLIENT, courseIdOf, person, STAFF, startCampus } from '../support/campus.ts';

const UNIT = 'https://lms.example/unit/a';
const SESSION = 'https://lms.example/session';
const completed = 'http://adlnet.gov/expapi/verbs/completed';
const ANA_ELSEWHERE = { mbox: 'mailto:ana@maison.example' };

let campus: Campus;
beforeAll(async () => {
  campus = await startCampus({ profile: 'moodle', people: [person('ana'), person('bob'), person('cleo')] });
  await campus.launch(STAFF);
  const course = await courseIdOf(campus);
  await campus.assidu.request('PUT', '/api/v1/cohorts/spoc', {
    id: 'spoc',
    title: 'Gestion de projet',
    kind: 'blended',
    startsOn: '2026-01-05',
    contexts: [{ platform: campus.lms.issuer, course }],
    units: [
      { id: UNIT, title: 'Cadrer', plannedMinutes: 90, dueOn: '2026-02-01' },
      {
        id: SESSION,
        title: 'Atelier',
        modality: 'in-person',
        satisfiedBy: 'Attended',
        startsAt: '2026-01-08T09:00+01:00',
        endsAt: '2026-01-08T12:00+01:00',
      },
    ],
    completion: { minAttendance: 0.8 },
  });
  await campus.assidu.request(
    'POST',
    '/api/v1/cohorts/spoc/enrolments',
    ['ana', 'bob'].map((name) => ({ actor: actor(name), enrolledAt: '2026-01-05T08:00:00Z' })),
  );
  for (const user of ['ana', 'bob']) await campus.launch(user);
});
afterAll(() => campus.close());

const actor = (name: string) => ({ account: { homePage: campus.lms.issuer, name } });
const say = (statement: Readonly<Record<string, unknown>>) =>
  campus.assidu.request('POST', '/xapi/statements', {
    verb: { id: completed, display: { fr: 'a terminé' } },
    object: { id: UNIT },
    timestamp: '2026-01-20T09:00:00Z',
    ...statement,
  });
async function open(user: string): Promise<{
  readonly page: BrowserPage;
  get(path: string): Promise<BrowserPage>;
}> {
  const browser = new Browser();
  const page = await browser.launch(campus.lms, { user, course: '2', link: '1', clientId: CLIENT });
  const [, launch = ''] = /\/app\/([^/?]+)/.exec(page.url) ?? [];
  const get = (path: string) => browser.get(`${campus.assidu.url}/app/${launch}/cohorts/spoc/${path}`);
  return { page, get };
}

describe('my data', () => {
  it('tells what is kept, by whom it was noted, where it goes and whom to ask', async () => {
    await say({ actor: actor('ana') });
    // Named in English only, as Moodle's plugin does.
    const viewed = { id: 'http://id.tincanapi.com/verb/viewed', display: { en: 'viewed' } };
    await say({ actor: actor('ana'), verb: viewed });
    await campus.assidu.request('POST', '/api/v1/cohorts/spoc/attendance', [
      { actor: actor('ana'), session: SESSION, status: 'present' },
      { actor: actor('bob'), session: SESSION, status: 'absent' },
    ]);
    await campus.assidu.request('POST', '/api/v1/forwards', {
      name: 'Entrepôt central',
      url: 'https://lrs.siege.example/xapi',
      username: 'u',
      password: 'p',
    });
    const { get } = await open('ana');
    const { status, html } = await get('my-data');
    expect(status).toBe(200);
    const text = html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('a terminé');
    expect(text).toContain('a consulté');
    expect(text).not.toContain('viewed');
    expect(text).toMatch(/Atelier ?: présent·e/);
    expect(text).not.toContain('absent·e');
    expect(text).toContain(new URL(campus.lms.issuer).host);
    expect(text).toMatch(/Entrepôt central.*lrs\.siege\.example/);
    expect(text).toContain('jamais vous seul·e');
  });

  it('comes as one file: everything about the person under all their identifiers, nothing about anybody else', async () => {
    await say({ actor: ANA_ELSEWHERE, object: { id: 'https://lms.example/elsewhere' } });
    await campus.assidu.request('POST', '/api/v1/identities', { actors: [actor('ana'), ANA_ELSEWHERE] });
    await say({ actor: actor('bob') });
    // About somebody else, naming ana: whoever taught, a team.
    await say({
      actor: actor('bob'),
      context: { instructor: actor('ana') },
      object: { id: 'https://x.example/b' },
    });
    const { get } = await open('ana');
    const file = await get('my-data.json');
    const data = JSON.parse(file.html);
    expect(data.identifiers).toContainEqual(expect.objectContaining(ANA_ELSEWHERE));
    const objects = data.statements.map(
      ({ statement }: { statement: { object: { id: string } } }) => statement.object.id,
    );
    expect(objects).toContain(UNIT);
    expect(objects).toContain('https://lms.example/elsewhere');
    expect(objects).not.toContain('https://x.example/b');
    expect(data.figures).toMatchObject([{ cohortId: 'spoc', row: { state: 'completed' } }]);
    expect(file.html).not.toContain('"bob"');
    expect(file.html).not.toContain('Prénom bob');
    expect((await get('my-data')).html).toContain('1 trace qui porte sur d’autres vous nomme');
  });

  it('is nobody else’s: not of staff, nor of a stranger', async () => {
    const staff = await open(STAFF);
    for (const path of ['my-data', 'my-data.json', 'my-calendar.ics', 'attestation'])
      expect((await staff.get(path)).status).toBe(403);
    const bob = JSON.parse((await (await open('bob')).get('my-data.json')).html);
    expect(JSON.stringify(bob.identifiers)).not.toContain('ana');
  });
});

describe('the learner’s page', () => {
  it('says what is next, what is overdue, and what is missing', async () => {
    const { page } = await open('cleo');
    const text = page.html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('Ce qui manque pour terminer');
    expect(text).toMatch(/Il reste 2 étapes obligatoires sur 2/);
  });

  it('shows the attendance with its share and what the rule asks', async () => {
    const { page } = await open('bob');
    const text = page.html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/0 présence sur 1 séance tenue, soit 0 %\. La règle demande 80 %/);
    expect(text).toMatch(/jeudi 8 janvier 2026.*09:00 ?– ?12:00 \(Europe\/Paris\)/);
  });

  it('gives sessions and due dates as a calendar, which stays the same when it is fetched again', async () => {
    const { get } = await open('cleo');
    const file = await get('my-calendar.ics');
    expect(file.status).toBe(200);
    expect(file.html).toContain('DTSTART:20260108T080000Z');
    expect(file.html).toContain('SUMMARY:À faire : Cadrer'.replace(' :', '\u00a0:'));
    const uids = (text: string) => text.match(/UID:.*/g);
    expect(uids((await get('my-calendar.ics')).html)).toEqual(uids(file.html));
  });

  it('leads who has completed to an attestation with name, dates and hours; nobody else gets one', async () => {
    const ana = await open('ana');
    expect(ana.page.html).toContain('/attestation?');
    const { html } = await ana.get('attestation');
    const text = html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    for (const said of [
      'Prénom ana',
      'Gestion de projet',
      '20 janvier 2026',
      '1 h 30',
      '1 sur 1 séance tenue',
    ])
      expect(text).toContain(said);
    const bob = await open('bob');
    expect(bob.page.html).not.toContain('/attestation?');
    expect((await bob.get('attestation')).url).toMatch(/\/cohorts\/spoc\?lang=fr/);
  });
});
