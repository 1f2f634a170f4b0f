import { Readable } from 'node:stream';
import type { Request } from 'express';
import { AssiduError } from '../../src/base/errors.ts';
import { faulty } from '../faulty.ts';
import { boundaryOf, isMultipartMixed } from '../multipart/boundary.ts';
import { tooLarge } from '../multipart/fault.ts';
import type { MultipartLimits } from '../multipart/multipart-reader.ts';
import { type ReceivedBody, receiveMultipart } from '../multipart/receive.ts';
import { jsonText } from './request.ts';

const KB = 1024;
const MB = 1024 * KB;

/**
 * Bounds on a request with attachments; its statements may be as large as any other body (`10mb`), all attachments
 * together two and a half times the largest. Throws `settings`.
 */
export function multipartLimits(maxBody: string, maxAttachment: string): MultipartLimits {
  const [first, part] = [bytesOf(maxBody), bytesOf(maxAttachment)];
  return { parts: 1_000, headers: 16 * KB, first, part, body: Math.floor(2.5 * part) + first };
}

/** A size such as `10mb` in bytes. Throws `settings`. */
export function bytesOf(size: string): number {
  const [, count, unit] = /^(\d+)(kb|mb)$/i.exec(size) ?? [];
  if (unit === undefined) throw new AssiduError('settings', `${size} is not a size such as 10mb`);
  return Number(count) * (unit.toLowerCase() === 'mb' ? MB : KB);
}

/**
 * The body of PUT and POST statements: JSON, or statements with attachments (xAPI 1.0.3 Communication 1.5). To be
 * dropped once it is kept. Throws `invalid-request` and `too-large`.
 */
export async function readStatementBody(request: Request, limits: MultipartLimits): Promise<ReceivedBody> {
  const type = request.get('Content-Type') ?? '';
  if (!isMultipartMixed(type)) return { text: jsonText(request), parts: [], drop: async () => {} };
  const boundary = boundaryOf(type);
  const encoding = request.get('Content-Encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity')
    throw faulty('Content-Encoding', 'is not taken in with attachments');
  if (Number(request.get('Content-Length') ?? 0) > limits.body)
    throw tooLarge('body', `${limits.body} bytes`);
  // An alternate request has its content read already, as text.
  const source = typeof request.body === 'string' ? Readable.from([Buffer.from(request.body)]) : request;
  return receiveMultipart(source, boundary, limits);
}
