import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLoopbackHost, isPublicAddress } from './public-address.ts';

/** What bounds the addresses that a stranger may make us call. */
export interface OutgoingRules {
  /** Private addresses too, and plain http on this very machine (ASSIDU_ALLOW_PRIVATE). */
  readonly allowPrivate: boolean;
  /** ms for everything, from the name to the last byte. */
  readonly timeLimit: number;
  /** Bytes of a body. */
  readonly sizeLimit: number;
}

export const OUTGOING_LIMITS = { timeLimit: 10_000, sizeLimit: 1024 * 1024 } as const;

/** An address that a name stands for. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** A name -> its addresses; throws when there are none. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export type OutgoingFault =
  | 'not-https'
  | 'not-public'
  | 'unresolved'
  | 'unreachable'
  | 'redirected'
  | 'too-large'
  | 'too-slow'
  | 'encoded';

/** Why nothing came of a request. The message names host and fault, never the query. */
export class OutgoingError extends Error {
  readonly fault: OutgoingFault;

  constructor(fault: OutgoingFault, host: string, cause?: unknown) {
    super(`${host}: ${fault}`, cause === undefined ? undefined : { cause });
    this.name = 'OutgoingError';
    this.fault = fault;
  }
}

export interface OutgoingRequest {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** ms, instead of the rules' own. */
  readonly timeLimit?: number | undefined;
  /** Bytes of a body, instead of the rules' own: a roster is larger than a key set. */
  readonly sizeLimit?: number | undefined;
  /** Breaks it off before its time. */
  readonly signal?: AbortSignal | undefined;
}

/** `fetch` as far as it is needed. Throws `OutgoingError`. */
export type Outgoing = (url: string, request?: OutgoingRequest) => Promise<Response>;

/** What the system's resolver says. */
export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/**
 * Requests to addresses that strangers name: https and public addresses only, no redirect, bounded in time and size.
 * The addresses that were checked are the ones connected to, so that a name cannot mean another the second time.
 */
export function createOutgoing(deps: { readonly resolve: Resolve; readonly rules: OutgoingRules }): Outgoing {
  const { resolve, rules } = deps;

  async function addressesOf(url: URL): Promise<readonly ResolvedAddress[]> {
    const name = url.hostname.replace(/^\[|\]$/g, '');
    const family = isIP(name);
    const addresses = family === 0 ? await resolved(url, name) : [{ address: name, family }];
    // One that is not public is enough to refuse: which one a connection takes is not ours to say.
    if (!rules.allowPrivate && !addresses.every(({ address }) => isPublicAddress(address)))
      throw new OutgoingError('not-public', url.host);
    return addresses;
  }

  async function resolved(url: URL, name: string): Promise<readonly ResolvedAddress[]> {
    const addresses = await resolve(name).catch((cause: unknown) => {
      throw new OutgoingError('unresolved', url.host, cause);
    });
    if (addresses.length === 0) throw new OutgoingError('unresolved', url.host);
    return addresses;
  }

  return async (address, request = {}) => {
    const url = new URL(address);
    const plainAllowed = rules.allowPrivate && url.protocol === 'http:' && isLoopbackHost(url.hostname);
    if (url.protocol !== 'https:' && !plainAllowed) throw new OutgoingError('not-https', url.host);
    const limit = AbortSignal.timeout(request.timeLimit ?? rules.timeLimit);
    const end = request.signal === undefined ? limit : AbortSignal.any([limit, request.signal]);
    const stopped = new Promise<never>((_, reject) => {
      const stop = () =>
        reject(new OutgoingError(limit.aborted ? 'too-slow' : 'unreachable', url.host, end.reason));
      if (end.aborted) stop();
      else end.addEventListener('abort', stop, { once: true });
    });
    const sizeLimit = request.sizeLimit ?? rules.sizeLimit;
    return Promise.race([
      addressesOf(url).then((addresses) => exchange(url, request, addresses, end, sizeLimit)),
      stopped,
    ]);
  };
}

function exchange(
  url: URL,
  { method = 'GET', headers = {}, body }: OutgoingRequest,
  addresses: readonly ResolvedAddress[],
  signal: AbortSignal,
  sizeLimit: number,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, {
      method,
      headers: {
        'user-agent': 'Assidu',
        'accept-encoding': 'identity',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      // No pooled connection: it was opened for another check.
      agent: false,
      lookup: answering(addresses),
      signal,
    });
    outgoing.on('error', (cause) => reject(new OutgoingError('unreachable', url.host, cause)));
    outgoing.on('response', (incoming) => {
      readAnswer(url, incoming, sizeLimit).then(resolve, (error: unknown) => {
        outgoing.destroy();
        reject(error instanceof OutgoingError ? error : new OutgoingError('unreachable', url.host, error));
      });
    });
    outgoing.end(body);
  });
}

/** A lookup that knows the checked addresses only. */
function answering(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else if (first === undefined) callback(new Error('no address'), '');
    else callback(null, first.address, first.family);
  };
}

const withoutBody = new Set([204, 205, 304]);

async function readAnswer(url: URL, incoming: IncomingMessage, sizeLimit: number): Promise<Response> {
  const status = incoming.statusCode ?? 0;
  if (status >= 300 && status < 400) throw new OutgoingError('redirected', url.host);
  const { 'content-encoding': encoding = 'identity' } = incoming.headers;
  if (encoding !== 'identity') throw new OutgoingError('encoded', url.host);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > sizeLimit) throw new OutgoingError('too-large', url.host);
    chunks.push(chunk);
  }
  return new Response(withoutBody.has(status) ? null : Buffer.concat(chunks), {
    status,
    headers: Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
  });
}
