import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../../src/cli/table.ts';
import { buildProduct } from '../support/built-product.ts';
import { orUsage } from '../support/or-usage.ts';
import { singCanary } from './canary.ts';
import { createLedger } from './ledger.ts';
import { judgeMemory, type Sample } from './memory.ts';
import { startProduct } from './product.ts';
import { createRun } from './run-trials.ts';
import { prepareWorld } from './world.ts';

/** Trials under way at the same time, each over a connection that stays open. */
const AT_ONCE = 8;
const CANARY_EVERY = 1_000;
/** Fewer trials than this say nothing about memory. */
const ENOUGH_FOR_MEMORY = 100_000;
const TOO_MANY_FAILURES = 20;

const USAGE = `npm run fuzz -- [options]
  --count N   so many mutated requests (100000)
  --seed N    the same requests as a run that printed this seed
  --only N    one request of them, by its number`;
const wholeNumber = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number`);
  return Number(text);
};
const { count, seed, only } = orUsage(USAGE, () => {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
      only: { type: 'string' },
    },
  });
  return {
    count: wholeNumber('count', values.count),
    seed: wholeNumber('seed', values.seed),
    only: values.only === undefined ? null : wholeNumber('only', values.only),
  };
});
const say = (line: string) => process.stdout.write(`${line}\n`);
say(`seed ${seed}: \`npm run fuzz -- --seed ${seed} --count ${count}\` tries the same again`);

buildProduct();
const folder = mkdtempSync(join(tmpdir(), 'assidu-fuzz-'));
const world = await prepareWorld(folder, seed);
const product = await startProduct(folder, AT_ONCE + 2);
const ledger = createLedger(world, product.send);
const run = createRun(product, world, ledger, seed);
const samples: Sample[] = [];
const begun = performance.now();
let done = 0;

const fail = (reason: unknown) =>
  run.failures.push({ trial: done, kind: 'after the trials so far', reason: String(reason) });
const stopped = () => product.gone() || run.failures.length >= TOO_MANY_FAILURES;

async function tryFrom(numbers: Iterator<number>): Promise<void> {
  for (let next = numbers.next(); !next.done && !stopped(); next = numbers.next()) {
    await run.trial(next.value);
    done += 1;
    // Others go on while this one waits below.
    const trials = done;
    if (trials % Math.ceil(count / 400) === 0)
      samples.push({ trials, megabytes: await product.memory().catch(() => Number.POSITIVE_INFINITY) });
    if (trials % CANARY_EVERY === 0) await singCanary(world, product.send).catch(fail);
    if (trials % 10_000 === 0) say(`${trials} trials, ${Math.round((performance.now() - begun) / 1_000)} s`);
  }
}

const numbers = (only === null ? Array.from({ length: count }, (_, number) => number) : [only]).values();
await Promise.all(Array.from({ length: AT_ONCE }, () => tryFrom(numbers)));
await singCanary(world, product.send).catch(fail);
const asked = await ledger.check().catch(fail);
if (product.gone()) fail('the process of the product ended');

const seconds = (performance.now() - begun) / 1_000;
const rows = [...run.tallies].map(([kind, { trials, answers, slowest }]) => [
  kind,
  trials,
  ...['2xx', '3xx', '4xx', '5xx', 'none'].map((status) => answers.get(status) ?? 0),
  `${Math.round(slowest)} ms`,
]);
say(table(['trials', 'count', '2xx', '3xx', '4xx', '501', 'none', 'slowest'], rows));
say(
  `${done} trials in ${Math.round(seconds)} s; ${ledger.count()} statements were taken, ${asked} of them are there as they were sent`,
);
if (done === count && count >= ENOUGH_FOR_MEMORY) {
  const { floors, growth, bound, flat } = judgeMemory(samples, count);
  say(`memory, lowest of each twentieth of the trials, MB: ${floors.map(Math.round).join(' ')}`);
  say(`growth in the later half: ${growth.toFixed(1)} MB of ${bound.toFixed(1)} MB that are let pass`);
  if (!flat) fail('memory grows');
} else say(`memory is not judged: that takes ${ENOUGH_FOR_MEMORY} trials`);

const log = await product.stop();
await world.close();
rmSync(folder, { recursive: true, force: true });
for (const { trial, kind, reason } of run.failures)
  say(
    `\nFAILED: trial ${trial} (${kind}; \`npm run fuzz -- --seed ${seed} --only ${trial}\`)\n${reason.slice(0, 12_000)}`,
  );
if (run.failures.length > 0) say(`\nwhat the product wrote:\n${log.slice(-8_000)}`);
say(run.failures.length === 0 ? 'nothing failed' : `${run.failures.length} failed`);
process.exitCode = run.failures.length === 0 ? 0 : 1;
