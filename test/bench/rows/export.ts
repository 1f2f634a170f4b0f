import { load, nearestRank } from '../load.ts';
import type { Product } from '../product.ts';
import { ms, type Row } from '../row.ts';
import { statementsFrom } from '../world.ts';

/** p99 of writing single statements over 4 connections while others read everything, page after page of 500. */
export async function writesDuringExport(product: Product, first: number, count: number): Promise<Row> {
  const write = async (from: number): Promise<number> => {
    const { times } = await load(
      `${product.url}/xapi/statements`,
      product.headers,
      statementsFrom(from, count),
      4,
    );
    return nearestRank(times, 0.99);
  };
  await write(first);
  const alone = await write(first + count);
  let reading = true;
  let pages = 0;
  const read = async () => {
    for (let path = '/xapi/statements?limit=500&ascending=true'; reading && path !== ''; pages += 1) {
      const answer = await fetch(`${product.url}${path}`, { headers: product.headers });
      path = ((await answer.json()) as { readonly more?: string }).more ?? '';
    }
  };
  const readers = [read(), read()];
  const during = await write(first + 2 * count);
  reading = false;
  await Promise.all(readers);
  return {
    work: `one statement written, p99 during two exports (${pages} pages)`,
    ours: ms(during),
    beside: `${ms(alone)} alone`,
    ratio: `${(during / alone).toFixed(1)} x`,
    toReach: '',
  };
}
