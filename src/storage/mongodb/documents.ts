import type {
  DocumentKey,
  DocumentScope,
  DocumentStore,
  ExpectedDocument,
  StoredDocument,
} from '../ports/document-store.ts';
import type { MongoContext } from './context.ts';
import { DOCUMENTS, type DocumentFields } from './documents-collection.ts';
import { insertOnce } from './insert.ts';
import { keyOf } from './keys.ts';
import { createTurns } from './turns.ts';

type Kept = Pick<DocumentFields, 'etag' | 'updatedAt' | 'revision'>;

function idOf({ org, kind, activity, agent, registration, id }: DocumentKey): string {
  return keyOf(org, kind, activity, agent, registration, id);
}

function conditionOf({ registration, ...scope }: DocumentScope): Readonly<Record<string, unknown>> {
  return { ...scope, ...(registration === null ? {} : { registration }) };
}

function isExpected(kept: Kept | null, expected: ExpectedDocument): boolean {
  if (expected === 'anything') return true;
  return expected === 'absent' ? kept === null : kept?.etag === expected.etag;
}

/** A change is made to the revision that was looked at, or it is looked at anew. */
export function createDocuments({ model, newId }: MongoContext): DocumentStore {
  const documents = model(DOCUMENTS);
  const turns = createTurns();

  const keptAt = (_id: string): Promise<Kept | null> =>
    documents.findOne({ _id }, { etag: 1, updatedAt: 1, revision: 1 }).lean<Kept | null>();

  const write = async (
    key: DocumentKey,
    document: StoredDocument,
    expected: ExpectedDocument,
  ): Promise<'written' | 'changed'> => {
    const _id = idOf(key);
    for (;;) {
      const kept = await keptAt(_id);
      if (!isExpected(kept, expected)) return 'changed';
      const { contentType, content, etag } = document;
      const updatedAt = kept ? Math.max(document.updatedAt, kept.updatedAt + 1) : document.updatedAt;
      const next = { contentType, content: Buffer.from(content), etag, updatedAt, revision: newId() };
      if (kept === null) {
        if (await insertOnce(documents, { _id, ...key, ...next })) return 'written';
        continue;
      }
      const changed = await documents.updateOne({ _id, revision: kept.revision }, { $set: next });
      if (changed.matchedCount > 0) return 'written';
    }
  };

  const remove = async (key: DocumentKey, expected: ExpectedDocument): Promise<'removed' | 'changed'> => {
    const _id = idOf(key);
    for (;;) {
      const kept = await keptAt(_id);
      if (!isExpected(kept, expected)) return 'changed';
      if (kept === null) return 'removed';
      const { deletedCount } = await documents.deleteOne({ _id, revision: kept.revision });
      if (deletedCount > 0) return 'removed';
    }
  };

  return {
    get: async (key) => {
      const found = await documents.findOne({ _id: idOf(key) });
      if (!found) return null;
      const { contentType, content, etag, updatedAt } = found;
      return { contentType, content: new Uint8Array(content), etag, updatedAt };
    },
    write: (key, document, expected) => turns.take(idOf(key), () => write(key, document, expected)),
    remove: (key, expected) => turns.take(idOf(key), () => remove(key, expected)),
    list: async (scope, since) => {
      const found = await documents
        .find(
          { ...conditionOf(scope), ...(since === null ? {} : { updatedAt: { $gt: since } }) },
          { id: 1, updatedAt: 1 },
        )
        .lean<{ readonly id: string; readonly updatedAt: number }[]>();
      const latest = new Map<string, number>();
      for (const { id, updatedAt } of found) latest.set(id, Math.max(updatedAt, latest.get(id) ?? updatedAt));
      return [...latest].map(([id, updatedAt]) => ({ id, updatedAt })).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    removeAll: async (scope) => {
      await documents.deleteMany(conditionOf(scope));
    },
  };
}
