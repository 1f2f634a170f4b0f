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

describe('what tools send although the standard recommends otherwise', () => {
  it.each(all)('goes in and comes back: %s', async (_name, shape) => {
    const sent = { ...shape, id: randomUUID() };
    const answer = await assidu.request('POST', '/xapi/statements', sent);
    expect([answer.status, answer.json], answer.text).toEqual([200, [sent.id]]);
    const { json } = await assidu.request('GET', `/xapi/statements?statementId=${sent.id}`);
    // A single context activity comes back in an array.
    const { context: _, ...rest }: Record<string, unknown> = sent;
    expect(json).toMatchObject(rest);
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
