import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../../src/cli/table.ts';
import { bareHttp, bareSqlite } from './floors.ts';
import { load, nearestRank } from './load.ts';
import { type Product, startProduct } from './product.ts';
import { benchStatement } from './statements.ts';

/** What the figures are of: many learners in many courses; the cohort that is asked about is course 1. */
const WORLD = { learners: 5_000, courses: 50 };
const BATCH = 50;

interface Row {
  readonly work: string;
  readonly ours: string;
  readonly floor: string;
  readonly ratio: string;
  readonly toReach: string;
}

function statementsFrom(first: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => benchStatement(first + index, WORLD));
}

function inBatches(texts: readonly string[]): readonly (readonly string[])[] {
  const batches: (readonly string[])[] = [];
  for (let from = 0; from < texts.length; from += BATCH) batches.push(texts.slice(from, from + BATCH));
  return batches;
}

async function batchedIntake(product: Product, folder: string, first: number, count: number): Promise<Row> {
  const batches = inBatches(statementsFrom(first, count));
  const floor = bareSqlite(folder, batches);
  const bodies = batches.map((batch) => `[${batch.join(',')}]`);
  const { perSecond } = await load(`${product.url}/xapi/statements`, product.headers, bodies, 4);
  return compared(
    'statements in, batches of 50, 4 connections',
    perSecond * BATCH,
    floor,
    'bare SQLite',
    '>= 25 %',
  );
}

async function singleIntake(product: Product, first: number, count: number): Promise<Row> {
  const bodies = statementsFrom(first, count);
  const bare = await bareHttp();
  const floor = await load(bare.url, {}, bodies, 16);
  bare.close();
  const { perSecond } = await load(`${product.url}/xapi/statements`, product.headers, bodies, 16);
  return compared(
    'statements in, one a request, 16 connections',
    perSecond,
    floor.perSecond,
    'bare node:http',
    '>= 25 %',
  );
}

function compared(work: string, ours: number, floor: number, name: string, toReach: string): Row {
  return {
    work,
    ours: `${Math.round(ours)}/s`,
    floor: `${Math.round(floor)}/s ${name}`,
    ratio: `${Math.round((100 * ours) / floor)} %`,
    toReach,
  };
}

/** p95 in ms of GET requests, one after the other, on pages of all depths. */
async function timeGets(product: Product, paths: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (const path of paths) {
    const started = performance.now();
    const answer = await fetch(`${product.url}${path}`, { headers: product.headers });
    await answer.text();
    times.push(performance.now() - started);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  }
  return nearestRank(times, 0.95);
}

function queryPaths(): readonly string[] {
  const lms = 'https://moodle.example.org';
  return Array.from({ length: 60 }, (_, index) => {
    const agent = JSON.stringify({ account: { homePage: lms, name: String((index * 83) % WORLD.learners) } });
    const query = new URLSearchParams({
      agent,
      activity: `${lms}/course/view.php?id=${index % WORLD.courses}`,
      related_activities: 'true',
      limit: '25',
    });
    return `/xapi/statements?${query}`;
  });
}

async function defineCohort(product: Product): Promise<void> {
  const lms = 'https://moodle.example.org';
  const headers = { ...product.headers, 'content-type': 'application/json' };
  const definition = {
    id: 'bench',
    title: 'Bench',
    kind: 'spoc',
    startsOn: '2026-09-20',
    contexts: [{ platform: lms, course: '1', activity: `${lms}/course/view.php?id=1` }],
    units: Array.from({ length: 12 }, (_, unit) => ({
      id: `${lms}/mod/page/view.php?id=${100 + unit}`,
      minProgress: 1,
    })),
  };
  await fetch(`${product.url}/api/v1/cohorts/bench`, {
    method: 'PUT',
    headers,
    body: JSON.stringify(definition),
  });
  const enrolments = Array.from({ length: 1_000 }, (_, learner) => ({
    actor: { account: { homePage: lms, name: String(learner) } },
    enrolledAt: '2026-09-19T00:00:00Z',
  }));
  await fetch(`${product.url}/api/v1/cohorts/bench/enrolments`, {
    method: 'POST',
    headers,
    body: JSON.stringify(enrolments),
  });
}

async function timeMetrics(product: Product): Promise<number> {
  return timeGets(product, new Array<string>(20).fill('/api/v1/cohorts/bench/metrics'));
}

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const [small, large] = values.quick ? [10_000, 100_000] : [100_000, 1_000_000];
const folder = mkdtempSync(join(tmpdir(), 'assidu-bench-'));
const say = (line: string) => process.stderr.write(`${line}\n`);
const product = await startProduct(folder);
const rows: Row[] = [];
try {
  rows.push(await batchedIntake(product, folder, 0, 20_000));
  rows.push(await singleIntake(product, 20_000, 5_000));
  await defineCohort(product);
  const fill = async (upTo: number, from: number) => {
    say(`filling up to ${upTo} statements…`);
    for (let first = from; first < upTo; first += 20_000) {
      const bodies = inBatches(statementsFrom(first, Math.min(20_000, upTo - first))).map(
        (batch) => `[${batch.join(',')}]`,
      );
      await load(`${product.url}/xapi/statements`, product.headers, bodies, 4);
    }
  };
  await fill(small, 25_000);
  const paths = queryPaths();
  await timeGets(product, paths);
  const querySmall = await timeGets(product, paths);
  await timeMetrics(product);
  const metricsSmall = await timeMetrics(product);
  await fill(large, Math.max(small, 25_000));
  await timeGets(product, paths);
  const queryLarge = await timeGets(product, paths);
  await timeMetrics(product);
  const metricsLarge = await timeMetrics(product);
  const ms = (time: number) => `${time.toFixed(1)} ms`;
  rows.push({
    work: `GET by agent + related course, p95 at ${large}`,
    ours: ms(queryLarge),
    floor: `${ms(querySmall)} at ${small}`,
    ratio: `${(queryLarge / querySmall).toFixed(1)} x`,
    toReach: '<= 10 ms, <= 2 x',
  });
  rows.push({
    work: `cohort metrics, 1,000 learners, p95 at ${large}`,
    ours: ms(metricsLarge),
    floor: `${ms(metricsSmall)} at ${small}`,
    ratio: `${(metricsLarge / metricsSmall).toFixed(1)} x`,
    toReach: '<= 50 ms, <= 1.5 x',
  });
  rows.push({
    work: 'memory while serving',
    ours: `${Math.round(product.memory())} MB`,
    floor: '',
    ratio: '',
    toReach: '<= 300 MB',
  });
  process.stdout.write(`${cpus().length} cores, ${cpus()[0]?.model ?? ''}, Node ${process.version}\n\n`);
  process.stdout.write(
    `${table(
      ['work', 'ours', 'beside', 'ratio', 'to reach'],
      rows.map(({ work, ours, floor, ratio, toReach }) => [work, ours, floor, ratio, toReach]),
    )}\n`,
  );
} finally {
  await product.close();
  rmSync(folder, { recursive: true, force: true });
}
