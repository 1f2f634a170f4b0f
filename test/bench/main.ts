import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../../src/cli/table.ts';
import { orUsage } from '../support/or-usage.ts';
import { benchOulad } from './oulad.ts';
import { startProduct } from './product.ts';
import { grown, type Row } from './row.ts';
import { writesDuringExport } from './rows/export.ts';
import { defineCohort, freshness, refold, timeMetrics } from './rows/figures.ts';
import { batchedIntake, singleIntake } from './rows/intake.ts';
import { timeQueries } from './rows/queries.ts';
import { benchScale } from './scale.ts';
import { fill } from './world.ts';

/** Statements of the two intake rows. */
const BATCHED = 40_000;
const SINGLE = 8_000;
/** Where the stream of made-up statements goes on for what is written at the end. */
const LATER = 100_000_000;

const USAGE = `npm run bench -- [oulad | scale] [--quick]
  --quick   fewer statements: 100,000 instead of a million
  oulad     fifteen presentations of the Open University, reproduced
  scale     what a statement takes in both stores, and what follows from it`;
const { values, positionals } = orUsage(USAGE, () =>
  parseArgs({ options: { quick: { type: 'boolean', default: false } }, allowPositionals: true }),
);
// Each a proof of its own, beside the speeds.
if (positionals[0] === 'oulad') process.exit(await benchOulad());
if (positionals[0] === 'scale') process.exit(await benchScale());
const at = values.quick ? { small: 50_000, large: 100_000 } : { small: 100_000, large: 1_000_000 };
const folder = mkdtempSync(join(tmpdir(), 'assidu-bench-'));
const say = (line: string) => process.stderr.write(`${line}\n`);
const product = await startProduct(folder);
const rows: Row[] = [];
try {
  say('statements in…');
  rows.push(...(await batchedIntake(product, folder, 0, BATCHED)));
  rows.push(await singleIntake(product, BATCHED, SINGLE));
  await defineCohort(product);
  const measure = async (from: number, upTo: number) => {
    say(`filling up to ${upTo} statements…`);
    await fill(product, from, upTo);
    return { queries: await timeQueries(product), metrics: await timeMetrics(product) };
  };
  const small = await measure(BATCHED + SINGLE, at.small);
  const large = await measure(at.small, at.large);
  for (const [name, time] of large.queries) {
    const asked = name === 'agent + related course';
    const times = { small: small.queries.get(name) ?? Number.NaN, large: time };
    rows.push(grown(`GET by ${name}`, at, times, asked ? '<= 10 ms, <= 2 x' : ''));
  }
  const metrics = { small: small.metrics, large: large.metrics };
  rows.push(grown('cohort metrics, 1,000 learners', at, metrics, '<= 50 ms, <= 1.5 x'));
  const memory = product.memory();
  rows.push(await freshness(product));
  rows.push(await writesDuringExport(product, LATER, 1_000));
  say('refolding…');
  rows.push(await refold(product, at.large));
  rows.push({
    work: `memory while serving at ${at.large}`,
    ours: `${Math.round(memory)} MB`,
    beside: `${Math.round(product.memory())} MB after the refold`,
    ratio: '',
    toReach: '<= 300 MB',
  });
  process.stdout.write(`${cpus().length} cores, ${cpus()[0]?.model ?? ''}, Node ${process.version}\n\n`);
  const lines = rows.map(({ work, ours, beside, ratio, toReach }) => [work, ours, beside, ratio, toReach]);
  process.stdout.write(`${table(['work', 'ours', 'beside', 'ratio', 'to reach'], lines)}\n`);
} finally {
  await product.close();
  rmSync(folder, { recursive: true, force: true });
}
