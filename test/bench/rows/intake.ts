import { bareHttp, bareSqlite } from '../floors.ts';
import { load } from '../load.ts';
import type { Product } from '../product.ts';
import { compared, type Row } from '../row.ts';
import { BATCH, bodyOf, inBatches, statementsFrom } from '../world.ts';

/** Where the made-up statements of the warm-up are: beyond all others. */
const WARM_UP = 200_000_000;

/** Times the halves are taken by turns: a machine is not equally fast at all times. */
const TURNS = 4;

/** Statements in, batches of 50 over 4 connections, beside what bare SQLite takes of the same JSON in the same batches. */
export async function batchedIntake(
  product: Product,
  folder: string,
  first: number,
  count: number,
): Promise<readonly Row[]> {
  const share = count / TURNS;
  const seconds = { ours: 0, floor: 0 };
  const processor = { ours: 0, floor: 0 };
  // A server has been running for a while when it is busy: what is measured is compiled by then.
  const warm = inBatches(statementsFrom(WARM_UP, share));
  await load(`${product.url}/xapi/statements`, product.headers, warm.map(bodyOf), 4);
  for (let turn = 0; turn < TURNS; turn += 1) {
    const batches = inBatches(statementsFrom(first + turn * share, share));
    const floor = bareSqlite(folder, batches);
    const bodies = batches.map(bodyOf);
    const before = product.processorTime();
    const { perSecond } = await load(`${product.url}/xapi/statements`, product.headers, bodies, 4);
    processor.ours += product.processorTime() - before;
    seconds.ours += share / (perSecond * BATCH);
    seconds.floor += floor.seconds;
    processor.floor += floor.processor;
  }
  const work = 'statements in, batches of 50, 4 connections';
  return [
    compared(work, count / seconds.ours, count / seconds.floor, 'bare SQLite', '>= 25 %'),
    {
      work: 'processor time of one of these',
      ours: `${Math.round(processor.ours / count)} µs`,
      beside: `${Math.round(processor.floor / count)} µs bare SQLite`,
      ratio: `${(processor.ours / processor.floor).toFixed(1)} x`,
      toReach: '',
    },
  ];
}

/** Statements in, one a request over 16 connections, beside a bare node:http that answers without doing anything. */
export async function singleIntake(product: Product, first: number, count: number): Promise<Row> {
  const share = count / TURNS;
  const seconds = { ours: 0, floor: 0 };
  const bare = await bareHttp();
  const warm = statementsFrom(2 * WARM_UP, share);
  await load(bare.url, {}, warm, 16);
  await load(`${product.url}/xapi/statements`, product.headers, warm, 16);
  for (let turn = 0; turn < TURNS; turn += 1) {
    const bodies = statementsFrom(first + turn * share, share);
    seconds.floor += share / (await load(bare.url, {}, bodies, 16)).perSecond;
    seconds.ours +=
      share / (await load(`${product.url}/xapi/statements`, product.headers, bodies, 16)).perSecond;
  }
  bare.close();
  const work = 'statements in, one a request, 16 connections';
  return compared(work, count / seconds.ours, count / seconds.floor, 'bare node:http', '>= 25 %');
}
