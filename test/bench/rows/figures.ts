import { p95 } from '../get.ts';
import { load, nearestRank } from '../load.ts';
import type { Product } from '../product.ts';
import { ms, type Row } from '../row.ts';
import { LMS, WORLD } from '../world.ts';

const LEARNERS = 1_000;

/** Course 1 with 1,000 of its learners. */
export async function defineCohort(product: Product): Promise<void> {
  await send(product, 'PUT', '/api/v1/cohorts/bench', {
    id: 'bench',
    title: 'Bench',
    kind: 'spoc',
    startsOn: '2026-09-20',
    contexts: [{ platform: LMS, course: '1', activity: `${LMS}/course/view.php?id=1` }],
    units: Array.from({ length: 12 }, (_, unit) => ({
      id: `${LMS}/mod/page/view.php?id=${100 + unit}`,
      minProgress: 1,
    })),
  });
  const enrolments = Array.from({ length: LEARNERS }, (_, learner) => ({
    actor: { account: { homePage: LMS, name: String(learner) } },
    enrolledAt: '2026-09-19T00:00:00Z',
  }));
  await send(product, 'POST', '/api/v1/cohorts/bench/enrolments', enrolments);
}

/** p95 in ms of the data of the cohort's page. */
export function timeMetrics(product: Product): Promise<number> {
  return p95(product, new Array<string>(40).fill('/api/v1/cohorts/bench/metrics'));
}

/** Folds all statements there are into a new cohort of all courses, until its figures are answered. */
export async function refold(product: Product, statements: number): Promise<Row> {
  await send(product, 'PUT', '/api/v1/cohorts/all-courses', {
    id: 'all-courses',
    title: 'All courses',
    kind: 'spoc',
    startsOn: '2026-09-20',
    contexts: Array.from({ length: WORLD.courses }, (_, course) => ({
      platform: LMS,
      course: String(course),
      activity: `${LMS}/course/view.php?id=${course}`,
    })),
    units: [{ id: `${LMS}/mod/page/view.php?id=100`, minProgress: 1 }],
  });
  const started = performance.now();
  await send(product, 'GET', '/api/v1/cohorts/all-courses/metrics');
  const seconds = (performance.now() - started) / 1_000;
  await send(product, 'DELETE', '/api/v1/cohorts/all-courses');
  return {
    work: `refold of a cohort from ${statements} statements`,
    ours: `${Math.round(statements / seconds)}/s`,
    beside: `${seconds.toFixed(1)} s`,
    ratio: '',
    toReach: '>= 50000/s',
  };
}

/** How long after a statement is sent the metrics count it: time to store and to answer, p95 of 20. */
export async function freshness(product: Product): Promise<Row> {
  const times: number[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const { started } = await startedOf(product);
    const statement = {
      actor: { account: { homePage: LMS, name: String(LEARNERS - 1 - turn) } },
      verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
      object: { id: `${LMS}/mod/page/view.php?id=100` },
      timestamp: '2026-09-19T12:00:00Z',
    };
    const from = performance.now();
    await load(`${product.url}/xapi/statements`, product.headers, [JSON.stringify(statement)], 1);
    const after = await startedOf(product);
    times.push(performance.now() - from);
    if (after.started < started) throw new Error('a figure went back');
  }
  return {
    work: 'a new statement shown in the metrics, p95',
    ours: ms(nearestRank(times, 0.95)),
    beside: '',
    ratio: '',
    toReach: '<= 1000 ms',
  };
}

async function startedOf(product: Product): Promise<{ readonly started: number }> {
  const answer = await fetch(`${product.url}/api/v1/cohorts/bench/metrics`, { headers: product.headers });
  const { counts } = (await answer.json()) as { readonly counts: { readonly started: number } };
  return counts;
}

async function send(product: Product, method: string, path: string, body?: unknown): Promise<void> {
  const answer = await fetch(`${product.url}${path}`, {
    method,
    headers: { ...product.headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
}
