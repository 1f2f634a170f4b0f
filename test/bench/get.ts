import { nearestRank } from './load.ts';
import type { Product } from './product.ts';

/** Times in ms of GET requests, one after the other. Throws when one is not answered 200. */
export async function timeGets(product: Product, paths: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (const path of paths) {
    const started = performance.now();
    const answer = await fetch(`${product.url}${path}`, { headers: product.headers });
    await answer.text();
    times.push(performance.now() - started);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  }
  return times;
}

/** The 95th percentile of the same requests asked a second time: the first warms what a server has warm. */
export async function p95(product: Product, paths: readonly string[]): Promise<number> {
  await timeGets(product, paths);
  return nearestRank(await timeGets(product, paths), 0.95);
}
