import { Agent, request } from 'node:http';

/** Sends requests over keep-alive connections until all are answered; answers how many a second, and their times in ms. */
export async function load(
  url: string,
  headers: Readonly<Record<string, string>>,
  bodies: readonly string[],
  connections: number,
): Promise<{ readonly perSecond: number; readonly times: readonly number[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let next = 0;
  const send = (body: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const sent = request(
        url,
        { method: 'POST', agent, headers: { ...headers, 'content-type': 'application/json' } },
        (answer) => {
          answer.resume();
          answer.on('end', () => {
            times.push(performance.now() - started);
            if (answer.statusCode === 200) resolve();
            else reject(new Error(`answered ${answer.statusCode}`));
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  const work = async () => {
    for (let body = bodies[next]; body !== undefined; body = bodies[next]) {
      next += 1;
      await send(body);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - started) / 1_000;
  agent.destroy();
  return { perSecond: bodies.length / seconds, times };
}

/** A quantile of times (ms), nearest rank. */
export function nearestRank(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
