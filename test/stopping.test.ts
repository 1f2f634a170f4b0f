import { Agent, request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startAssidu } from './support/start-assidu.ts';

/** A request over a connection that is kept. */
function over(agent: Agent, url: string): Promise<{ status: number | undefined; connection?: string }> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (answer) => {
      answer.resume();
      const { connection } = answer.headers;
      answer.on('end', () =>
        resolve({ status: answer.statusCode, ...(connection === undefined ? {} : { connection }) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('an instance that is told to stop', () => {
  it('is not ready any more, still answers, parts with its clients, and then lets go of the port', async () => {
    const product = await startAssidu({ settings: { drain: 2_500 } });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await over(agent, `${product.url}/readyz`)).toEqual({ status: 200, connection: 'keep-alive' });
    const stopped = product.close();
    expect(await over(agent, `${product.url}/readyz`)).toEqual({ status: 503, connection: 'close' });
    expect(await over(agent, `${product.url}/xapi/about`)).toEqual({ status: 200, connection: 'close' });
    const sent = await product.request('POST', '/xapi/statements', {
      actor: { mbox: 'mailto:a@example.org' },
      verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
      object: { id: 'https://lms.example/unit' },
    });
    expect(sent.status).toBe(200);
    await stopped;
    await expect(fetch(`${product.url}/readyz`)).rejects.toThrow();
    agent.destroy();
  });
});
