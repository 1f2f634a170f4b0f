import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { newAccessKey } from '../../xapi/credentials.ts';
import { freePort } from '../support/free-port.ts';
import { startScript } from '../support/run-script.ts';
import { statementWith } from '../xapi/attachment-requests.ts';
import { attachmentPart, layOut, statementsPart } from '../xapi/multipart-body.ts';

const folder = mkdtempSync(join(tmpdir(), 'assidu-'));
const data = join(folder, 'data');
const spool = join(folder, 'spool');
mkdirSync(spool);
let authorization = '';

beforeAll(async () => {
  const storage = openEmbedded({ folder: data, mode: 'inline' });
  const given = { org: 'default', name: 'test', scopes: ['all'], at: 0 } as const;
  const { accessKey, secret } = newAccessKey(given, randomBytes);
  await storage.keys.insert(accessKey);
  await storage.close();
  authorization = `Basic ${Buffer.from(`${accessKey.key}:${secret}`).toString('base64')}`;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Keeps one statement with an attachment of its own and one that others have, too; answers its id when kept. */
async function upload(url: string, common: Buffer): Promise<string> {
  const id = randomUUID();
  const own = randomBytes(Math.random() < 0.5 ? 20_000 : 1_300_000);
  const parts = [
    statementsPart(statementWith([own, common], { id })),
    attachmentPart(own),
    attachmentPart(common),
  ];
  const response = await fetch(`${url}/xapi/statements`, {
    method: 'POST',
    headers: {
      authorization,
      'X-Experience-API-Version': '1.0.3',
      'content-type': 'multipart/mixed; boundary=abcABC0123',
    },
    body: new Uint8Array(layOut('abcABC0123', parts)),
  });
  if (response.status !== 200) throw new Error(await response.text());
  return id;
}

/** Serves, takes uploads from six sides, and is killed in their midst; answers the ids it said were kept. */
async function serveAndKill(uploads: number): Promise<readonly string[]> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = startScript('src/cli/main.ts', ['serve'], {
    PORT: String(port),
    ASSIDU_URL: url,
    ASSIDU_DATA: data,
    ASSIDU_LOG: 'silent',
    TMPDIR: spool,
  });
  const kept: string[] = [];
  const common = randomBytes(1_100_000);
  try {
    while (
      !(await fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      ))
    )
      await Promise.race([server.ended.then(({ stderr }) => Promise.reject(new Error(stderr))), pause()]);
    const side = async () => {
      for (;;) {
        kept.push(await upload(url, common));
        if (kept.length >= uploads) server.kill();
      }
    };
    const sides = await Promise.allSettled(Array.from({ length: 6 }, side));
    for (const end of sides)
      if (end.status === 'rejected') expect(String(end.reason)).toContain('fetch failed');
  } finally {
    server.kill();
    await server.ended;
  }
  return kept;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('a server killed while it takes in attachments', () => {
  it('leaves no attachment without its statement, no statement without its attachments, no file', async () => {
    const said: string[] = [];
    for (const uploads of [2, 7]) said.push(...(await serveAndKill(uploads)));

    const database = new Libsql(join(data, 'assidu.sqlite'));
    const rows = (sql: string) => database.prepare(sql).all([]) as Record<string, unknown>[];
    const kept = new Set(rows('SELECT id FROM statements').map(({ id }) => id));
    expect(said.filter((id) => !kept.has(id))).toEqual([]);
    const none = [
      'attachments a WHERE NOT EXISTS (SELECT 1 FROM statement_attachments u WHERE u.sha2 = a.sha2)',
      'attachment_parts p WHERE NOT EXISTS (SELECT 1 FROM attachments a WHERE a.sha2 = p.sha2)',
      'statement_attachments u WHERE NOT EXISTS (SELECT 1 FROM attachments a WHERE a.sha2 = u.sha2)',
      'statement_attachments u WHERE NOT EXISTS (SELECT 1 FROM statements s WHERE s.id = u.statement)',
      'statements s WHERE (SELECT count(*) FROM statement_attachments u WHERE u.statement = s.id) <> 2',
    ];
    for (const wrong of none) expect(rows(`SELECT count(*) AS n FROM ${wrong}`), wrong).toEqual([{ n: 0 }]);
    const attachments = rows('SELECT sha2, length FROM attachments');
    expect(attachments.length).toBeGreaterThan(said.length);
    for (const { sha2, length } of attachments) {
      const hash = createHash('sha256');
      let size = 0;
      for (const { bytes } of rows(
        `SELECT bytes FROM attachment_parts WHERE sha2 = '${sha2}' ORDER BY part`,
      )) {
        // What libsql gives for a blob among many rows.
        if (!(bytes instanceof ArrayBuffer)) throw new Error('a chunk that is no blob');
        hash.update(new Uint8Array(bytes));
        size += bytes.byteLength;
      }
      expect({ sha2: hash.digest('hex'), length: size }).toEqual({ sha2, length });
    }
    database.close();
    expect(readdirSync(spool).filter((name) => name.startsWith('assidu-'))).toEqual([]);
  }, 60_000);
});
