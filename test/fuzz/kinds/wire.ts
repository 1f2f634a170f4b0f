import { mutateBytes } from '../mutate-bytes.ts';
import type { Random } from '../random.ts';
import type { Kind, Trial } from '../trial.ts';
import { oddBody } from './statements.ts';

interface Written {
  readonly lines: readonly string[];
  readonly body: Buffer;
}

const LIES: readonly ((random: Random, written: Written) => Written)[] = [
  (random, { lines, body }) => ({
    lines: [...lines, `Content-Length: ${body.length + 1 + random.below(500)}`],
    body,
  }),
  (random, { lines, body }) => ({
    lines: [...lines, `Content-Length: ${random.below(body.length + 1)}`],
    body,
  }),
  ({ pick }, { lines, body }) => ({
    lines: [
      ...lines,
      `Content-Length: ${pick(['-1', '+5', '1e3', '0x10', '', ' ', '9'.repeat(30), '5, 5', '5\r\nContent-Length: 6'])}`,
    ],
    body,
  }),
  (_random, { lines, body }) => ({
    lines: [...lines, `Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'],
    body,
  }),
  (random, { lines, body }) => ({
    lines: [...lines, 'Transfer-Encoding: chunked'],
    body: Buffer.concat([
      Buffer.from(
        random.pick([
          `${body.length.toString(16)}\r\n`,
          'zz\r\n',
          'ffffffffffffffff\r\n',
          '-1\r\n',
          '5;x="\r\n',
        ]),
      ),
      body,
    ]),
  }),
  (random, { lines, body }) => ({
    lines: [...lines, 'Transfer-Encoding: chunked'],
    body: Buffer.concat([
      Buffer.from(`${body.length.toString(16)}\r\n`),
      body,
      Buffer.from(random.pick(['\r\n0\r\n\r\n', '\r\n0\r\nX-Trailer: y\r\n\r\n', '\r\n0', ''])),
    ]),
  }),
  (random, { lines, body }) => ({
    lines: [
      ...lines,
      random.pick(['Expect: 100-continue', 'Expect: more', 'Upgrade: websocket\r\nConnection: Upgrade']),
      `Content-Length: ${body.length}`,
    ],
    body,
  }),
  (random, { lines, body }) => ({
    lines: [
      ...lines,
      random.pick([
        '\u0000: a',
        'A\u0000: b',
        ' x: y',
        'A : b',
        'A',
        `A: ${'x'.repeat(20_000)}`,
        'A: \u0001',
        'Host: a',
        'é: é',
      ]),
    ],
    body,
  }),
  (random, { lines: [, ...rest], body }) => ({
    lines: [
      random.pick([
        ...[
          'GET',
          'GET /',
          'GET / HTTP/0.9',
          'GET / HTTP/2.0',
          'get /healthz HTTP/1.1',
          'GET  / HTTP/1.1',
          'GET * HTTP/1.1',
        ],
        ...[
          'CONNECT localhost:9 HTTP/1.1',
          'OPTIONS * HTTP/1.1',
          'GET http://elsewhere.example/xapi/about HTTP/1.1',
          'PRI * HTTP/2.0',
        ],
        ...[
          'GET //elsewhere.example/xapi/about HTTP/1.1',
          'GET /\u0000 HTTP/1.1',
          'GET /\u00e9 HTTP/1.1',
          'GET /xapi/about?\u00ff HTTP/1.1',
        ],
        ...[
          `GET /${'a'.repeat(20_000)} HTTP/1.1`,
          'GET http://[/ HTTP/1.1',
          'GET ?a HTTP/1.1',
          'GET xapi/about HTTP/1.1',
          'GET /%s HTTP/1.0',
        ],
      ]),
      ...rest,
    ],
    body,
  }),
  (_random, { lines, body }) => ({ lines, body }),
];

function written(trial: Trial): Buffer {
  const { random, world } = trial;
  const plain = {
    lines: [
      `POST ${random.pick(['/xapi/statements', '/xapi/statements', '/api/v1/content-keys', '/lti/login'])} HTTP/1.1`,
      ...(random.chance(0.9) ? ['Host: localhost'] : []),
      `Authorization: ${world.keys.main}`,
      'X-Experience-API-Version: 1.0.3',
      `Content-Type: ${random.pick(['application/json', 'multipart/mixed; boundary=a', 'application/x-www-form-urlencoded'])}`,
    ],
    body: Buffer.from(oddBody(trial, new Set())),
  };
  const { lines, body } = random.pick(LIES)(random, plain);
  const end = random.chance(0.95) ? '\r\n' : '\n';
  const bytes = Buffer.concat([Buffer.from(`${lines.join(end)}${end}${end}`, 'latin1'), body]);
  return random.chance(0.2) ? mutateBytes(random, bytes) : bytes;
}

export const wireKind: Kind = {
  name: 'lies on the wire',
  share: 5,
  run: (trial) => {
    const { random } = trial;
    const bytes = Buffer.concat(Array.from({ length: random.chance(0.1) ? 3 : 1 }, () => written(trial)));
    const at = random.below(bytes.length + 1);
    const pieces = random.chance(0.5) ? [bytes] : [bytes.subarray(0, at), bytes.subarray(at)];
    return trial.write(random.chance(0.3) ? pieces.slice(0, 1) : pieces, random.chance(0.5));
  },
};
