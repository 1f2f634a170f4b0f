/** An attachment on its way out. */
export interface SentPart {
  readonly sha2: string;
  readonly contentType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The Content-Type of what `writeMultipart` writes. */
export function multipartType(boundary: string): string {
  return `multipart/mixed; boundary="${boundary}"`;
}

/** Statements, then attachments, as 1.0.3 Communication 1.5.2 lays them out; piece by piece. */
export async function* writeMultipart(
  boundary: string,
  json: string,
  parts: Iterable<SentPart>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`--${boundary}\r\nContent-Type: application/json\r\n\r\n${json}`);
  for (const part of parts) {
    yield Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${oneLine(part.contentType)}\r\nContent-Transfer-Encoding: binary\r\n` +
        `X-Experience-API-Hash: ${part.sha2}\r\n\r\n`,
    );
    yield* part.bytes;
  }
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

/** A header value stays on its line, whatever a statement calls a media type. */
function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\s]+/gu, ' ');
}
