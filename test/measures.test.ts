import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from './support/start-assidu.ts';

const UNIT = 'https://lms.example/unit';

describe('/metrics', () => {
  let product: RunningAssidu | undefined;
  afterEach(() => product?.close());

  const start = async (...given: Parameters<typeof startAssidu>) => {
    product = await startAssidu(...given);
    return product;
  };
  const measuresOf = async (request: RunningAssidu['request']) =>
    new Map(
      (await request('GET', '/metrics')).text
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
    );

  it('tells requests by door, the newest statement, and how far facts and targets are behind', async () => {
    const { request, services } = await start();
    await request('PUT', '/api/v1/cohorts/c', {
      id: 'c',
      title: 'C',
      kind: 'spoc',
      startsOn: '2026-01-05',
      units: [{ id: UNIT }],
    });
    const target = {
      name: 'elsewhere',
      url: 'http://127.0.0.1:9/xapi',
      version: '1.0.3',
      username: 'u',
      password: 'p',
    };
    expect((await request('POST', '/api/v1/forwards', target)).status).toBe(201);
    const sent = await request(
      'POST',
      '/xapi/statements',
      Array.from({ length: 3 }, () => ({
        actor: { mbox: 'mailto:a@example.org' },
        verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
        object: { id: UNIT },
      })),
    );
    expect(sent.status).toBe(200);
    await services.feed.settled();
    const measures = await measuresOf(request);
    const { seq } = await services.storage.statements.head();
    expect(measures.get('assidu_statements_position')).toBe(seq);
    expect(measures.get('assidu_facts_lag_positions')).toBe(0);
    expect(measures.get('assidu_forward_lag_positions{org="default",target="elsewhere"}')).toBe(3);
    expect(
      measures.get('assidu_http_request_duration_seconds_count{door="xapi",method="POST",status="200"}'),
    ).toBe(1);
  });

  it('are answered to this machine only, and to nobody whom a proxy sends', async () => {
    const { url, request } = await start();
    const { port } = new URL(url);
    expect((await request('GET', '/metrics')).status).toBe(200);
    for (const name of ['X-Forwarded-For', 'Forwarded'])
      expect((await request('GET', '/metrics', undefined, { [name]: 'for=127.0.0.1' })).status).toBe(404);
    for (const address of otherAddresses())
      expect((await fetch(`http://${address}:${port}/metrics`)).status).toBe(404);
  });

  it('are answered to the network where the settings say so, still to nobody whom a proxy sends', async () => {
    const { url, request } = await start({ settings: { metricsFrom: 'network' } });
    const { port } = new URL(url);
    for (const address of otherAddresses())
      expect((await fetch(`http://${address}:${port}/metrics`)).status).toBe(200);
    expect((await request('GET', '/metrics', undefined, { 'X-Forwarded-For': '10.0.0.1' })).status).toBe(404);
  });
});

/** Addresses of this machine by which it does not look like this machine; there may be none. */
function otherAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((each) =>
    (each ?? []).flatMap(({ address, family, internal }) =>
      family === 'IPv4' && !internal ? [address] : [],
    ),
  );
}
