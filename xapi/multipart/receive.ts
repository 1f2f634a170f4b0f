import type { Readable } from 'node:stream';
import { mediaType } from './boundary.ts';
import { faultyBody, partName } from './fault.ts';
import { createMultipartReader, type MultipartLimits } from './multipart-reader.ts';
import type { PartHeaders } from './part-headers.ts';
import { sha2Like } from './sha2.ts';
import { createSpool, type Spool } from './spool.ts';

/** An attachment as it came: its bytes have the hash that its part names. */
export interface ReceivedPart {
  /** Its place in the body, counted from 1. */
  readonly number: number;
  /** SHA-2 of its bytes, lower-case hexadecimal. */
  readonly sha2: string;
  readonly contentType: string | undefined;
  /** Octets. */
  readonly length: number;
  /** True when the part itself says its length, in Content-Length. */
  readonly lengthSaid: boolean;
  /** In memory, or in an open file. */
  readonly bytes: Uint8Array | { readonly fd: number };
}

/** A request body with attachments, all of it read. */
export interface ReceivedBody {
  /** The first part: the statements as JSON. */
  readonly text: string;
  readonly parts: readonly ReceivedPart[];
  /** Lets go of the bytes of `parts`. */
  drop(): Promise<void>;
}

/** Where the bytes of one part go. */
interface Sink {
  write(bytes: Buffer): Promise<void>;
  end(): void;
}

/**
 * Reads a multipart/mixed body (1.0.3 Communication 1.5.2): statements first, then attachments, each held against its
 * X-Experience-API-Hash. Large attachments go to files, so that memory does not grow with them.
 * Throws `invalid-request` naming the part at fault, and `too-large`.
 */
export async function receiveMultipart(
  source: Readable,
  boundary: string,
  limits: MultipartLimits,
): Promise<ReceivedBody> {
  const spools: Spool[] = [];
  const parts: ReceivedPart[] = [];
  let text = '';
  let sink: Sink | null = null;

  const openPart = (number: number, headers: PartHeaders): Sink => {
    if (number === 1)
      return statementsPart(headers, (read) => {
        text = read;
      });
    const spool = createSpool();
    spools.push(spool);
    return attachmentPart(number, headers, spool, (part) => parts.push(part));
  };
  const drop = async () => {
    await Promise.all(spools.map((spool) => spool.drop()));
  };

  const reader = createMultipartReader(boundary, limits);
  try {
    for await (const chunk of chunksOf(source))
      for (const event of reader.push(chunk)) {
        if (event.kind === 'part') sink = openPart(event.number, event.headers);
        else if (event.kind === 'bytes') await sink?.write(event.bytes);
        else sink?.end();
      }
    reader.end();
  } catch (error) {
    await drop();
    throw error;
  }
  return { text, parts, drop };
}

function statementsPart(headers: PartHeaders, done: (text: string) => void): Sink {
  const type = headers.get('content-type');
  if (mediaType(type) !== 'application/json')
    throw faultyBody(partName(1), 'must be application/json: the statements (1.0.3 Communication 1.5.2)');
  const charset = /;\s*charset\s*=\s*"?([^;"\s]*)/i.exec(type ?? '')?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) throw faultyBody(partName(1), 'must be in UTF-8 (1.0.3 Communication 1.4)');
  const chunks: Buffer[] = [];
  return {
    write: async (bytes) => {
      chunks.push(bytes);
    },
    end: () => {
      try {
        done(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
      } catch {
        throw faultyBody(partName(1), 'is not UTF-8');
      }
    },
  };
}

function attachmentPart(
  number: number,
  headers: PartHeaders,
  spool: Spool,
  done: (part: ReceivedPart) => void,
): Sink {
  const faulty = (header: string, message: string) => faultyBody(`${partName(number)}, ${header}`, message);
  const encoding = headers.get('content-transfer-encoding') ?? 'binary';
  if (encoding.toLowerCase() !== 'binary')
    throw faulty('Content-Transfer-Encoding', 'must be binary (1.0.3 Communication 1.5.2)');
  const sha2 = headers.get('x-experience-api-hash')?.toLowerCase();
  if (sha2 === undefined) throw faulty('X-Experience-API-Hash', 'is missing (1.0.3 Communication 1.5.2)');
  const hash = sha2Like(sha2);
  if (hash === null) throw faulty('X-Experience-API-Hash', 'is no SHA-2 hash in hexadecimal');
  const said = headers.get('content-length');
  let length = 0;
  return {
    write: async (bytes) => {
      length += bytes.length;
      hash.update(bytes);
      await spool.write(bytes);
    },
    end: () => {
      if (hash.digest('hex') !== sha2)
        throw faulty('X-Experience-API-Hash', `is not the hash of the ${length} bytes sent`);
      if (said !== undefined && said !== String(length))
        throw faulty('Content-Length', `differs from the ${length} bytes sent`);
      done({
        number,
        sha2,
        contentType: headers.get('content-type'),
        length,
        lengthSaid: said !== undefined,
        bytes: spool.bytes(),
      });
    },
  };
}

/** The pieces of a request. The connection stays open when reading ends early: an answer has to go through it. */
async function* chunksOf(source: Readable): AsyncGenerator<Buffer> {
  let whole = false;
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false }))
      yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    whole = true;
  } catch {
    throw faultyBody('body', 'the connection broke before its end');
  } finally {
    if (!whole) source.resume();
  }
}
