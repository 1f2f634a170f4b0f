import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { NewAttachment } from '../../ports/attachment-store.ts';
import type { MongoContext } from '../context.ts';
import { insertNew } from '../insert.ts';
import { keyOf } from '../keys.ts';
import type { Entry, EntryAttachment } from '../statements/entry.ts';
import {
  ATTACHMENT_USES,
  ATTACHMENTS,
  type AttachmentFields,
  UPLOAD_PARTS,
} from './attachments-collections.ts';

/** How much of an attachment one record holds, in bytes. */
const CHUNK = 1024 * 1024;

const readFrom = promisify(read);

/**
 * The bytes of attachments go into the database before the statements that they come with are accepted, under a name of
 * their own. Once these are kept, the first upload of the same data is kept with them.
 */
export interface Uploads {
  write(attachments: readonly NewAttachment[]): Promise<readonly EntryAttachment[]>;
  /** Keeps what came with statements that are kept. May be repeated. */
  keep(entry: Entry): Promise<void>;
  /** Removes bytes of the entry that nothing kept needs. */
  drop(entry: Entry): Promise<void>;
}

export function createUploads({ model, clock, newId }: MongoContext): Uploads {
  const attachments = model(ATTACHMENTS);
  const uses = model(ATTACHMENT_USES);
  const parts = model(UPLOAD_PARTS);

  const upload = async ({ sha2, length, bytes, usedBy }: NewAttachment): Promise<EntryAttachment> => {
    const name = newId();
    // An empty attachment has one empty part: one without any is one that is not there.
    const count = Math.max(1, Math.ceil(length / CHUNK));
    for (let part = 0; part < count; part += 1) {
      const chunk = await slice(bytes, part * CHUNK, Math.min(length, (part + 1) * CHUNK));
      await insertNew(parts, [{ _id: `${name}/${part}`, upload: name, part, at: clock(), bytes: chunk }]);
    }
    return { sha2, length, upload: name, usedBy };
  };

  return {
    write: async (some) => {
      const written: EntryAttachment[] = [];
      for (const attachment of some) written.push(await upload(attachment));
      return written;
    },
    keep: async ({ org, attachments: some }) => {
      // Its use first: what has one is not removed (erase-attachments.ts).
      await insertNew(
        uses,
        some.flatMap(({ sha2, usedBy }) =>
          usedBy.map(({ statementId: statement, contentType }) => ({
            _id: keyOf(org, statement, sha2),
            org,
            statement,
            sha2,
            contentType,
          })),
        ),
      );
      await insertNew(
        attachments,
        some.map(({ sha2, length, upload: name }) => ({
          _id: keyOf(org, sha2),
          org,
          sha2,
          length,
          upload: name,
        })),
      );
    },
    drop: async ({ org, attachments: some }) => {
      for (const { sha2, upload: name } of some) {
        const kept = await attachments.findOne({ _id: keyOf(org, sha2) }).lean<AttachmentFields | null>();
        if (kept?.upload !== name) await parts.deleteMany({ upload: name });
      }
    },
  };
}

async function slice(bytes: NewAttachment['bytes'], from: number, to: number): Promise<Uint8Array> {
  if ('byteLength' in bytes) return bytes.subarray(from, to);
  const chunk = Buffer.alloc(to - from);
  for (let filled = 0; filled < chunk.length; ) {
    const { bytesRead } = await readFrom(bytes.fd, chunk, filled, chunk.length - filled, from + filled);
    if (bytesRead === 0) throw new Error(`a spooled attachment ends after ${from + filled} of ${to} bytes`);
    filled += bytesRead;
  }
  return chunk;
}
