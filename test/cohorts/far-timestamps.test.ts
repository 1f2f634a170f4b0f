import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, definition } from '../api/definition.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

const PAGE = 'https://lms.example.org/mod/page/view.php?id=12';
const NOW = '2026-09-20T12:00:00Z';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
  // Without an end, so that nothing but the instant asked for bounds the weeks.
  const { endsOn: _, ...open } = definition();
  await assidu.request('PUT', '/api/v1/cohorts/class-9', open);
  const entries = ['early', 'late', 'plain'].map((name) => ({
    actor: account(name),
    enrolledAt: '2026-09-07T08:00:00Z',
  }));
  await assidu.request('POST', '/api/v1/cohorts/class-9/enrolments', entries);
  await send('plain', '2026-09-18T10:00:00Z');
});
afterAll(() => assidu.close());

const send = async (name: string, timestamp: string) => {
  const statement = {
    id: randomUUID(),
    actor: account(name),
    verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
    object: { id: PAGE },
    timestamp,
  };
  expect((await assidu.request('POST', '/xapi/statements', statement)).status).toBe(200);
  await assidu.services.feed.settled();
};
const figures = async (asOf: string) => {
  const [metrics, learners] = await Promise.all(
    ['metrics', 'learners'].map((what) =>
      assidu.request('GET', `/api/v1/cohorts/class-9/${what}?asOf=${encodeURIComponent(asOf)}`),
    ),
  );
  expect([metrics?.status, learners?.status]).toEqual([200, 200]);
  return { metrics: metrics?.json, learners: learners?.json };
};

describe('statements with a timestamp far off', () => {
  it('change no figure of today, nor the weeks it is made of', async () => {
    const before = await figures(NOW);
    expect(before.metrics.counts).toMatchObject({ enrolled: 3, active: 1, notStarted: 2 });
    expect(before.metrics.weekly).toHaveLength(2);
    await send('early', '1970-01-01T00:00:00Z');
    await send('early', '0001-01-01T00:00:00Z');
    await send('late', '2099-03-01T10:00:00Z');
    await send('plain', '9999-12-31T23:59:59Z');
    await send('plain', '1970-01-01T00:00:00Z');
    expect(await figures(NOW)).toEqual(before);
  });

  it('count once the instant asked for reaches them, if they fall after the enrolment', async () => {
    const { metrics, learners } = await figures('2099-03-02T00:00:00Z');
    const acts = learners.map((row: Record<string, unknown>) => row.lastActAt);
    expect(acts).toEqual(
      expect.arrayContaining([null, '2099-03-01T10:00:00.000Z', '2026-09-18T10:00:00.000Z']),
    );
    expect(metrics.counts).toMatchObject({ enrolled: 3, started: 2, notStarted: 1 });
  });

  it('are flagged, all of them', async () => {
    const { json } = await assidu.request('GET', '/api/v1/flagged-statements');
    expect(json.map(({ flag }: { flag: string }) => flag)).toEqual([
      'past',
      'past',
      'future',
      'future',
      'past',
    ]);
  });
});
