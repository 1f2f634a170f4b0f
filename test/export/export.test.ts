import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, definition } from '../api/definition.ts';
import { assidu as command, type Ran } from '../cli/run.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

const UNIT = 'https://lms.example.org/mod/page/view.php?id=12';
const out = mkdtempSync(join(tmpdir(), 'assidu-export-'));
let server: RunningAssidu;
const run = (...args: readonly string[]): Promise<Ran> => command(server.folder, ['export', ...args]);
const FORMULA = '=HYPERLINK("https://evil.example")';
const did = (name: string, more: object = {}) => ({
  id: `00000000-0000-4000-8000-00000000000${name}`,
  actor: { ...account(name), name: name === '1' ? FORMULA : `Name, "${name}"` },
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
  object: { id: UNIT },
  timestamp: '2026-09-10T12:00:00+02:00',
  ...more,
});
let kept: readonly string[];

beforeAll(async () => {
  server = await startAssidu();
  await server.request('PUT', '/api/v1/cohorts/class-9', definition());
  await server.request('POST', '/api/v1/cohorts/class-9/enrolments', [
    { actor: account('1'), enrolledAt: '2026-09-07T08:00:00Z' },
    { actor: account('2'), enrolledAt: '2026-09-07T09:00:00Z' },
  ]);
  const texts = [
    JSON.stringify(did('1', { result: { score: { scaled: 0.5, raw: 5 }, success: true, duration: 'PT5M' } })),
    JSON.stringify(did('2'), null, 1).replace(
      '"actor"',
      '"result": {"extensions": {"urn:x": 1.0}},\n "actor"',
    ),
    JSON.stringify(did('3', { verb: { id: 'https://verbs.example/looked' } })),
  ];
  const sent = await server.request('POST', '/xapi/statements', `[${texts}]`);
  expect(sent.status).toBe(200);
  const { statements } = server.services.storage;
  kept = (await statements.feed(0, 10)).map(({ text }) => text);
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(out, { recursive: true, force: true });
});

const table = (text: string): readonly Record<string, string>[] =>
  parse(text, { columns: true, bom: true, record_delimiter: '\r\n' });

