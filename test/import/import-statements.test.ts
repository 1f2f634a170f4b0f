import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ImportReport, importStatements } from '../../src/import/import-statements.ts';
import { openText } from '../../src/import/open-text.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import type { Storage } from '../../src/storage/ports/index.ts';
import { createIntake } from '../../xapi/intake.ts';

type Refusal = { readonly line: number; readonly reason: string };

let folder: string;
let storage: Storage;
let org: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assidu-import-'));
  storage = openEmbedded({ folder, mode: 'inline', clock: Date.now });
});
beforeEach(() => {
  org = randomUUID();
});
afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

async function importText(text: string): Promise<ImportReport & { readonly refusals: readonly Refusal[] }> {
  const refusals: Refusal[] = [];
  async function* pieces() {
    yield text;
  }
  const report = await importStatements(pieces(), {
    intake: createIntake({ ...storage, newId: randomUUID, onStored: () => undefined }),
    sender: {
      org,
      authority: { objectType: 'Agent', account: { homePage: 'https://assidu.example.org', name: 'import' } },
      writer: { keyId: 'import', standings: false, voidsAny: false },
    },
    onProgress: () => undefined,
    onRefused: (line, reason) => refusals.push({ line, reason }),
  });
  return { ...report, refusals };
}

const kept = async () => {
  const query = { relatedAgents: false, relatedActivities: false, ascending: true, limit: 1000 };
  return (await storage.statements.query(org, query)).statements.map(({ text }) => JSON.parse(text));
};
const said = (name: string, changes: object = {}) => ({
  actor: { account: { homePage: 'https://lms.example.org', name } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
  object: { id: 'https://example.org/course/1' },
  timestamp: '2026-03-01T10:00:00Z',
  ...changes,
});
const lines = (...statements: readonly unknown[]) =>
  statements.map((each) => JSON.stringify(each)).join('\n');

describe('an import of statements', () => {
  it('keeps each of them once, in whatever parts and however often they are imported', async () => {
    const all = Array.from({ length: 20 }, (_, index) =>
      said(String(index), index % 2 ? { id: randomUUID() } : {}),
    );
    await fc.assert(
      fc.asyncProperty(fc.subarray(all, { minLength: 1 }), fc.boolean(), async (some, asArray) => {
        const report = await importText(asArray ? JSON.stringify(some) : lines(...some, ...some));
        expect(report).toMatchObject({ accepted: asArray ? some.length : 2 * some.length, refused: 0 });
      }),
      { numRuns: 15 },
    );
    await importText(lines(...all));
    expect(await kept()).toHaveLength(all.length);
  });

  it('refuses wrong ones with line and reason, and takes all the others, over several transactions', async () => {
    const good = Array.from({ length: 410 }, (_, index) => said(String(index)));
    const text = [
      lines(...good.slice(0, 205)),
      'rubbish',
      lines(said('x', { verb: 'did' })),
      lines(...good.slice(205)),
      '{"actor":{},"actor":{}}',
    ].join('\n');
    const { accepted, refused, refusals } = await importText(text);
    expect([accepted, refused, (await kept()).length]).toEqual([410, 3, 410]);
    expect(refusals.map(({ line }) => line).sort((a, b) => a - b)).toEqual([206, 207, 413]);
    expect(refusals.find(({ line }) => line === 207)?.reason).toMatch(/^verb: /);
    expect(refusals.find(({ line }) => line === 413)?.reason).toMatch(/actor/);
  });

  it('refuses what has the id of another statement, in the file or kept before, and keeps the first', async () => {
    const id = randomUUID();
    const { refusals } = await importText(lines(said('1', { id }), said('2'), said('3', { id })));
    expect(refusals).toEqual([{ line: 3, reason: expect.stringContaining(id) }]);
    expect((await importText(lines(said('4', { id })))).refused).toBe(1);
    expect((await kept()).map(({ actor }) => actor.account.name)).toEqual(['1', '2']);
  });

  it('renames @timestamp where there is no timestamp, and says how often', async () => {
    const { timestamp, ...rest } = said('1');
    const both = { ...said('2'), '@timestamp': timestamp };
    const report = await importText(lines({ '@timestamp': timestamp, ...rest }, both, said('3')));
    expect(report).toMatchObject({
      accepted: 2,
      refused: 1,
      adapted: { '@timestamp renamed to timestamp': 1 },
    });
    expect((await kept())[0]).toMatchObject({ timestamp });
  });

  it('reads those that say so as xAPI 2.0, among the others', async () => {
    const context = {
      contextAgents: [{ objectType: 'contextAgent', agent: { mbox: 'mailto:a@example.org' } }],
    };
    const second = said('2', { version: '2.0.0', context });
    const report = await importText(lines(said('1'), second, said('3'), said('4', { context })));
    expect([report.accepted, report.refusals.map(({ line }) => line)]).toEqual([3, [4]]);
  });
});

describe('the text of a file', () => {
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const read = async (path: string) => {
    let text = '';
    for await (const piece of openText(path)) text += piece;
    return text;
  };
  const text = '{"name":"Élise Nguyễn 👩🏽‍🎓"}\n'.repeat(20_000);

  it('is read whole, packed or not, by what it begins with and not by its name', async () => {
    expect(await read(file('plain.gz', text))).toBe(text);
    expect(await read(file('packed.json', gzipSync(text)))).toBe(text);
    const members = Buffer.concat([gzipSync('[1,'), gzipSync('2]')]);
    expect(await read(file('members', members))).toBe('[1,2]');
    expect(await read(file('empty', ''))).toBe('');
  });

  it.each<[string, () => string, RegExp]>([
    ['is not there', () => join(folder, 'nowhere'), /no such file/],
    ['is a folder', () => folder, /cannot be read/],
    ['is cut off', () => file('cut', gzipSync(text).subarray(0, 200)), /no whole gzip file/],
    ['is not UTF-8', () => file('latin', Buffer.from('{"a":"é"}', 'latin1')), /not UTF-8/],
  ])('says what is wrong when it %s', async (_, path, reason) => {
    await expect(read(path())).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringMatching(reason),
    });
  });
});
