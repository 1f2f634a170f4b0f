import { Agent, request } from 'node:http';

/** A request as it goes over the wire. */
export interface Sent {
  readonly method: string;
  /** With its query, escaped. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  /** How long it took, ms. */
  readonly took: number;
}

/** Sends requests over a few connections that stay open. */
export interface Exchange {
  /** Throws when no whole answer came. */
  send(sent: Sent): Promise<Answer>;
  close(): void;
}

/** How long an answer may take at most, ms: on two busy cores the slowest (20 MB of JSON, a refold under way) takes 1 to 2 s. */
export const PATIENCE = 10_000;

export function createExchange(origin: string, connections: number): Exchange {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const once = (sent: Sent): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const begun = performance.now();
      const { method, path, headers, body } = sent;
      const outgoing = request({
        agent,
        hostname,
        port,
        method,
        path,
        headers: { ...framing(sent), ...headers },
        setHost: !('host' in headers),
      });
      const late = setTimeout(() => outgoing.destroy(new Error(`no answer within ${PATIENCE} ms`)), PATIENCE);
      const fail = (error: Error) => {
        clearTimeout(late);
        reject(Object.assign(error, { reused: outgoing.reusedSocket }));
      };
      outgoing.once('error', fail);
      outgoing.once('response', (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', fail);
        incoming.once('end', () => {
          clearTimeout(late);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks),
            took: performance.now() - begun,
          });
        });
      });
      outgoing.end(body ?? undefined);
    });
  return {
    // A server may close a connection that rests in the very moment in which it is used again (RFC 9112 9.3.1).
    send: (sent) =>
      once(sent).catch((error: unknown) => (isStale(error) ? once(sent) : Promise.reject(error))),
    close: () => agent.destroy(),
  };
}

/** How long the body is: of some methods node:http does not say so by itself, and the body would be read as a request. */
function framing({ headers, body }: Sent): Readonly<Record<string, string>> {
  const said = Object.keys(headers).some((name) => /^(content-length|transfer-encoding)$/i.test(name));
  return body === null || said ? {} : { 'Content-Length': String(body.length) };
}

function isStale(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('reused' in error)) return false;
  return error.reused === true && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

/** A request so that it can be sent again by hand: its body as text where it is UTF-8, else in base64. */
export function printed({ method, path, headers, body }: Sent): string {
  const text = body?.toString('utf8') ?? '';
  const whole = body === null || Buffer.from(text).equals(body) ? text : `base64 ${body.toString('base64')}`;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, '', whole.slice(0, 8_000)].join('\n');
}
