import type { Sent } from '../exchange.ts';
import { WORDS } from '../odd.ts';
import type { Random } from '../random.ts';
import type { Trial } from '../trial.ts';

type Headers = Record<string, string>;

const NAMES = [
  ...[
    'X-Experience-API-Version',
    'Authorization',
    'Content-Type',
    'If-Match',
    'If-None-Match',
    'Accept-Language',
  ],
  ...[
    'Accept',
    'Accept-Encoding',
    'Accept-Charset',
    'Origin',
    'Access-Control-Request-Method',
    'Cookie',
    'Range',
  ],
  ...[
    'X-Forwarded-For',
    'X-Forwarded-Proto',
    'X-Forwarded-Host',
    'X-HTTP-Method-Override',
    'If-Modified-Since',
  ],
  ...[
    'X-Experience-API-Hash',
    'Content-Encoding',
    'Content-Language',
    'Referer',
    'User-Agent',
    '__proto__',
    'Via',
  ],
];
const VALUES = [
  ...[
    '1.0',
    '1.0.0',
    '1.0.9',
    '1.0.3 ',
    '0.95',
    '2.0',
    '2.0.1',
    '3',
    '1.0.3, 2.0.0',
    '*',
    '"',
    'W/"a"',
    '"a","b"',
  ],
  ...[
    'Basic',
    'Basic !',
    'Basic Og==',
    'Basic 4pyT',
    'Bearer x',
    'Basic YTpi, Basic YTpi',
    'Digest username="a"',
  ],
  ...[
    'fr-FR;q=0.9,en;q=0.8,*;q=0',
    'fr;q=2',
    ';;;,,',
    `${'fr,'.repeat(1_000)}`,
    'i-',
    'application/json; charset=utf-16',
  ],
  ...[
    'application/json;',
    'application/',
    '/',
    'text/html',
    'application/x+json',
    'multipart/mixed',
    'multipart/mixed; boundary=',
  ],
  ...[
    'http://localhost',
    'null',
    'bytes=0-',
    'gzip',
    'identity',
    'chunked',
    'x'.repeat(7_000),
    '\u00ff\u00fe',
    '0',
    '-1',
  ],
];

/** A value that a header may hold on the wire. */
export function headerValue(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
}

/** One of the keys, mostly the one that may do everything; now and then none, or a wrong one. */
export function authorization({ random, world: { keys } }: Trial): string | null {
  const draw = random.below(100);
  if (draw < 82) return keys.main;
  if (draw < 87) return keys.lenient;
  if (draw < 91) return keys.bound;
  if (draw < 94) return keys.reader;
  if (draw < 97) return keys.limited;
  return random.pick([
    null,
    `${keys.main.slice(0, -5)}`,
    `Basic ${random.bytes(20).toString('base64')}`,
    'Basic',
  ]);
}

/** A request to the LRS as its clients send it; one in ten has a header that is out of the ordinary. */
export function toLrs(
  trial: Trial,
  method: string,
  path: string,
  body: Buffer | null = null,
  type = 'application/json',
): Sent {
  const { random } = trial;
  const version = random.pick(['1.0.3', '1.0.3', '1.0.3', '1.0.3', '2.0.0', '2.0.0', '1.0.1', '1.0']);
  const key = authorization(trial);
  const headers: Headers = {
    ...(key === null ? {} : { Authorization: key }),
    'X-Experience-API-Version': version,
    ...(body === null ? {} : { 'Content-Type': type }),
  };
  return { method, path, headers: random.chance(0.1) ? withOddHeader(random, headers) : headers, body };
}

/** A header too many, too few, or of a strange value. */
export function withOddHeader(random: Random, headers: Headers): Headers {
  const name = random.pick(random.chance(0.3) ? Object.keys(headers).concat('Accept') : NAMES);
  const others = Object.entries(headers).filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  const value = random.chance(0.2) ? null : headerValue(random.pick(random.chance(0.5) ? VALUES : WORDS));
  return Object.fromEntries(value === null ? others : [...others, [name, value]]);
}
