import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { mutateBytes } from '../mutate-bytes.ts';
import type { Random } from '../random.ts';
import type { Kind, Trial } from '../trial.ts';
import { oddBody } from './statements.ts';
import { headerValue, toLrs, withOddHeader } from './to-lrs.ts';

const PACK = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  'gzip, gzip': (bytes: Buffer) => gzipSync(gzipSync(bytes)),
  identity: (bytes: Buffer) => bytes,
  zstd: (bytes: Buffer) => bytes,
} as const;
const TYPES = [
  ...[
    'application/json',
    'application/json; charset=utf-8',
    'application/json; charset="UTF-8"',
    'APPLICATION/JSON',
  ],
  ...[
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json; charset=x-none',
  ],
  ...[
    'application/vnd.x+json',
    'text/plain',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'json',
  ],
];

/** 100 MB that come as 100 kB: made once, it is the same for all. */
let bomb: Buffer | undefined;

function packed(random: Random, text: string): { readonly encoding: string; readonly bytes: Buffer } {
  if (random.chance(0.003)) {
    bomb ??= gzipSync(Buffer.alloc(100_000_000, ' '));
    return { encoding: 'gzip', bytes: bomb };
  }
  const [encoding, pack] = random.pick(Object.entries(PACK));
  const bytes = pack(Buffer.from(text));
  return { encoding, bytes: random.chance(0.4) ? mutateBytes(random, bytes) : bytes };
}

/** Megabytes of something. */
function large(random: Random): Buffer {
  const size = random.pick([1, 5, 20, 21]) * 1_048_576;
  const unit = random.pick([' ', '[', '{"a":', '"', '0', '{},', 'null,', '[{},', '\u0000', '"\\u0000",']);
  return Buffer.from(unit.repeat(Math.ceil(size / unit.length)));
}

export const encodingKinds: readonly Kind[] = [
  {
    name: 'content encodings, types and other headers',
    share: 80,
    run: (trial: Trial) => {
      const { random } = trial;
      const { encoding, bytes } = random.chance(0.5)
        ? packed(random, oddBody(trial, new Set()))
        : { encoding: null, bytes: Buffer.from(oddBody(trial, new Set())) };
      const sent = toLrs(trial, 'POST', '/xapi/statements', bytes, headerValue(random.pick(TYPES)));
      const headers = { ...sent.headers, ...(encoding === null ? {} : { 'Content-Encoding': encoding }) };
      return trial.send({ ...sent, headers: withOddHeader(random, withOddHeader(random, headers)) });
    },
  },
  {
    name: 'megabytes of nothing',
    share: 0.3,
    run: (trial) => {
      const path = trial.random.pick([
        '/xapi/statements',
        '/xapi/statements?assidu:onInvalid=skip',
        '/api/v1/content-keys',
      ]);
      return trial.send(toLrs(trial, 'POST', path, large(trial.random)));
    },
  },
];
