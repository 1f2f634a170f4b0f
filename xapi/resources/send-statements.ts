import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { AttachmentStore, KeptAttachment } from '../../src/storage/ports/attachment-store.ts';
import { multipartType, writeMultipart } from '../multipart/write-multipart.ts';

/**
 * Sends statements as JSON text together with what was attached to them, in multipart/mixed even where nothing is
 * (xAPI 1.0.3 Communication 2.1.3, `attachments`). Large attachments go through piece by piece.
 */
export async function sendWithAttachments(
  request: Request,
  response: Response,
  json: string,
  from: {
    readonly attachments: AttachmentStore;
    readonly org: string;
    readonly statementIds: readonly string[];
  },
): Promise<void> {
  const kept = await from.attachments.sentWith(from.org, from.statementIds);
  const boundary = boundaryFor(json, kept);
  response.set('Content-Type', multipartType(boundary));
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const parts = kept.map(({ sha2, contentType }) => ({
    sha2,
    contentType,
    bytes: from.attachments.read(from.org, sha2),
  }));
  try {
    await pipeline(Readable.from(writeMultipart(boundary, json, parts), { objectMode: false }), response);
  } catch (error) {
    // Who asked has left: nobody is there to be told.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'))
      throw error;
  }
}

/** A hash of the whole answer: content that held it would have to know its own hash. */
function boundaryFor(json: string, kept: readonly KeptAttachment[]): string {
  const hash = createHash('sha256').update(json);
  for (const { sha2 } of kept) hash.update(sha2);
  return `assidu-${hash.digest('hex').slice(0, 48)}`;
}
