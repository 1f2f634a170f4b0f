import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COURSE_TYPE } from '../support/scene.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { account, definition } from './definition.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const COURSE = 'https://lms.example.org/course/view.php?id=2';
const CONTEXTS = [{ platform: 'https://lms.example.org', course: '2', activity: COURSE }];
const VERBS = {
  enrolled: 'https://xapi.edlm/profiles/edlm-lms/concepts/verbs/enrolled',
  left: 'http://activitystrea.ms/leave',
  suspended: 'https://w3id.org/xapi/tla/verbs/suspended',
};

interface Row {
  readonly enrolmentId: string;
  readonly endedAt: string | null;
  readonly reason: string | null;
}
const cohort = async (id: string, changes = {}) => {
  const base = `/api/v1/cohorts/${id}`;
  await assidu.request('PUT', base, definition({ id, contexts: CONTEXTS, ...changes }));
  const enrolments = `${base}/enrolments`;
  return {
    enrolments,
    enrol: (...entries: readonly object[]) => assidu.request('POST', enrolments, entries),
    rows: async (query = ''): Promise<readonly Row[]> =>
      (await assidu.request('GET', `${enrolments}${query}`)).json,
    patch: (enrolmentId: string | undefined, body: object) =>
      assidu.request('PATCH', `${enrolments}/${enrolmentId}`, body),
    counts: async () =>
      (await assidu.request('GET', `${base}/metrics?asOf=2026-09-20T12:00:00Z`)).json.counts,
    learners: async () => (await assidu.request('GET', `${base}/learners?asOf=2026-09-20T12:00:00Z`)).json,
    history: async (name: string) => {
      const actor = encodeURIComponent(JSON.stringify(account(name)));
      const { json } = await assidu.request('GET', `${enrolments}/history?actor=${actor}`);
      return json.map(({ kind }: { readonly kind: string }) => kind);
    },
  };
};
const say = (verb: keyof typeof VERBS, name: string, timestamp: string, authorization?: string) =>
  assidu.request(
    'POST',
    '/xapi/statements',
    {
      actor: { ...account(name), name: `Person ${name}` },
      verb: { id: VERBS[verb] },
      object: { id: COURSE, definition: { type: COURSE_TYPE } },
      timestamp,
    },
    authorization === undefined ? {} : { authorization },
  );
const open = (name: string) => ({ actor: account(name), enrolledAt: '2026-09-07T08:00:00Z' });

