import { randomUUID } from 'node:crypto';
import type { Answer, Sent } from './exchange.ts';
import type { World } from './world.ts';

/** A valid statement goes in and comes back byte for byte, and the product says that it is well. Throws when not. */
export async function singCanary(world: World, send: (sent: Sent) => Promise<Answer>): Promise<void> {
  const id = randomUUID();
  const text = `{"id":"${id}", "actor": {"mbox":"mailto:canary@example.org"},"verb":{"id":"http://adlnet.gov/expapi/verbs/completed"},
 "object":{"id":"https://example.org/mine"}, "result":{"score":{"raw":1.50e1}},"timestamp":"2026-01-05T10:00:00.000Z"}`;
  const headers = {
    Authorization: world.keys.main,
    'X-Experience-API-Version': '1.0.3',
    'Content-Type': 'application/json',
  };
  const path = `/xapi/statements?statementId=${id}`;
  const posted = await send({ method: 'PUT', path, headers, body: Buffer.from(text) });
  const got = await send({ method: 'GET', path, headers, body: null });
  const health = await send({ method: 'GET', path: '/healthz', headers: {}, body: null });
  const back = got.body.toString();
  if (posted.status !== 204 || !back.startsWith(text.slice(0, -1)))
    throw new Error(`a good statement was answered ${posted.status} and came back as ${back}`);
  if (health.body.toString() !== 'ok') throw new Error('/healthz is not ok');
}
