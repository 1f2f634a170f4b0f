import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AssiduError } from '../base/errors.ts';

/** Text of a file (`-`: standard input) piece by piece, unpacked when it begins as gzip does. Throws `invalid-request`. */
export async function* openText(file: string): AsyncGenerator<string> {
  const source: Readable = file === '-' ? process.stdin : createReadStream(file);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of await unpacked(source)) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw new AssiduError('invalid-request', `${file}: ${reasonOf(error)}`, { cause: error });
  }
}

async function unpacked(source: Readable): Promise<AsyncIterable<Uint8Array>> {
  const chunks: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  async function* all(): AsyncGenerator<Uint8Array> {
    for (let next = first; !next.done; next = await chunks.next()) yield next.value;
  }
  const packed = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
  // What goes wrong in the source is thrown to whoever reads the unpacked text.
  return packed ? pipeline(Readable.from(all()), createGunzip(), () => undefined) : all();
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'there is no such file';
  if (code.startsWith('Z_')) return 'is no whole gzip file';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'is not UTF-8';
  return 'cannot be read';
}
