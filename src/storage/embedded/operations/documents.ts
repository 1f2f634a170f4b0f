import type {
  DocumentKey,
  DocumentScope,
  ExpectedDocument,
  StoredDocument,
} from '../../ports/document-store.ts';
import type { Connection, SqlValue } from '../connection.ts';
import { read, write } from '../operation.ts';

const KEY = 'org = ? AND kind = ? AND activity = ? AND agent = ? AND registration = ? AND id = ?';
const SCOPE =
  'org = ? AND kind = ? AND activity = ? AND agent = ? AND registration = coalesce(?, registration)';

function keyValues(key: DocumentKey): readonly SqlValue[] {
  return [key.org, key.kind, key.activity, key.agent, key.registration, key.id];
}

function scopeValues(scope: DocumentScope): readonly SqlValue[] {
  return [scope.org, scope.kind, scope.activity, scope.agent, scope.registration];
}

/** libsql hands out blobs as ArrayBuffer. */
function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw new Error('a document without bytes');
}

function isExpected(db: Connection, key: DocumentKey, expected: ExpectedDocument): boolean {
  if (expected === 'anything') return true;
  const kept = db.get(`SELECT etag FROM documents WHERE ${KEY}`, ...keyValues(key));
  return expected === 'absent' ? kept === undefined : kept?.etag === expected.etag;
}

export const documentOperations = {
  'documents.get': read(({ db }, key: DocumentKey): StoredDocument | null => {
    const row = db.get(
      `SELECT content_type, content, etag, updated_at FROM documents WHERE ${KEY}`,
      ...keyValues(key),
    );
    return row
      ? {
          contentType: String(row.content_type),
          content: bytesOf(row.content),
          etag: String(row.etag),
          updatedAt: Number(row.updated_at),
        }
      : null;
  }),
  'documents.write': write(
    (
      { db },
      input: {
        readonly key: DocumentKey;
        readonly document: StoredDocument;
        readonly expected: ExpectedDocument;
      },
    ): 'written' | 'changed' => {
      if (!isExpected(db, input.key, input.expected)) return 'changed';
      const { contentType, content, etag, updatedAt } = input.document;
      db.run(
        'INSERT INTO documents (org, kind, activity, agent, registration, id, content_type, content, etag, ' +
          'updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ' +
          'ON CONFLICT (org, kind, activity, agent, registration, id) DO UPDATE SET ' +
          'content_type = excluded.content_type, content = excluded.content, etag = excluded.etag, ' +
          'updated_at = max(excluded.updated_at, updated_at + 1)',
        ...keyValues(input.key),
        contentType,
        content,
        etag,
        updatedAt,
      );
      return 'written';
    },
  ),
  'documents.remove': write(
    (
      { db },
      input: { readonly key: DocumentKey; readonly expected: ExpectedDocument },
    ): 'removed' | 'changed' => {
      if (!isExpected(db, input.key, input.expected)) return 'changed';
      db.run(`DELETE FROM documents WHERE ${KEY}`, ...keyValues(input.key));
      return 'removed';
    },
  ),
  'documents.list': read(
    (
      { db },
      input: { readonly scope: DocumentScope; readonly since: number | null },
    ): readonly { readonly id: string; readonly updatedAt: number }[] =>
      db
        .all(
          // As JSON: libsql 0.5 ends a text at its first NUL when it reads it.
          `SELECT json_quote(id) AS quoted, max(updated_at) AS updated_at FROM documents WHERE ${SCOPE} ` +
            'AND updated_at > coalesce(?, updated_at - 1) GROUP BY id ORDER BY id',
          ...scopeValues(input.scope),
          input.since,
        )
        .map((row) => ({ id: JSON.parse(String(row.quoted)), updatedAt: Number(row.updated_at) })),
  ),
  'documents.removeAll': write(({ db }, scope: DocumentScope): null => {
    db.run(`DELETE FROM documents WHERE ${SCOPE}`, ...scopeValues(scope));
    return null;
  }),
};
