import type { IncomingMessage } from 'node:http';
import { faulty } from '../faulty.ts';

/**
 * The body of a request whose Content-Length is small enough; node:http sees to it that no more comes.
 * Throws `invalid-request` when its client goes away before all of it is there.
 */
export function readWhole(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const abandoned = () => reject(faulty('', 'the request cannot be read'));
    if (request.destroyed) abandoned();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', abandoned);
  });
}
