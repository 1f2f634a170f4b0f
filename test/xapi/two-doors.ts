import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

/** A request as it goes over the wire, but for the headers that frame it. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** In chunks, whose sum nobody knows beforehand, instead of by Content-Length. */
  readonly chunked?: boolean;
  /** In two writes, the second after a while. */
  readonly halves?: boolean;
}

/** An answer as it came over the wire: names of headers as they were written and in their order, without the Date. */
export interface Heard {
  readonly status: number | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** The product with its server, which asks the quick door first, and with another one that asks Express alone. */
export interface TwoDoors {
  readonly assidu: RunningAssidu;
  quick(sent: Sent): Promise<Heard>;
  express(sent: Sent): Promise<Heard>;
  /** Requests that have reached Express, by either. */
  reached(): number;
  close(): Promise<void>;
}

export async function openTwoDoors(...given: Parameters<typeof startAssidu>): Promise<TwoDoors> {
  const assidu = await startAssidu(...given);
  let reached = 0;
  const handle = Reflect.get(assidu.app, 'handle');
  Reflect.set(assidu.app, 'handle', (...all: readonly unknown[]) => {
    reached += 1;
    return Reflect.apply(handle, assidu.app, all);
  });
  const other = createServer(assidu.app).listen(0);
  const agent = new Agent({ keepAlive: true });
  return {
    assidu,
    quick: (sent) => ask(assidu.url, agent, sent),
    express: (sent) => ask(`http://localhost:${(other.address() as AddressInfo).port}`, agent, sent),
    reached: () => reached,
    close: async () => {
      agent.destroy();
      other.close();
      other.closeAllConnections();
      await assidu.close();
    },
  };
}

function ask(url: string, agent: Agent, sent: Sent): Promise<Heard> {
  const { method = 'POST', path = '/xapi/statements', body = '', chunked, halves } = sent;
  const bytes = Buffer.from(body);
  const framing = chunked ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': bytes.length };
  return new Promise((resolve, reject) => {
    const asked = request(
      `${url}${path}`,
      { method, agent, headers: { ...framing, ...sent.headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const { statusCode: status, rawHeaders } = answer;
          const pairs = rawHeaders.flatMap((name, at) =>
            at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : [],
          );
          const headers = pairs.filter(([name]) => name !== 'Date');
          resolve({ status, headers, body: Buffer.concat(chunks).toString('latin1') });
        });
      },
    );
    asked.on('error', reject);
    if (!halves) {
      asked.end(bytes);
      return;
    }
    asked.write(bytes.subarray(0, bytes.length / 2));
    setTimeout(() => asked.end(bytes.subarray(bytes.length / 2)), 10);
  });
}
