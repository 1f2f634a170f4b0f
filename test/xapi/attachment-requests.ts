import type { RunningAssidu } from '../support/start-assidu.ts';
import { attachmentPart, type LaidOutPart, layOut, sha, statementsPart } from './multipart-body.ts';

/** An answer with its bytes; `parts` where it is multipart. */
export interface PartsAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly json: ReturnType<typeof JSON.parse>;
  readonly parts: readonly { readonly headers: ReadonlyMap<string, string>; readonly content: Buffer }[];
}

const BOUNDARY = 'abcABC0123';

/** A plain statement, with an attachment object for each content. */
export function statementWith(
  contents: readonly (string | Uint8Array)[],
  given: Readonly<Record<string, unknown>> = {},
) {
  return {
    actor: { mbox: 'mailto:learner@example.org' },
    verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
    object: { id: 'http://example.org/an-activity' },
    ...(contents.length === 0 ? {} : { attachments: contents.map((content) => describing(content)) }),
    ...given,
  };
}

/** What a statement says of attached data. */
export function describing(content: string | Uint8Array, given: Readonly<Record<string, unknown>> = {}) {
  return {
    usageType: 'http://example.org/an-essay',
    display: { en: 'An essay' },
    contentType: 'text/plain',
    length: Buffer.byteLength(content),
    sha2: sha(content),
    ...given,
  };
}

/** Sends what is laid out, to /xapi/statements unless told otherwise. */
export function sendParts(
  assidu: RunningAssidu,
  parts: readonly LaidOutPart[] | Buffer,
  options: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<PartsAnswer> {
  return exchange(assidu, options.method ?? 'POST', options.path ?? '/xapi/statements', {
    headers: { 'content-type': `multipart/mixed; boundary=${BOUNDARY}`, ...options.headers },
    body: Buffer.isBuffer(parts) ? parts : layOut(BOUNDARY, parts),
  });
}

/** Posts statements with parts; `kept` does it with one that must be taken, and answers its id. */
export function postingTo(assidu: () => RunningAssidu) {
  const post = (statements: unknown, ...parts: readonly LaidOutPart[]) =>
    sendParts(assidu(), [statementsPart(statements), ...parts]);
  const kept = async (
    contents: readonly (string | Uint8Array)[],
    given: Readonly<Record<string, unknown>> = {},
  ): Promise<string> => {
    const answer = await post(
      statementWith(contents, given),
      ...contents.map((each) => attachmentPart(each)),
    );
    if (answer.status !== 200) throw new Error(answer.body.toString());
    return String(answer.json[0]);
  };
  return { post, kept };
}

/** Asks for statements: `statementId=…&attachments=true`. */
export function ask(assidu: RunningAssidu, query: string, method = 'GET'): Promise<PartsAnswer> {
  return exchange(assidu, method, `/xapi/statements?${query}`, {});
}

async function exchange(
  assidu: RunningAssidu,
  method: string,
  path: string,
  sent: { readonly headers?: Readonly<Record<string, string>>; readonly body?: Buffer },
): Promise<PartsAnswer> {
  const response = await fetch(`${assidu.url}${path}`, {
    method,
    headers: {
      authorization: assidu.authorization,
      'X-Experience-API-Version': '1.0.3',
      ...sent.headers,
    },
    ...(sent.body === undefined ? {} : { body: new Uint8Array(sent.body) }),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? '';
  const parts = type.startsWith('multipart/mixed') && body.length > 0 ? partsOf(body, type) : [];
  const json = type.includes('json') ? body : parts[0]?.content;
  return {
    status: response.status,
    headers: response.headers,
    body,
    json: json && json.length > 0 ? JSON.parse(json.toString()) : undefined,
    parts,
  };
}

/** The parts of an answer, taken apart in a plainer way than the product does. */
function partsOf(body: Buffer, type: string): PartsAnswer['parts'] {
  const boundary = /boundary="([^"]+)"$/.exec(type)?.[1];
  const [, ...pieces] = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`);
  if (pieces.pop() !== '--\r\n') throw new Error('the last boundary is missing');
  return pieces.map((piece) => {
    const blank = piece.indexOf('\r\n\r\n');
    const lines = piece.slice(2, blank).split('\r\n');
    return {
      headers: new Map(
        lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.split(': ')[1] ?? '']),
      ),
      content: Buffer.from(piece.slice(blank + 4), 'latin1'),
    };
  });
}
