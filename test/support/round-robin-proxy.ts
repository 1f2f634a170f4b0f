import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A proxy in front of several instances, as any: each request to the next one, what cannot be delivered to another. */
export interface RoundRobinProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** `ports` are asked anew at every request. A connection that breaks after it was made answers 502. */
export async function startRoundRobinProxy(ports: () => readonly number[]): Promise<RoundRobinProxy> {
  let turn = 0;
  const send = (request: IncomingMessage, body: Buffer, port: number): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { url = '/', method, headers } = request;
      const asked = { host: 'localhost', port, path: url, method, headers, agent: false } as const;
      forward(asked, resolve).once('error', reject).end(body);
    });
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const all = ports();
    turn += 1;
    for (let tries = 0; tries < all.length; tries += 1) {
      try {
        const answer = await send(request, body, all[(turn + tries) % all.length] ?? 0);
        const content = await buffer(answer);
        response.writeHead(answer.statusCode ?? 502, answer.headers).end(content);
        return;
      } catch (error) {
        // It never arrived: another instance may have it.
        if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') continue;
        break;
      }
    }
    response.writeHead(502).end('no instance answered');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
