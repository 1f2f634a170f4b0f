import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { assidu } from './run.ts';

describe('tool-key list, rotate and remove, beside a running server', () => {
  let product: RunningAssidu;
  beforeAll(async () => {
    product = await startAssidu();
  });
  afterAll(() => product.close());
  const run = (...args: readonly string[]) =>
    assidu(product.folder, ['tool-key', ...args], {
      environment: { ASSIDU_URL: product.url, ASSIDU_SECRET: product.secret },
    });
  const published = async (): Promise<readonly string[]> =>
    (await product.request('GET', '/lti/jwks')).json.keys.map(({ kid }: { kid: string }) => kid);

  it('publish a new key at once, let the old one sign on, and withdraw one', async () => {
    const [first = ''] = await published();
    const { kid } = JSON.parse((await run('rotate', '--json')).stdout);
    expect([...(await published())].sort()).toEqual([first, kid].sort());
    expect(JSON.parse((await run('list', '--json')).stdout)).toMatchObject([
      { kid, signs: false },
      { kid: first, signs: true },
    ]);
    const [removed, unknown] = await Promise.all([run('remove', first), run('remove', 'none')]);
    expect([removed.code, unknown.code]).toEqual([0, 1]);
    expect(unknown.stderr).toContain('there is no tool key none');
    expect(await published()).toEqual([kid]);
    const last = await run('remove', kid);
    expect([last.code, last.stderr]).toEqual([1, expect.stringContaining('make another first')]);
  }, 60_000);
});