describe('assidu export statements', () => {
  it('writes lines, each the bytes that are kept but for line ends', async () => {
    const { code, stdout, stderr } = await run('statements', '--format', 'ndjson');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(kept.map((text) => `${text.replaceAll('\n', ' ')}\n`).join(''));
    expect(stdout).toContain('1.0}');
  });

  it('writes CSV that no spreadsheet takes for formulas, with the statement in its last column', async () => {
    const file = join(out, 'statements.csv');
    expect(await run('statements', '--format', 'csv', '--bom', '--output', file)).toMatchObject({ code: 0 });
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith('\uFEFFid,timestamp,stored,actor,')).toBe(true);
    const [first, second] = table(text);
    expect(first).toMatchObject({
      timestamp: '2026-09-10T10:00:00.000Z',
      actor: 'account|https://lms.example.org|1',
      actorName: `'${FORMULA}`,
      scoreScaled: '0.5',
      scoreMin: '',
      success: 'true',
      completion: '',
      duration: 'PT5M',
      statement: kept[0],
    });
    expect(second?.actorName).toBe('Name, "2"');
  });

  it('writes Parquet with types', async () => {
    const file = join(out, 'statements.parquet');
    expect(await run('statements', '--format', 'parquet', '--output', file)).toMatchObject({ code: 0 });
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      timestamp: new Date('2026-09-10T10:00:00Z'),
      actorName: FORMULA,
      scoreScaled: 0.5,
      scoreMin: null,
      success: true,
      statement: kept[0],
    });
  });

  it('writes a workbook, where a text is never a formula', async () => {
    const file = join(out, 'statements.xlsx');
    expect(await run('statements', '--format', 'xlsx', '--output', file)).toMatchObject({ code: 0 });
    const sheet = unzipped(readFileSync(file), 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toContain('<f>');
    expect(sheet.match(/<row /g)).toHaveLength(4);
  });

  it('narrows down as GET /statements does', async () => {
    const looked = ['--verb', 'https://verbs.example/looked', '--activity', UNIT];
    const since = ['--since', '2020-01-01T00:00:00Z', '--until', '2100-01-01T00:00:00+01:00'];
    const found = await run('statements', '--agent', JSON.stringify(account('3')), ...looked, ...since);
    expect(found.stdout).toBe(`${kept[2]}\n`);
    const none = await run('statements', '--agent', JSON.stringify(account('2')), ...looked);
    expect(none).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await run('statements', '--since', '2026-09-10')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('assidu export learners', () => {
  it('writes a row an enrolment, with a column a unit, as the API answers them', async () => {
    const asOf = ['--as-of', '2026-09-20T12:00:00Z'];
    const { stdout } = await run('learners', '--cohort', 'class-9', '--format', 'csv', ...asOf);
    expect(table(stdout)).toMatchObject([
      { cohortId: 'class-9', state: 'active', [`satisfiedAt ${UNIT}`]: '2026-09-10T10:00:00.000Z' },
      { actor: 'account|https://lms.example.org|2' },
    ]);
    const lines = await run('learners', '--cohort', 'class-9', '--format', 'ndjson', ...asOf);
    const query = 'asOf=2026-09-20T12:00:00Z';
    const { json } = await server.request('GET', `/api/v1/cohorts/class-9/learners?${query}`);
    expect(
      lines.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(json);
    const headers = { accept: 'text/csv' };
    const csv = await server.request('GET', `/api/v1/cohorts/class-9/learners?${query}`, undefined, headers);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.text).toBe(stdout);
  });

  it('says what is wrong', async () => {
    expect(await run('learners')).toMatchObject({ code: 2, stdout: '' });
    expect(await run('learners', '--cohort', 'none')).toMatchObject({ code: 1, stdout: '' });
    expect(await run('learners', '--cohort', 'class-9', '--format', 'xls')).toMatchObject({ code: 2 });
  });
});

describe('assidu export metrics', () => {
  it('writes the figures of every cohort in every format', async () => {
    const asOf = ['--as-of', '2026-09-20T12:00:00Z'];
    const csv = await run('metrics', '--format', 'csv', ...asOf);
    expect(table(csv.stdout)).toMatchObject([
      {
        cohortId: 'class-9',
        asOf: '2026-09-20T12:00:00.000Z',
        enrolled: '2',
        'startRate.numerator': '2',
        'startRate.value': '1',
        'attendanceNet.value': '',
        'cost.total': '',
      },
    ]);
    const file = join(out, 'metrics.parquet');
    await run('metrics', '--format', 'parquet', '--output', file, ...asOf);
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
    expect(rows).toMatchObject([{ cohortId: 'class-9', enrolled: 2, final: false, 'startRate.value': 1 }]);
    const lines = await run('metrics', '--cohort', 'class-9', ...asOf);
    const { json } = await server.request('GET', '/api/v1/cohorts/class-9/metrics?asOf=2026-09-20T12:00:00Z');
    expect(JSON.parse(lines.stdout)).toEqual(json);
  });

  it('writes a file without rows where there is nothing', async () => {
    const file = join(out, 'empty.parquet');
    const empty = ['metrics', '--org', 'nobody', '--format'];
    expect(await run(...empty, 'parquet', '--output', file)).toMatchObject({ code: 0 });
    expect(await parquetReadObjects({ file: await asyncBufferFromFile(file) })).toEqual([]);
    expect((await run(...empty, 'csv')).stdout).toMatch(/^cohortId,[^\n]*\r\n$/);
  });
});

/** A file of a zip archive, found by its local header. */
function unzipped(archive: Buffer, name: string): string {
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  for (let at = archive.readUInt32LE(end + 16); at < end; ) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const found = archive.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    if (found === name) {
      const local = archive.readUInt32LE(at + 42);
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      return inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(at + 20))).toString();
    }
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  throw new Error(`there is no ${name}`);
}
