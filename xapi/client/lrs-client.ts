import { Readable } from 'node:stream';
import type { AdapterFunction } from './xapi-library.ts';

/** Another LRS, and who we are there. */
export interface LrsAccount {
  /** The LRS endpoint, without a slash at the end. */
  readonly url: string;
  readonly version: '1.0.3' | '2.0.0';
  readonly username: string;
  readonly password: string;
}

/** Content on its way out: all of it, or piece by piece where it is large. */
export interface Outgoing {
  readonly contentType: string;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** An answer whose body has not been read yet; it must be, or be destroyed. */
export interface LrsAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

/** Requests to other LRSs. Redirects are answered, not followed. Throws what the network throws. */
export interface LrsClient {
  postStatements(account: LrsAccount, content: Outgoing, signal: AbortSignal): Promise<LrsAnswer>;
  /** `query` of GET statements, or the path of a `more`. */
  getStatements(
    account: LrsAccount,
    asked: { readonly query: Readonly<Record<string, string>> } | { readonly more: string },
    signal: AbortSignal,
  ): Promise<LrsAnswer>;
}

export interface LrsClientDeps {
  readonly fetch: typeof fetch;
  /** How long an answer may take to begin, ms; what is sent or answered piece by piece may take ten times that. */
  readonly timeout?: number;
}

const TIMEOUT = 30_000;
const PATIENCE = 10;

/**
 * @xapi/xapi builds the requests (address, version, credentials); its adapter is ours, since its own ones parse what is
 * answered and write anew what is sent: digits of numbers, order of keys and bytes of attachments would change.
 */
export function createLrsClient({ fetch, timeout = TIMEOUT }: LrsClientDeps): LrsClient {
  const clientOf = async ({ url, username, password }: LrsAccount, signal: AbortSignal) => {
    // Loaded when it is needed: most commands never call another LRS.
    const { RawXapi } = await import('./xapi-library.ts');
    return new RawXapi({
      endpoint: url,
      // In UTF-8; the library would write it in Latin-1.
      auth: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      adapter: adapterOver(fetch, timeout, signal),
    });
  };
  return {
    postStatements: async (account, { contentType, body }, signal) => {
      const client = await clientOf(account, signal);
      return (await client.post(account.version, contentType, body)).data;
    },
    getStatements: async (account, asked, signal) => {
      const client = await clientOf(account, signal);
      const url =
        'more' in asked
          ? `${new URL(account.url).origin}${asked.more}`
          : `${account.url}/statements?${new URLSearchParams(asked.query)}`;
      return (await client.get(account.version, url)).data;
    },
  };
}

/** The adapter between the library and `fetch`: bytes in, bytes out. */
function adapterOver(request: typeof fetch, timeout: number, signal: AbortSignal): AdapterFunction {
  return async ({ url, method, headers, data }) => {
    const streamed = data !== undefined && !(data instanceof Uint8Array);
    const controller = new AbortController();
    const stop = () => controller.abort(signal.reason);
    const late = () => controller.abort(new DOMException('no answer in time', 'TimeoutError'));
    const patience = setTimeout(late, timeout * PATIENCE);
    const begin = streamed ? patience : setTimeout(late, timeout);
    const settle = () => {
      clearTimeout(patience);
      signal.removeEventListener('abort', stop);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const response = await request(url, {
        method,
        headers: headers ?? {},
        redirect: 'manual',
        signal: controller.signal,
        ...(data === undefined ? {} : { body: streamed ? Readable.toWeb(Readable.from(data)) : data }),
        ...(streamed ? { duplex: 'half' } : {}),
      });
      const body = Readable.from(response.body ?? []).once('close', settle);
      // Who reads it is told by the reading; who lets go of it need not know.
      body.on('error', () => undefined);
      const answer: LrsAnswer = {
        status: response.status,
        headers: Object.fromEntries(response.headers.entries()),
        body,
      };
      // Without headers the library leaves the body alone: it would cut a multipart one as text.
      return { data: answer as never, headers: {}, status: response.status };
    } catch (error) {
      settle();
      throw error;
    } finally {
      if (begin !== patience) clearTimeout(begin);
    }
  };
}

/** The beginning of a body, as text for people; what follows is thrown away. */
export async function excerptOf(body: Readable, length = 300): Promise<string> {
  let text = '';
  try {
    for await (const chunk of body) {
      text += Buffer.from(chunk).toString('utf8');
      if (text.length >= length) break;
    }
  } catch {
    // An answer cut off still has its status; what was read says why.
  }
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, length);
}
