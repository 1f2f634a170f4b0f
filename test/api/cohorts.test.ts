import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { definition } from './definition.ts';
import { follow } from './follow.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const path = (id: string) => `/api/v1/cohorts/${id}`;
const put = (id: string, body: unknown, headers = {}) => assidu.request('PUT', path(id), body, headers);
const faults = ({ json }: { json: { errors: { path: string }[] } }) => json.errors.map(({ path }) => path);

describe('PUT /cohorts/{id}', () => {
  it('creates a cohort, defaults filled in, which GET then answers', async () => {
    const created = await put('fresh', definition({ id: 'fresh' }));
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({ id: 'fresh', version: 1, graceDays: 7, timezone: 'Europe/Paris' });
    const read = await assidu.request('GET', path('fresh'));
    expect([read.status, read.json]).toEqual([200, created.json]);
  });

  it('says the same again without a new version, and counts versions only on change', async () => {
    const changes = fc.record({
      graceDays: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom('spoc', 'blended'),
    });
    let [version, last] = [0, ''];
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const answer = await put('growing', definition({ id: 'growing', ...changed }));
        if (JSON.stringify(changed) !== last) version += 1;
        expect(answer.status).toBe(version === 1 && last === '' ? 201 : 200);
        last = JSON.stringify(changed);
        expect(answer.json).toMatchObject({ version, ...changed });
      }),
      { numRuns: 15 },
    );
  });

  it('takes back what GET answered', async () => {
    await put('back', definition({ id: 'back' }));
    const { json } = await assidu.request('GET', path('back'));
    const again = await put('back', json);
    expect([again.status, again.json]).toEqual([200, json]);
    const changed = await put('back', { ...json, graceDays: 1 });
    expect([changed.status, changed.json.version]).toEqual([200, 2]);
  });

  it('creates a removed cohort anew, with versions going on', async () => {
    await put('again', definition({ id: 'again' }));
    expect((await assidu.request('DELETE', path('again'))).status).toBe(204);
    expect((await assidu.request('GET', path('again'))).status).toBe(404);
    expect((await assidu.request('DELETE', path('again'))).status).toBe(404);
    const created = await put('again', definition({ id: 'again' }));
    expect([created.status, created.json.version]).toEqual([201, 3]);
  });

  it('refuses a definition of another id than the address', async () => {
    const answer = await put('one', definition({ id: 'two' }));
    expect([answer.status, faults(answer)]).toEqual([422, ['id']]);
    expect((await assidu.request('GET', path('two'))).status).toBe(404);
  });

  const unit = { id: 'https://lms.example.org/a' };
  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['a field that is none', { colour: 'red' }, ['colour']],
    ['a unit field that is none', { units: [{ ...unit, score: 1 }] }, ['units[0].score']],
    ['a share above 1', { units: [unit, { id: 'urn:b', minScore: 60 }] }, ['units[1].minScore']],
    ['a unit id that is no IRI', { units: [{ id: 'page 1' }] }, ['units[0].id']],
    ['the same unit twice', { units: [unit, unit] }, ['units[1].id']],
    ['a session without its times', { units: [{ ...unit, satisfiedBy: 'Attended' }] }, ['units[0].startsAt']],
    ['an end before the start', { endsOn: '2026-09-01' }, ['endsOn']],
    ['a break that ends early', { breaks: [{ from: '2026-10-02', to: '2026-10-01' }] }, ['breaks[0].to']],
    [
      'a unit that must be satisfied and is not there',
      { completion: { mustSatisfy: ['urn:x'] } },
      ['completion.mustSatisfy[0]'],
    ],
    ['a date that does not exist', { startsOn: '2026-02-30' }, ['startsOn']],
    ['a zone that does not exist', { timezone: 'Europe/Lyon' }, ['timezone']],
    ['nothing that could be completed', { units: [] }, ['units']],
    ['several at once', { kind: 'mooc', graceDays: -1, title: '' }, ['title', 'kind', 'graceDays']],
  ])('refuses %s, naming it', async (_, changes, fields) => {
    const answer = await put('faulty', definition({ id: 'faulty', ...changes }));
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.json).toMatchObject({ type: 'urn:assidu:problem:invalid-definition', status: 422 });
    expect(faults(answer)).toEqual(expect.arrayContaining([...fields]));
    expect((await assidu.request('GET', path('faulty'))).status).toBe(404);
  });

  it.each([
    ['no JSON', '{"id":', 'application/json'],
    ['YAML', 'id: faulty', 'application/yaml'],
  ])('refuses a body of %s', async (_, body, type) => {
    const answer = await put('faulty', body, { 'content-type': type });
    expect([answer.status, answer.json.type]).toEqual([400, 'urn:assidu:problem:invalid-request']);
    expect(answer.json.detail).toMatch(/JSON|json/);
  });

  it.each([['null'], ['[]'], ['7'], ['"class-9"']])('refuses %s for a definition', async (body) => {
    expect((await put('faulty', body)).status).toBe(422);
  });
});

describe('GET /cohorts', () => {
  it('gives each cohort once over pages of any size, and only the own organisation', async () => {
    const [own, foreign] = [
      await assidu.newKey(['cohorts'], 'paging'),
      await assidu.newKey(['cohorts'], 'other'),
    ];
    const ids = ['a', 'b', 'c.1', 'c_2', 'c-3', 'd', 'e'];
    for (const id of ids) await put(id, definition({ id }), { authorization: own });
    await put('foreign', definition({ id: 'foreign' }), { authorization: foreign });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (limit) => {
        const pages = await follow(assidu, `/api/v1/cohorts?limit=${limit}`, { authorization: own });
        expect(pages.every((page) => page.length <= limit)).toBe(true);
        expect(pages.flat().map(({ id }) => id)).toEqual([...ids].sort());
      }),
      { numRuns: 9 },
    );
  });

  it('goes on where it was when the cohort named last was removed meanwhile', async () => {
    const authorization = await assidu.newKey(['cohorts'], 'vanishing');
    for (const id of ['a', 'b', 'c']) await put(id, definition({ id }), { authorization });
    const pages = await follow(assidu, '/api/v1/cohorts?limit=1', { authorization }, async ([last]) => {
      await assidu.request('DELETE', path(String(last?.id)), undefined, { authorization });
    });
    expect(pages.flat().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=', 'limit'],
    ['cursor=%00', 'cursor'],
    ['page=2', 'page'],
  ])('refuses ?%s', async (parameters, field) => {
    const answer = await assidu.request('GET', `/api/v1/cohorts?${parameters}`);
    expect([answer.status, faults(answer)]).toEqual([400, [field]]);
  });
});
