import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What becomes of one request; anything else than `take` may happen before or after the statements are kept. */
export type Deed =
  | 'take'
  | 'hang'
  | 'close'
  | 'keep and close'
  | 'keep and fail'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** An LRS that does to requests what its script says, one deed a request, and takes them when the script is over. */
export interface ScriptedLrs {
  readonly url: string;
  /** Deeds to come. */
  readonly script: Deed[];
  /** Ids whose statements it holds to be invalid. */
  readonly invalid: Set<string>;
  /** Refuses a request with an id that it knows, as some do, whatever the content. */
  refusesKnown: boolean;
  /** Called when a request is left without an answer. */
  onHang: () => void;
  /** What it keeps, in the order in which it was taken. */
  readonly kept: { readonly id: string; readonly text: string }[];
  /** Requests so far. */
  readonly requests: {
    readonly headers: IncomingMessage['headers'];
    readonly url: string;
    readonly body: string;
  }[];
  close(): Promise<void>;
}

/** Starts one on this machine. */
export async function startScriptedLrs(): Promise<ScriptedLrs> {
  const lrs = {
    script: [] as Deed[],
    invalid: new Set<string>(),
    refusesKnown: false,
    onHang: () => {},
    kept: [] as { id: string; text: string }[],
    requests: [] as ScriptedLrs['requests'],
  };
  const known = (id: string) => lrs.kept.some((each) => each.id === id);
  const answer = (response: ServerResponse, status: number, body = '', headers = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
  const keep = (body: string): readonly [status: number, body: string] => {
    const parsed: unknown = JSON.parse(body);
    const list: readonly { id: string }[] = Array.isArray(parsed) ? parsed : [parsed];
    const bad = list.find(({ id }) => lrs.invalid.has(id));
    if (bad) return [400, `statement ${bad.id} is not valid`];
    if (lrs.refusesKnown && list.some(({ id }) => known(id))) return [409, 'known'];
    for (const each of list) if (!known(each.id)) lrs.kept.push({ id: each.id, text: JSON.stringify(each) });
    return [200, JSON.stringify(list.map(({ id }) => id))];
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    lrs.requests.push({ headers: request.headers, url: request.url ?? '', body });
    const deed = lrs.script.shift() ?? 'take';
    if (deed === 'hang') return lrs.onHang();
    if (deed === 'close') return request.socket.destroy();
    if (typeof deed === 'object') return answer(response, deed.status, deed.body, deed.headers);
    const [status, text] = keep(body);
    if (deed === 'keep and close') return request.socket.destroy();
    if (deed === 'keep and fail') return answer(response, 502);
    answer(response, status, text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return Object.assign(lrs, {
    url: `http://127.0.0.1:${port}/xapi`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
