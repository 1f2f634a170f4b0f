import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assidu } from '../cli/run.ts';
import { sharedPath } from '../support/shared.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { idsOf, query } from '../xapi/statements.ts';

/** 10,693 video statements of a French MOOC platform: `@timestamp`, no registration, out of order. */
const file = sharedPath('data/xapi/fun-video.ndjson.gz');
const ALL = 10_693;

let server: RunningAssidu;

async function keptIds(): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let path = '/xapi/statements?limit=500&format=ids'; path !== ''; ) {
    const answer = await server.request('GET', path);
    ids.push(...idsOf(answer));
    path = answer.json.more;
  }
  return ids;
}

describe.skipIf(file === null)('the video statements of a MOOC platform', () => {
  const lines = file === null ? [] : gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  const ids = lines.map((line) => String(JSON.parse(line).id)).sort();

  beforeAll(async () => {
    server = await startAssidu();
  });
  afterAll(() => server.close());

  it('are all accepted, the change to each of them being reported; a second import adds none', async () => {
    const report = {
      code: 0,
      stdout: `${ALL} accepted, 0 refused\n${ALL} adapted: @timestamp renamed to timestamp\n`,
      stderr: '',
    };
    for (const _ of ['first', 'second']) {
      expect(await assidu(server.folder, ['import', 'statements', file ?? ''])).toEqual(report);
      expect([...(await keptIds())].sort()).toEqual(ids);
    }
  }, 120_000);

  it('are kept as they stood in the file but for that one name', async () => {
    const [line = ''] = lines;
    const { text, json } = await query(server, { statementId: JSON.parse(line).id });
    expect(text.startsWith(line.replace('"@timestamp":', '"timestamp":').slice(0, -1))).toBe(true);
    expect(json.timestamp).toBe('2021-11-29T12:37:59.839754+00:00');
  });
});
