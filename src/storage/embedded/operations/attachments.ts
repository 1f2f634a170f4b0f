import { readSync } from 'node:fs';
import type { KeptAttachment, NewAttachment } from '../../ports/attachment-store.ts';
import type { Connection } from '../connection.ts';
import { read } from '../operation.ts';

/** How much of an attachment one row holds, in bytes. */
const CHUNK = 1024 * 1024;

/**
 * Keeps what was sent with the statements of a batch, in the transaction that keeps these. Data that comes later than
 * an equal statement is kept, too: it has the hash that the statement names.
 */
export function keepAttachments(db: Connection, org: string, attachments: readonly NewAttachment[]): void {
  for (const attachment of attachments) {
    const isNew = db.run(
      'INSERT INTO attachments (org, sha2, length) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      org,
      attachment.sha2,
      attachment.length,
    );
    if (isNew > 0) insertBytes(db, org, attachment);
    for (const { statementId, contentType } of attachment.usedBy)
      db.run(
        'INSERT INTO statement_attachments (org, statement, sha2, content_type) VALUES (?, ?, ?, ?) ' +
          'ON CONFLICT DO NOTHING',
        org,
        statementId,
        attachment.sha2,
        contentType,
      );
  }
}

function insertBytes(db: Connection, org: string, { sha2, length, bytes }: NewAttachment): void {
  // An empty attachment has one empty chunk: one without any is one that is not there.
  const parts = Math.max(1, Math.ceil(length / CHUNK));
  for (let part = 0; part < parts; part += 1)
    db.run(
      'INSERT INTO attachment_parts (org, sha2, part, bytes) VALUES (?, ?, ?, ?)',
      org,
      sha2,
      part,
      slice(bytes, part * CHUNK, Math.min(length, (part + 1) * CHUNK)),
    );
}

function slice(bytes: NewAttachment['bytes'], from: number, to: number): Uint8Array {
  if ('byteLength' in bytes) return bytes.subarray(from, to);
  const chunk = Buffer.alloc(to - from);
  for (let filled = 0; filled < chunk.length; ) {
    const got = readSync(bytes.fd, chunk, filled, chunk.length - filled, from + filled);
    if (got === 0) throw new Error(`a spooled attachment ends after ${from + filled} of ${to} bytes`);
    filled += got;
  }
  return chunk;
}

export const attachmentOperations = {
  'attachments.sentWith': read(
    (
      { db },
      input: { readonly org: string; readonly statements: readonly string[] },
    ): readonly KeptAttachment[] => {
      const found = new Map<string, KeptAttachment>();
      for (const id of input.statements)
        for (const row of db.all(
          'SELECT sha2, content_type FROM statement_attachments WHERE org = ? AND statement = ? ORDER BY sha2',
          input.org,
          id,
        )) {
          const sha2 = String(row.sha2);
          if (!found.has(sha2)) found.set(sha2, { sha2, contentType: String(row.content_type) });
        }
      return [...found.values()];
    },
  ),
  'attachments.chunk': read(
    (
      { db },
      input: { readonly org: string; readonly sha2: string; readonly part: number },
    ): Uint8Array | null => {
      const bytes = db.get(
        'SELECT bytes FROM attachment_parts WHERE org = ? AND sha2 = ? AND part = ?',
        input.org,
        input.sha2,
        input.part,
      )?.bytes;
      return bytes instanceof Uint8Array ? bytes : null;
    },
  ),
};
