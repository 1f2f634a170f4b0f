import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { statement } from '../xapi/statements.ts';
import { follow } from './follow.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

describe('GET /api/v1/flagged-statements', () => {
  const flagged = {
    unset: statement({ timestamp: '1970-01-01T00:00:00Z' }),
    typo: statement({ timestamp: '2206-03-01T10:00:00+01:00' }),
    zero: statement({ timestamp: '0000-01-01T00:00:00+14:00' }),
    last: statement({ timestamp: '9999-12-31T23:59:59-12:00' }),
  };

  it('lists far-future and far-past timestamps, kept as they were sent, page by page', async () => {
    const sent = [statement(), ...Object.values(flagged), statement({ timestamp: '2016-01-01T00:00:00Z' })];
    expect((await assidu.request('POST', '/xapi/statements', sent)).status).toBe(200);
    const pages = await follow(assidu, '/api/v1/flagged-statements?limit=3');
    expect(pages.map((page) => page.length)).toEqual([3, 1]);
    expect(pages.flat().map(({ id, flag }) => [id, flag])).toEqual([
      [flagged.unset.id, 'past'],
      [flagged.typo.id, 'future'],
      [flagged.zero.id, 'past'],
      [flagged.last.id, 'future'],
    ]);
    expect(pages[0]?.[1]).toEqual({
      id: flagged.typo.id,
      timestamp: '2206-03-01T09:00:00.000Z',
      stored: expect.stringMatching(/Z$/),
      flag: 'future',
      verb: 'http://adlnet.gov/expapi/verbs/experienced',
      actor: { mbox: 'mailto:learner@example.org' },
    });
    const { json } = await assidu.request('GET', `/xapi/statements?statementId=${flagged.typo.id}`);
    expect(json.timestamp).toBe('2206-03-01T10:00:00+01:00');
  });

  it('is for the scope all, of one organisation, with no parameters but those of paging', async () => {
    const path = '/api/v1/flagged-statements';
    const reader = { authorization: await assidu.newKey(['all/read']) };
    expect((await assidu.request('GET', path, undefined, reader)).status).toBe(403);
    const other = { authorization: await assidu.newKey(['all'], 'other') };
    expect((await assidu.request('GET', path, undefined, other)).json).toEqual([]);
    expect((await assidu.request('GET', `${path}?flag=past`)).json.errors[0].path).toBe('flag');
    expect((await assidu.request('GET', `${path}?cursor=eHg`)).json.errors[0].path).toBe('cursor');
  });
});
