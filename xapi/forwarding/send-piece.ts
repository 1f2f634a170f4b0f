import { createHash } from 'node:crypto';
import type { Seal } from '../../src/base/seal.ts';
import type { AttachmentStore } from '../../src/storage/ports/attachment-store.ts';
import type { ForwardTarget } from '../../src/storage/ports/forward-store.ts';
import { failureText, sealContext } from '../client/account-secret.ts';
import { excerptOf, type LrsClient, type Outgoing } from '../client/lrs-client.ts';
import { multipartType, writeMultipart } from '../multipart/write-multipart.ts';
import type { Sendable } from './cut-page.ts';

/**
 * What a target makes of a request. `known`: an id is kept there already; `refused`: the content is at fault;
 * `wait`: the target, the way or the credentials are.
 */
export type Verdict =
  | { readonly kind: 'taken' | 'known' }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  | { readonly kind: 'wait'; readonly reason: string; readonly retryAfter: string | undefined };

export interface SendDeps {
  readonly client: LrsClient;
  readonly attachments: AttachmentStore;
  readonly seal: Seal;
}

/** Statuses that blame what was sent; every other failure may pass by itself or by who runs either side. */
const CONTENT_AT_FAULT: ReadonlySet<number> = new Set([400, 406, 412, 413, 414, 415, 422, 431, 451]);
/** Up to how many bytes a request is sent as a whole, with its length. */
const WHOLE = 16 * 1024 * 1024;

/** Sends statements to a target in one request. Never throws. */
export async function sendPiece(
  target: ForwardTarget,
  statements: readonly Sendable[],
  { client, attachments, seal }: SendDeps,
  signal: AbortSignal,
): Promise<Verdict> {
  const password = seal.open(target.sealedSecret, sealContext(target));
  if (password === null)
    return {
      kind: 'wait',
      reason: 'its password cannot be read: ASSIDU_SECRET is not the one it was kept under',
      retryAfter: undefined,
    };
  try {
    const content = await contentOf(statements, attachments);
    const { status, headers, body } = await client.postStatements({ ...target, password }, content, signal);
    if (status >= 200 && status < 300) {
      body.destroy();
      return { kind: 'taken' };
    }
    const said = await excerptOf(body);
    if (status === 409) return { kind: 'known' };
    const location = status < 400 ? ` to ${headers.location ?? 'nowhere'}, which is not followed` : '';
    const reason = `${status}${location}${said === '' ? '' : `: ${said}`}`;
    if (CONTENT_AT_FAULT.has(status)) return { kind: 'refused', status, reason };
    return { kind: 'wait', reason, retryAfter: headers['retry-after'] };
  } catch (error) {
    return { kind: 'wait', reason: failureText(error), retryAfter: undefined };
  }
}

async function contentOf(statements: readonly Sendable[], store: AttachmentStore): Promise<Outgoing> {
  const texts = statements.map(({ text }) => text);
  const json = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(',')}]`;
  const attached = statements.flatMap(({ org, attachments }) =>
    attachments.map(({ sha2, contentType }) => ({ sha2, contentType, bytes: store.read(org, sha2) })),
  );
  if (attached.length === 0) return { contentType: 'application/json', body: Buffer.from(json) };
  // A hash of the whole: content that held it would have to know its own hash.
  const hash = createHash('sha256').update(json);
  for (const { sha2 } of attached) hash.update(sha2);
  const boundary = `assidu-${hash.digest('hex').slice(0, 48)}`;
  return {
    contentType: multipartType(boundary),
    body: await wholeIfSmall(writeMultipart(boundary, json, attached)),
  };
}

/** Content of known length goes everywhere; not every server takes a large one piece by piece, but memory is finite. */
async function wholeIfSmall(
  pieces: AsyncGenerator<Uint8Array>,
): Promise<Uint8Array | AsyncIterable<Uint8Array>> {
  const read: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { value, done } = await pieces.next();
    if (done) return Buffer.concat(read);
    read.push(value);
    size += value.length;
    if (size > WHOLE)
      return (async function* () {
        yield* read;
        yield* pieces;
      })();
  }
}
