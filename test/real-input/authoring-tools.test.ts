import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { SHAPES } from './authoring-tools.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const all = Object.entries(SHAPES);
/** What comes back of timestamps that are sent otherwise than in UTC (IEEE 9274.1.1 4.2.7). */
const IN_UTC: Readonly<Record<string, string>> = {
  '2026-09-20T10:00:00.1234567+02:00': '2026-09-20T08:00:00.1234567Z',
  '2026-09-20T10:00:00': '2026-09-20T10:00:00Z',
  '20260920T100000+0200': '2026-09-20T08:00:00Z',
};

describe('what tools send although the standard recommends otherwise', () => {
  it.each(all)('goes in and comes back: %s', async (_name, shape) => {
    const sent = { ...shape, id: randomUUID() };
    const answer = await assidu.request('POST', '/xapi/statements', sent);
    expect([answer.status, answer.json], answer.text).toEqual([200, [sent.id]]);
    const { json } = await assidu.request('GET', `/xapi/statements?statementId=${sent.id}`);
    // A single context activity comes back in an array.
    const { context: _, timestamp, ...rest }: Record<string, unknown> = sent;
    expect(json).toMatchObject(rest);
    if (timestamp !== undefined) expect(json.timestamp).toBe(IN_UTC[String(timestamp)] ?? timestamp);
  });

  it('goes in as one batch, and again, and by a key that skips what is bad', async () => {
    const batch = all.map(([, shape]) => ({ ...shape, id: randomUUID() }));
    for (const path of ['/xapi/statements', '/xapi/statements', '/xapi/statements?assidu:onInvalid=skip']) {
      const answer = await assidu.request('POST', path, batch);
      expect([answer.status, answer.json.length, answer.headers.get('X-Assidu-Quarantined')]).toEqual([
        200,
        batch.length,
        null,
      ]);
    }
  });

  it.each(['1.0', '1.0.0', '1.0.1', '1.0.2', '1.0.9'])('goes in with version %s', async (version) => {
    const answer = await assidu.request('POST', '/xapi/statements', all[0]?.[1], {
      'X-Experience-API-Version': version,
    });
    expect(answer.status, answer.text).toBe(200);
  });

  it('goes in as old libraries send it: PUT in a form, with the key in it', async () => {
    for (const [name, shape] of all) {
      const id = randomUUID();
      const form = new URLSearchParams({
        statementId: id,
        Authorization: assidu.authorization,
        'X-Experience-API-Version': '1.0.2',
        'Content-Type': 'application/json',
        content: JSON.stringify({ ...shape, id }),
      });
      const response = await fetch(`${assidu.url}/xapi/statements?method=PUT`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
        body: form.toString(),
      });
      expect(response.status, name).toBe(204);
    }
  });
});
