import type { IncomingMessage } from 'node:http';
import { faulty } from '../faulty.ts';

/**
 * The body of a request whose Content-Length is known to be small enough; node:http sees to it that no more comes.
 * Throws `invalid-request` when its client goes away before all of it is there.
 */
export function readWhole(request: IncomingMessage): Buffer | Promise<Buffer> {
  if (request.destroyed) throw abandoned();
  // Most bodies come in one piece with their headers, and wait: no listener is needed to get at them.
  if (request.complete) return request.read() ?? Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(abandoned()));
  });
}

function abandoned(): Error {
  return faulty('', 'the request cannot be read');
}
