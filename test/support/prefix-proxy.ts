import { createServer, request as forward, type Server } from 'node:http';

/** A proxy that publishes a port of this machine under a path, and nothing else. */
export async function startPrefixProxy(
  prefix: string,
  { port, to, host }: { readonly port: number; readonly to: number; readonly host: string },
): Promise<Server> {
  const server = createServer((request, response) => {
    const { url = '', method, headers } = request;
    if (!url.startsWith(`${prefix}/`)) {
      response.writeHead(404).end('not here');
      return;
    }
    const asked = { port: to, host: 'localhost', path: url.slice(prefix.length), method, headers };
    const onward = forward(asked, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return server;
}
