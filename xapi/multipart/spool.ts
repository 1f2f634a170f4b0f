import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes on their way in: in memory while they are few, then in a file. */
export interface Spool {
  write(bytes: Buffer): Promise<void>;
  /** All that was written; readable until `drop`. */
  bytes(): Uint8Array | { readonly fd: number };
  drop(): Promise<void>;
}

/** Up to how many bytes stay in memory. */
export const KEPT_IN_MEMORY = 1024 * 1024;

/** A spool over a file without a name: whatever happens to this process, nothing is left behind. */
export function createSpool(): Spool {
  const chunks: Buffer[] = [];
  let size = 0;
  let file: FileHandle | null = null;
  return {
    write: async (bytes) => {
      size += bytes.length;
      if (size <= KEPT_IN_MEMORY) {
        // A copy: a piece of a request's buffer would keep the whole of it.
        chunks.push(Buffer.from(bytes));
        return;
      }
      if (file === null) {
        file = await openNameless();
        for (const chunk of chunks.splice(0)) await file.writeFile(chunk);
      }
      await file.writeFile(bytes);
    },
    bytes: () => (file === null ? Buffer.concat(chunks) : { fd: file.fd }),
    drop: async () => {
      const opened = file;
      file = null;
      await opened?.close();
    },
  };
}

/** Linux's O_TMPFILE (open(2)): Node does not name it. Elsewhere the combination is refused. */
const WITHOUT_NAME = 0o20000000 | constants.O_DIRECTORY | constants.O_RDWR;

/** A file that never had a name; where the system knows none, one that loses it at once. */
async function openNameless(): Promise<FileHandle> {
  const folder = tmpdir();
  try {
    return await open(folder, WITHOUT_NAME, 0o600);
  } catch {
    const path = join(folder, `assidu-${randomUUID()}`);
    const file = await open(path, 'wx+', 0o600);
    await unlink(path);
    return file;
  }
}
