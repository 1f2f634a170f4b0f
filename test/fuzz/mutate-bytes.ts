import type { Random } from './random.ts';

const INSERTED: readonly Buffer[] = [
  ...[
    [0],
    [0xff],
    [0xc3],
    [0xed, 0xa0, 0x80],
    [0xc0, 0xaf],
    [0xf4, 0x90, 0x80, 0x80],
    [0xef, 0xbb, 0xbf],
  ].map((each) => Buffer.from(each)),
  ...[
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\r\n',
    '\r',
    '--',
    '/**/',
    '\\u',
    '1',
    '-',
    '\t',
    '\u2028',
  ].map((each) => Buffer.from(each)),
];

const CHANGES: readonly ((random: Random, bytes: Buffer, at: number) => Buffer)[] = [
  (random, bytes, at) => spliced(bytes, at, 1, Buffer.from([(bytes[at] ?? 0) ^ (1 << random.below(8))])),
  (random, bytes, at) => spliced(bytes, at, 1, random.bytes(1)),
  (random, bytes, at) => spliced(bytes, at, 0, random.pick(INSERTED)),
  (random, bytes, at) => spliced(bytes, at, 0, random.pick(INSERTED)),
  (random, bytes, at) => spliced(bytes, at, 1 + random.below(30), Buffer.alloc(0)),
  (_random, bytes, at) => bytes.subarray(0, at),
  (_random, bytes, at) => bytes.subarray(at),
  (random, bytes, at) => spliced(bytes, at, 0, bytes.subarray(at, at + random.below(200))),
  (random, bytes, at) => spliced(bytes, at, 0, random.bytes(random.below(40))),
  (_random, bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  (_random, bytes) => Buffer.concat([bytes, bytes]),
  (_random, bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
];

/** Cuts, flips and fills in bytes, up to four times. */
export function mutateBytes(random: Random, bytes: Buffer): Buffer {
  let changed = bytes;
  const times = 1 + random.below(4);
  for (let time = 0; time < times; time += 1)
    changed = random.pick(CHANGES)(random, changed, random.below(changed.length + 1));
  return changed;
}

function spliced(bytes: Buffer, at: number, removed: number, put: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + removed)]);
}
