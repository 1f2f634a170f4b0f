import { AssiduError } from '../../src/base/errors.ts';
import type { DocumentKey, DocumentStore, StoredDocument } from '../../src/storage/ports/document-store.ts';
import { faulty } from '../faulty.ts';
import { etagOf } from './etag.ts';
import { type Content, mergeContents } from './merge.ts';
import { isConditional, isMet, type Precondition } from './precondition.ts';

/** How often a change is tried again that others keep overtaking. */
const ATTEMPTS = 200;

/** What a PUT without If-Match and If-None-Match may do: replace what exists, make what does not, or nothing. */
export type UncheckedPut = 'replaces' | 'creates' | 'refused';

/** Changes of documents that hold between requests and instances: each is a comparison and a write in one. */
export interface DocumentChanges {
  /** Makes or replaces a document. */
  put(key: DocumentKey, sent: Content, condition: Precondition, unchecked: UncheckedPut): Promise<void>;
  /** Merges into the document that exists, or makes it. */
  post(key: DocumentKey, sent: Content, condition: Precondition): Promise<void>;
  remove(key: DocumentKey, condition: Precondition): Promise<void>;
}

/**
 * Throws `precondition` when what is kept is not what the request expects, `conflict` and `invalid-request` for a
 * PUT that expects nothing where it must (xAPI 1.0.3 Communication 3.1), and `invalid-request` for contents that
 * cannot be merged.
 */
export function createDocumentChanges(store: DocumentStore, clock: () => number): DocumentChanges {
  const newDocument = (content: Uint8Array, contentType: string): StoredDocument => ({
    contentType,
    content,
    etag: etagOf(content),
    updatedAt: clock(),
  });

  /** `next` makes the new document of the one kept; null removes it. Repeated when another change came between. */
  const change = async (
    key: DocumentKey,
    next: (kept: StoredDocument | null) => StoredDocument | null,
  ): Promise<void> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const kept = await store.get(key);
      const expected = kept === null ? 'absent' : { etag: kept.etag };
      const document = next(kept);
      const result =
        document === null ? await store.remove(key, expected) : await store.write(key, document, expected);
      if (result !== 'changed') return;
    }
    throw new AssiduError('conflict', 'the document changes all the time: try again');
  };

  return {
    put: async (key, sent, condition, unchecked) => {
      const document = newDocument(sent.content, sent.contentType);
      if (isConditional(condition)) {
        await change(key, (kept) => {
          demand(condition, kept);
          return document;
        });
      } else if (unchecked === 'replaces') {
        await store.write(key, document, 'anything');
      } else {
        await change(key, (kept) => {
          if (kept !== null) throw blindReplacement(kept);
          if (unchecked === 'refused')
            throw faulty('If-None-Match', 'must be * to make a document, or If-Match its ETag to replace it');
          return document;
        });
      }
    },
    post: (key, sent, condition) =>
      change(key, (kept) => {
        demand(condition, kept);
        return newDocument(kept === null ? sent.content : mergeContents(kept, sent), sent.contentType);
      }),
    remove: async (key, condition) => {
      if (!isConditional(condition)) {
        await store.remove(key, 'anything');
        return;
      }
      await change(key, (kept) => {
        demand(condition, kept);
        return null;
      });
    },
  };
}

function demand(condition: Precondition, kept: StoredDocument | null): void {
  if (isMet(condition, kept?.etag ?? null)) return;
  throw new AssiduError(
    'precondition',
    kept === null
      ? 'there is no document with this id'
      : `the document is another one by now: its ETag is ${kept.etag}`,
  );
}

function blindReplacement({ etag }: StoredDocument): AssiduError {
  return new AssiduError(
    'conflict',
    'a document with this id exists already: look at its current state with GET, then send the ETag of that ' +
      `answer (now ${etag}) as If-Match to replace it`,
  );
}
