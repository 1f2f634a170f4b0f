import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { account, definition } from './definition.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const path = (id: string) => `/api/v1/cohorts/${id}/enrolments`;
const cohort = async (id: string) => {
  await assidu.request('PUT', `/api/v1/cohorts/${id}`, definition({ id }));
  return {
    enrol: (body: unknown, headers = {}) => assidu.request('POST', path(id), body, headers),
    counts: async (asOf: string) =>
      (await assidu.request('GET', `/api/v1/cohorts/${id}/metrics?asOf=${asOf}`)).json.counts,
    learners: async (asOf: string) =>
      (await assidu.request('GET', `/api/v1/cohorts/${id}/learners?asOf=${asOf}`)).json,
  };
};
const AT = '2026-09-20T12:00:00Z';

describe('POST /cohorts/{id}/enrolments', () => {
  it('records enrolments; told again, they change nothing', async () => {
    const { enrol, counts } = await cohort('enrol');
    const entries = [
      { actor: account('1'), enrolledAt: '2026-09-07T08:00:00+02:00' },
      { actor: { mbox: 'mailto:two@example.org', name: 'Two' }, enrolledAt: '2026-09-08T08:00:00Z' },
      { actor: account('3') },
    ];
    const first = await enrol(entries);
    expect([first.status, first.json]).toEqual([200, { recorded: 3, unchanged: 0 }]);
    expect((await enrol(entries)).json).toEqual({ recorded: 0, unchanged: 3 });
    expect((await enrol([...entries, ...entries])).json).toEqual({ recorded: 0, unchanged: 6 });
    expect((await counts(AT)).enrolled).toBe(3);
  });

  it('assumes the start of the cohort where no date is given', async () => {
    const { enrol, learners } = await cohort('assumed');
    await enrol([{ actor: account('1') }]);
    expect((await learners(AT))[0].enrolledAt).toBe('2026-09-06T22:00:00.000Z');
  });

  it('ends, excludes, and begins anew', async () => {
    const { enrol, counts } = await cohort('ending');
    const open = { actor: account('1'), enrolledAt: '2026-09-07T08:00:00Z' };
    await enrol([open, { ...open, actor: account('2') }]);
    await enrol([{ ...open, endedAt: '2026-09-14T08:00:00Z', reason: 'withdrawn' }]);
    expect(await counts(AT)).toMatchObject({ enrolled: 2, withdrawn: 1, notStarted: 1 });
    await enrol([{ actor: account('1'), enrolledAt: '2026-09-16T08:00:00Z' }]);
    expect(await counts(AT)).toMatchObject({ enrolled: 3, withdrawn: 1, notStarted: 2 });
    await enrol([{ ...open, actor: account('2'), endedAt: AT, reason: 'excluded' }]);
    expect(await counts(AT)).toMatchObject({ enrolled: 2, withdrawn: 1, notStarted: 1 });
  });

  it('takes the empty list', async () => {
    const { enrol } = await cohort('empty');
    expect((await enrol([])).json).toEqual({ recorded: 0, unchanged: 0 });
  });

  const good = { actor: account('1'), enrolledAt: '2026-09-07T08:00:00Z' };
  it.each<[string, unknown, readonly string[]]>([
    ['no list', good, ['']],
    ['no actor', [{ enrolledAt: good.enrolledAt }], ['[0].actor']],
    ['an actor without identifier', [good, { actor: { name: 'Someone' } }], ['[1].actor']],
    ['a mailbox that is none', [{ actor: { mbox: 'someone' } }], ['[0].actor.mbox']],
    ['a date without a time', [{ ...good, enrolledAt: '2026-09-07' }], ['[0].enrolledAt']],
    ['a time without a zone', [{ ...good, enrolledAt: '2026-09-07T08:00:00' }], ['[0].enrolledAt']],
    ['an end before the start', [{ ...good, endedAt: '2026-09-01T00:00:00Z' }], ['[0].endedAt']],
    ['a reason without an end', [{ ...good, reason: 'removed' }], ['[0].endedAt']],
    ['a reason that is none', [{ ...good, endedAt: AT, reason: 'bored' }], ['[0].reason']],
    ['a field that is none', [{ ...good, role: 'teacher' }], ['[0].role']],
    ['several at once', [{ actor: { mbox: 'x' } }, good, { ...good, endedAt: 7 }], ['[2].endedAt']],
  ])('refuses %s, names the field, and records nothing', async (_, body, fields) => {
    const { enrol, counts } = await cohort('refusing');
    const answer = await enrol(body);
    expect([answer.status, answer.json.type]).toEqual([400, 'urn:assidu:problem:invalid-request']);
    expect(answer.json.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining([...fields]),
    );
    expect((await counts(AT)).enrolled).toBe(0);
  });

  it('refuses a body that is not JSON', async () => {
    const { enrol } = await cohort('refusing');
    expect((await enrol('actor;enrolledAt', { 'content-type': 'text/csv' })).status).toBe(400);
    expect((await enrol('[{')).json.detail).toMatch(/not JSON/);
  });

  it('answers 404 for a cohort that is not there', async () => {
    expect((await assidu.request('POST', path('nowhere'), [good])).status).toBe(404);
  });
});
