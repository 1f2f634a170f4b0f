import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Where a long result goes. */
export interface Output {
  /** Writes pieces as fast as they are taken, and ends. */
  write(pieces: AsyncIterable<string | Uint8Array>): Promise<void>;
}

/** A file, readable by its owner only; standard output without one. */
export function openOutput(file: string | undefined): Output {
  return {
    write: async (pieces) => {
      if (file !== undefined) await pipeline(Readable.from(pieces), createWriteStream(file, { mode: 0o600 }));
      else await pipeline(Readable.from(pieces), process.stdout, { end: false }).catch(unlessClosed);
    },
  };
}

/** Whoever reads has seen enough (`| head`). */
function unlessClosed(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
}
