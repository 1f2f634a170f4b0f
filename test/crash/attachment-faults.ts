import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Libsql from 'libsql';

const NONE = [
  'attachments a WHERE NOT EXISTS (SELECT 1 FROM statement_attachments u WHERE u.org = a.org AND u.sha2 = a.sha2)',
  'attachment_parts p WHERE NOT EXISTS (SELECT 1 FROM attachments a WHERE a.org = p.org AND a.sha2 = p.sha2)',
  'statement_attachments u WHERE NOT EXISTS (SELECT 1 FROM attachments a WHERE a.org = u.org AND a.sha2 = u.sha2)',
  'statement_attachments u WHERE NOT EXISTS (SELECT 1 FROM statements s WHERE s.org = u.org AND s.id = u.statement)',
];

/** Rows of a store's file, read beside whatever process has it open. */
export function rowsIn(folder: string, sql: string): readonly Readonly<Record<string, unknown>>[] {
  const database = new Libsql(join(folder, 'assidu.sqlite'));
  try {
    return database.prepare(sql).all([]) as Record<string, unknown>[];
  } finally {
    database.close();
  }
}

/** What is wrong with the attachments of a store: without statement, without bytes, with other bytes. None: []. */
export function attachmentFaults(folder: string): readonly string[] {
  const rows = (sql: string) => rowsIn(folder, sql);
  const orphans = NONE.filter((wrong) => rows(`SELECT 1 FROM ${wrong} LIMIT 1`).length > 0);
  const spoiled = rows('SELECT org, sha2, length FROM attachments').filter(({ org, sha2, length }) => {
    const hash = createHash('sha256');
    let size = 0;
    const parts = `SELECT bytes FROM attachment_parts WHERE org = '${org}' AND sha2 = '${sha2}' ORDER BY part`;
    for (const { bytes } of rows(parts)) {
      // What libsql gives for a blob among many rows.
      if (!(bytes instanceof ArrayBuffer)) throw new Error('a chunk that is no blob');
      hash.update(new Uint8Array(bytes));
      size += bytes.byteLength;
    }
    return hash.digest('hex') !== sha2 || size !== length;
  });
  return [...orphans, ...spoiled.map(({ sha2 }) => `the bytes of ${sha2}`)];
}