describe('enrolments', () => {
  it('are listed as they hold at an instant, page by page, excluded ones too', async () => {
    const { enrol, rows, enrolments } = await cohort('listing');
    await enrol(open('1'), { ...open('2'), endedAt: '2026-09-14T08:00:00Z', reason: 'withdrawn' });
    await enrol({
      actor: account('3'),
      enrolledAt: '2026-09-10T08:00:00Z',
      endedAt: '2026-09-10T08:00:00Z',
      reason: 'excluded',
    });
    expect((await rows()).map(({ reason }) => reason).sort()).toEqual(['excluded', 'withdrawn', null].sort());
    expect(await rows('?asOf=2026-09-09T00:00:00Z')).toMatchObject([{ endedAt: null }, { endedAt: null }]);
    const first = await assidu.request('GET', `${enrolments}?limit=2`);
    const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')?.[1];
    expect((await assidu.request('GET', next ?? '')).json).toHaveLength(1);
  });

  it('are set right: dates, reasons, suspensions; each correction is one more line of the history', async () => {
    const { enrol, rows, patch, history, counts } = await cohort('correcting');
    await enrol({ ...open('1'), endedAt: '2026-09-14T08:00:00Z', reason: 'withdrawn' });
    const id = (await rows())[0]?.enrolmentId;
    expect((await patch(id, { reason: 'transferred' })).json).toEqual({ outcome: 'changed' });
    expect((await patch(id, { reason: 'transferred' })).json).toEqual({ outcome: 'unchanged' });
    expect((await counts()).transferred).toBe(1);
    await patch(id, { endedAt: '2026-09-15T08:00:00Z' });
    await patch(id, { endedAt: null, enrolledAt: '2026-09-08T08:00:00Z' });
    await patch(id, { suspensions: [{ from: '2026-09-10T00:00:00Z' }] });
    await patch(id, { suspensions: [{ from: '2026-09-10T00:00:00Z', to: '2026-09-12T00:00:00Z' }] });
    expect(await history('1')).toEqual([
      'enrolled',
      'ended',
      'reasoned',
      'ended',
      'moved',
      'reopened',
      'suspended',
      'resumed',
    ]);
  });

  it('that were a mistake are undone, and count nowhere', async () => {
    const { enrol, rows, counts, enrolments, history } = await cohort('undoing');
    await enrol(open('1'));
    const [row] = await rows();
    expect((await assidu.request('DELETE', `${enrolments}/${row?.enrolmentId}`)).status).toBe(204);
    expect([await rows(), (await counts()).enrolled]).toEqual([[], 0]);
    expect((await assidu.request('DELETE', `${enrolments}/${row?.enrolmentId}`)).status).toBe(404);
    await enrol(open('1'));
    expect((await counts()).enrolled).toBe(1);
    expect((await rows())[0]?.enrolmentId).not.toBe(row?.enrolmentId);
    expect(await history('1')).toEqual(['enrolled', 'undone', 'enrolled']);
  });

  it('that were excluded are taken back as they were, or as if nothing had been', async () => {
    const { enrol, rows, patch, counts } = await cohort('excluding');
    await enrol(open('1'), { ...open('2'), endedAt: '2026-09-08T08:00:00Z', reason: 'excluded' });
    const [one, two] = await Promise.all(
      (await rows()).toSorted((a) => (a.reason === null ? -1 : 1)).map(({ enrolmentId }) => enrolmentId),
    );
    await patch(one, { reason: 'excluded' });
    expect((await counts()).enrolled).toBe(0);
    await patch(one, { reason: null });
    expect(await rows()).toContainEqual(
      expect.objectContaining({ enrolmentId: one, endedAt: null, reason: null }),
    );
    await patch(two, { reason: null });
    expect((await counts()).enrolled).toBe(1);
    await enrol(open('2'));
    expect((await counts()).enrolled).toBe(2);
  });

  it('name what is wrong with a correction', async () => {
    const { enrol, rows, patch } = await cohort('faulty');
    await enrol(open('1'));
    const id = (await rows())[0]?.enrolmentId;
    const fieldOf = async (body: object) => {
      const { status, json } = await patch(id, body);
      return [status, json.errors?.[0].path];
    };
    expect(await fieldOf({ reason: 'withdrawn' })).toEqual([400, 'endedAt']);
    expect(await fieldOf({ endedAt: '2026-09-01T00:00:00Z' })).toEqual([400, 'endedAt']);
    expect(await fieldOf({ enrolledAt: 'yesterday' })).toEqual([400, 'enrolledAt']);
    expect(await fieldOf({ color: 'red' })).toEqual([400, 'color']);
    expect((await fieldOf({}))[0]).toBe(400);
    expect((await patch('nobody', { endedAt: null })).status).toBe(404);
    const reader = await assidu.newKey(['all/read']);
    const refused = await assidu.request('DELETE', '/api/v1/cohorts/faulty/enrolments/x', undefined, {
      authorization: reader,
    });
    expect(refused.status).toBe(403);
  });

  it('follow statements of those who may; what a person sets right stays', async () => {
    const { enrol, rows, patch, counts, history, enrolments } = await cohort('told');
    await enrol(open('1'), open('2'));
    await say('left', '2', '2026-09-09T08:00:00Z', await assidu.newKey(['statements/write']));
    expect((await counts()).withdrawn).toBe(0);
    await say('left', '1', '2026-09-09T08:00:00Z');
    expect((await counts()).withdrawn).toBe(1);
    const left = (await rows()).find(({ reason }) => reason === 'removed');
    await patch(left?.enrolmentId, { endedAt: null });
    expect((await counts()).withdrawn).toBe(0);
    expect(await history('1')).toEqual(['enrolled', 'toldWithdrew', 'corrected']);
    expect((await assidu.request('GET', `${enrolments}/history?actor=x`)).json.errors[0].path).toBe('actor');
  });

  it('are made by statements where the cohort says so, with the name they tell, also for launches and the API', async () => {
    const { rows, learners, counts, enrol, enrolments } = await cohort('made', { enrolFromStatements: true });
    await say('enrolled', '7', '2026-09-08T08:00:00Z');
    await say('enrolled', '7', '2026-09-08T08:00:00Z');
    expect(await learners()).toMatchObject([{ name: 'Person 7', enrolledAt: '2026-09-08T08:00:00.000Z' }]);
    const [row] = await rows();
    expect(row).toMatchObject({ source: 'statement', endedAt: null });
    await enrol({ actor: account('7'), enrolledAt: '2026-09-10T08:00:00Z' });
    expect((await counts()).enrolled).toBe(1);
    await say('enrolled', '8', '2026-09-09T08:00:00Z');
    const told = (await rows()).find(({ enrolmentId }) => enrolmentId !== row?.enrolmentId && enrolmentId);
    expect((await counts()).enrolled).toBe(2);
    const eight = (await rows()).at(-1);
    expect(told).toBeDefined();
    await assidu.request('DELETE', `${enrolments}/${eight?.enrolmentId}`);
    expect((await counts()).enrolled).toBe(1);
  });
});
