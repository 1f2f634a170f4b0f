import type { Readable } from 'node:stream';
import { z } from 'zod';
import { AssiduError } from '../../src/base/errors.ts';
import type { PullSource } from '../../src/storage/ports/pull-store.ts';
import { failureText } from '../client/account-secret.ts';
import { excerptOf, type LrsClient } from '../client/lrs-client.ts';
import { boundaryOf, isMultipartMixed } from '../multipart/boundary.ts';
import type { MultipartLimits } from '../multipart/multipart-reader.ts';
import { type ReceivedBody, receiveMultipart } from '../multipart/receive.ts';
import { splitStatements, topLevelMembers } from '../statement/raw-json.ts';

/** A page of another LRS. */
export interface SourcePage {
  readonly kind: 'page';
  /** Texts of the statements, byte for byte as they came. */
  readonly statements: readonly string[];
  /** Path of the next page, on the same host; null at the end. */
  readonly more: string | null;
  /** What was attached; null when attachments were not sent along. */
  readonly body: Pick<ReceivedBody, 'parts' | 'drop'> | null;
  /** Up to when it is complete (X-Experience-API-Consistent-Through), if the LRS says so. */
  readonly consistentThrough: string | null;
}

/** Why a page could not be had; `status` 0 when there was no answer. */
export interface NoPage {
  readonly kind: 'none';
  readonly status: number;
  readonly reason: string;
  readonly retryAfter: string | undefined;
}

const MB = 1024 * 1024;
/** Bounds on what an LRS may answer. */
const LIMITS: MultipartLimits = {
  parts: 5_000,
  headers: 16 * 1024,
  first: 64 * MB,
  part: 250 * MB,
  body: 1_024 * MB,
};
const NO_LIMITS = { maxDepth: Number.POSITIVE_INFINITY, maxKeys: Number.POSITIVE_INFINITY };

/** Fetches a page of statements: the one that `asked` names. Never throws. */
export async function readPage(
  source: PullSource,
  password: string,
  asked: Parameters<LrsClient['getStatements']>[1],
  client: LrsClient,
  signal: AbortSignal,
): Promise<SourcePage | NoPage> {
  try {
    const answer = await client.getStatements({ ...source, password }, asked, signal);
    const { status, headers, body } = answer;
    if (status !== 200) {
      const said = await excerptOf(body);
      const reason = `${status}${said === '' ? '' : `: ${said}`}`;
      return { kind: 'none', status, reason, retryAfter: headers['retry-after'] };
    }
    const type = headers['content-type'] ?? '';
    const received = isMultipartMixed(type)
      ? await receiveMultipart(body, boundaryOf(type), LIMITS)
      : { text: await textOf(body), parts: [], drop: null };
    return {
      kind: 'page',
      ...pageIn(received.text, source.url),
      body: received.drop === null ? null : { parts: received.parts, drop: received.drop },
      consistentThrough: headers['x-experience-api-consistent-through'] ?? null,
    };
  } catch (error) {
    return { kind: 'none', status: 0, reason: failureText(error), retryAfter: undefined };
  }
}

async function textOf(body: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LIMITS.first)
      throw new AssiduError('too-large', `the answer has more than ${LIMITS.first} bytes`);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}

const pageSchema = z.object({ statements: z.array(z.unknown()), more: z.string().nullish() });

/** The statements of a StatementResult (1.0.3 Data 2.5) and where it goes on. */
function pageIn(text: string, endpoint: string): Pick<SourcePage, 'statements' | 'more'> {
  const parsed = pageSchema.parse(JSON.parse(text));
  return { statements: textsIn(text, parsed.statements), more: pathOf(parsed.more ?? '', endpoint) };
}

function textsIn(text: string, parsed: readonly unknown[]): readonly string[] {
  try {
    const member = topLevelMembers(text).find(({ key }) => key === 'statements');
    return member ? splitStatements(text.slice(member.valueStart, member.end), NO_LIMITS) : [];
  } catch {
    // A key is there twice in one of them: it cannot be told which value was meant, the others are as they came.
    return parsed.map((statement) => JSON.stringify(statement));
  }
}

/** `more` as a path on the host of the endpoint: credentials go nowhere else. Throws when it leads elsewhere. */
function pathOf(more: string, endpoint: string): string | null {
  if (more === '') return null;
  const url = new URL(more, `${endpoint}/statements`);
  if (url.origin !== new URL(endpoint).origin)
    throw new AssiduError('invalid-request', `its "more" leads to another host, ${url.host}`);
  return `${url.pathname}${url.search}`;
}
