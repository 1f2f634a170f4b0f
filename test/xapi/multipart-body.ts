import { createHash } from 'node:crypto';

/** A part as a test lays it out: headers as they stand, in their order. */
export interface LaidOutPart {
  readonly headers: readonly string[];
  readonly content: string | Uint8Array;
}

export const sha = (content: string | Uint8Array, algorithm = 'sha256'): string =>
  createHash(algorithm).update(content).digest('hex');

/** The part that carries the statements. */
export const statementsPart = (statements: unknown): LaidOutPart => ({
  headers: ['Content-Type: application/json'],
  content: JSON.stringify(statements),
});

/** The part of an attachment as it should be. */
export const attachmentPart = (content: string | Uint8Array, contentType = 'text/plain'): LaidOutPart => ({
  headers: [
    `Content-Type: ${contentType}`,
    'Content-Transfer-Encoding: binary',
    `X-Experience-API-Hash: ${sha(content)}`,
  ],
  content,
});

/** A multipart body (RFC 2046 5.1.1), byte for byte. */
export function layOut(boundary: string, parts: readonly LaidOutPart[]): Buffer {
  const pieces = parts.flatMap(({ headers, content }) => [
    Buffer.from(`\r\n--${boundary}\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n`),
    Buffer.from(content),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
