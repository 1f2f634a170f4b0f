import { faultyBody, partName, tooLarge } from './fault.ts';
import { type PartHeaders, parsePartHeaders } from './part-headers.ts';

/** Bounds on a body; sizes in bytes. */
export interface MultipartLimits {
  /** Parts, that of the statements included. */
  readonly parts: number;
  /** Headers of one part, and what may stand before the first boundary. */
  readonly headers: number;
  /** The first part: the statements. */
  readonly first: number;
  /** Each other part. */
  readonly part: number;
  /** The whole body. */
  readonly body: number;
}

/** What a body turns out to hold, in order; parts are numbered from 1. */
export type MultipartEvent =
  | { readonly kind: 'part'; readonly number: number; readonly headers: PartHeaders }
  | { readonly kind: 'bytes'; readonly number: number; readonly bytes: Buffer }
  | { readonly kind: 'end'; readonly number: number };

/** Reads a multipart body piece by piece, however it is cut; holds no more than a boundary and one part's headers. */
export interface MultipartReader {
  /** What the next bytes make known. Throws `invalid-request` naming the part at fault, `too-large` past a limit. */
  push(chunk: Buffer): Iterable<MultipartEvent>;
  /** To be called at the end of the body. Throws `invalid-request` when the last boundary has not come. */
  end(): void;
}

type State = 'preamble' | 'boundary' | 'headers' | 'start' | 'body' | 'epilogue';

const CRLF = '\r\n';
const BLANK_LINE = Buffer.from('\r\n\r\n');

/**
 * A strict reader of RFC 2046 5.1.1: lines end with CRLF, what stands before the first and after the last boundary is
 * passed over, a line that begins with the boundary and goes on is a fault.
 */
export function createMultipartReader(boundary: string, limits: MultipartLimits): MultipartReader {
  const delimiter = Buffer.from(`${CRLF}--${boundary}`, 'latin1');
  // The first boundary may open the body: it then follows no line.
  let rest: Buffer = Buffer.from(CRLF);
  let state: State = 'preamble';
  let number = 0;
  let size = 0;
  let total = 0;
  let before = 0;

  /** Passes over what precedes a boundary. */
  function preamble(): boolean {
    const found = rest.indexOf(delimiter);
    const passed = found < 0 ? Math.max(0, rest.length - delimiter.length + 1) : found;
    before += passed;
    if (before > limits.headers) throw faultyBody(partName(1), 'no boundary opens it');
    rest = rest.subarray(found < 0 ? passed : found + delimiter.length);
    if (found >= 0) state = 'boundary';
    return found >= 0;
  }

  /** The end of a boundary's line: `--` after the last one, then perhaps spaces. */
  function afterBoundary(): boolean {
    if (rest.length < 2) return false;
    if (rest[0] === 0x2d && rest[1] === 0x2d) {
      if (number === 0) throw faultyBody('body', 'has no part');
      state = 'epilogue';
      return true;
    }
    let at = 0;
    while (rest[at] === 0x20 || rest[at] === 0x09) at += 1;
    if (at > limits.headers) throw faultyBody(partName(number + 1), 'its boundary line does not end');
    if (rest.length < at + 2) return false;
    if (rest[at] !== 0x0d || rest[at + 1] !== 0x0a)
      throw faultyBody(partName(number + 1), 'its boundary is not alone on its line (RFC 2046 5.1.1)');
    number += 1;
    if (number > limits.parts) throw tooLarge('body', `${limits.parts} parts`);
    // The line's end stays: when a blank line follows at once, the part has no headers.
    rest = rest.subarray(at);
    state = 'headers';
    return true;
  }

  function headers(): PartHeaders | null {
    const found = rest.indexOf(BLANK_LINE);
    if ((found < 0 ? rest.length : found) > limits.headers)
      throw faultyBody(partName(number), 'its headers do not end');
    if (found < 0) return null;
    const text = rest.toString('latin1', CRLF.length, Math.max(CRLF.length, found));
    // The blank line's end stays, too: a boundary right after it ends an empty part.
    rest = rest.subarray(found + CRLF.length);
    size = 0;
    state = 'start';
    return parsePartHeaders(text, number);
  }

  /** Tells a part without content from one whose content begins after the blank line. */
  function start(): boolean {
    const compared = Math.min(rest.length, delimiter.length);
    const same = rest.compare(delimiter, 0, compared, 0, compared) === 0;
    if (same && compared < delimiter.length) return false;
    if (!same) rest = rest.subarray(CRLF.length);
    state = 'body';
    return true;
  }

  function content(): { readonly bytes: Buffer; readonly ended: boolean } {
    const found = rest.indexOf(delimiter);
    const until = found < 0 ? Math.max(0, rest.length - delimiter.length + 1) : found;
    const bytes = rest.subarray(0, until);
    rest = rest.subarray(found < 0 ? until : found + delimiter.length);
    size += bytes.length;
    const limit = number === 1 ? limits.first : limits.part;
    if (size > limit) throw tooLarge(partName(number), `${limit} bytes`);
    if (found >= 0) state = 'boundary';
    return { bytes, ended: found >= 0 };
  }

  function* advance(): Generator<MultipartEvent> {
    for (let going = true; going; ) {
      if (state === 'preamble') going = preamble();
      else if (state === 'boundary') going = afterBoundary();
      else if (state === 'headers') {
        const read = headers();
        going = read !== null;
        if (read) yield { kind: 'part', number, headers: read };
      } else if (state === 'start') going = start();
      else if (state === 'body') {
        const { bytes, ended } = content();
        going = ended;
        if (bytes.length > 0) yield { kind: 'bytes', number, bytes };
        if (ended) yield { kind: 'end', number };
      } else {
        rest = Buffer.alloc(0);
        going = false;
      }
    }
  }

  return {
    push: (chunk) => {
      total += chunk.length;
      if (total > limits.body) throw tooLarge('body', `${limits.body} bytes`);
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      return advance();
    },
    end: () => {
      if (state === 'epilogue') return;
      if (state === 'preamble') throw faultyBody('body', 'the boundary of its Content-Type is not in it');
      throw faultyBody(partName(Math.max(1, number)), 'the body ends before the last boundary');
    },
  };
}
