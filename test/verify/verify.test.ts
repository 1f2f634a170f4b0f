import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differencesOf } from '../../src/verify/verify-cohorts.ts';
import { account, definition } from '../api/definition.ts';
import { assidu as command } from '../cli/run.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

const UNIT = 'https://lms.example.org/mod/page/view.php?id=12';
let server: RunningAssidu;
const run = (...args: readonly string[]) => command(server.folder, ['verify', ...args]);

beforeAll(async () => {
  server = await startAssidu();
  for (const id of ['one', 'two']) await server.request('PUT', `/api/v1/cohorts/${id}`, definition({ id }));
  await server.request('POST', '/api/v1/cohorts/one/enrolments', [
    { actor: account('1'), enrolledAt: '2026-09-07T08:00:00Z' },
  ]);
  const verb = { id: 'http://adlnet.gov/expapi/verbs/completed' };
  const did = { actor: account('1'), verb, object: { id: UNIT }, timestamp: '2026-09-10T10:00:00Z' };
  await server.request('POST', '/xapi/statements', did);
  await server.services.feed.settled();
  const bytes = Buffer.from('a certificate');
  const sha2 = createHash('sha256').update(bytes).digest('hex');
  const { statements } = server.services.storage;
  const [kept] = await statements.feed(0, 1);
  const usedBy = [{ statementId: kept?.id ?? '', contentType: 'text/plain' }];
  const writer = { keyId: 'key', standings: false, voidsAny: false };
  await statements.append('default', writer, [], [{ sha2, length: bytes.length, bytes, usedBy }]);
}, 60_000);
afterAll(() => server.close());

describe('assidu verify', () => {
  it('finds what is kept equal to what is recomputed, of all cohorts or of one', async () => {
    expect(await run()).toEqual({ code: 0, stdout: 'one: equal\ntwo: equal\n', stderr: '' });
    const one = await run('--cohort', 'two', '--json');
    expect(JSON.parse(one.stdout)).toEqual({ store: [], cohorts: [{ cohortId: 'two', differences: [] }] });
    expect(await run('--cohort', 'none')).toMatchObject({ code: 1, stdout: '' });
  });

  it('names each figure that differs, and each fault of the store, and fails', async () => {
    const database = new Libsql(join(server.folder, 'assidu.sqlite'));
    const change = (sql: string) => database.prepare(sql).run();
    change(
      // The completion that the line of a fact ends with (src/cohorts/fact-lines.ts).
      "UPDATE fact_pages SET facts = replace(facts, ',true]', ',false]') WHERE cohort_id = 'one'",
    );
    change("UPDATE attachment_parts SET bytes = CAST('a certificat!' AS BLOB)");
    change("INSERT INTO recent_links (seq, links) VALUES (99, 'a1.')");
    database.close();
    const found = await run();
    expect(found).toMatchObject({
      code: 1,
      stderr: 'assidu: figures differ from a recomputation: one; the store has faults\n',
    });
    expect(found.stdout).toMatch(
      /^store: FAULTS\n {2}recent_links: 1 positions have no statement\n {2}attachment [0-9a-f]{64}: its bytes have another digest\none: DIFFERS\n/,
    );
    expect(found.stdout).toContain('  metrics.units[0].satisfied: kept 0, recomputed 1\n');
    expect(found.stdout).toMatch(/two: equal\n$/);
  });
});

describe('differences', () => {
  it('are told by the innermost figure', () => {
    const kept = { metrics: { counts: { completed: 1, enrolled: 2 } }, rows: [{ state: 'active' }] };
    const again = { metrics: { counts: { completed: 2, enrolled: 2 } }, rows: [{ state: 'active' }, 1] };
    expect(differencesOf(kept, again)).toEqual([
      { figure: 'metrics.counts.completed', kept: 1, recomputed: 2 },
      { figure: 'rows[1]', kept: null, recomputed: 1 },
    ]);
    expect(differencesOf(kept, kept)).toEqual([]);
  });
});
