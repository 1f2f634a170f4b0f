import type { Random } from './random.ts';

/** Keys that mean something to xAPI, to JavaScript, or to nobody. */
const KEYS = [
  ...[
    'id',
    'actor',
    'verb',
    'object',
    'result',
    'context',
    'attachments',
    'timestamp',
    'stored',
    'authority',
  ],
  ...['version', 'objectType', 'name', 'mbox', 'mbox_sha1sum', 'openid', 'account', 'homePage', 'member'],
  ...[
    'display',
    'definition',
    'type',
    'moreInfo',
    'extensions',
    'interactionType',
    'correctResponsesPattern',
  ],
  ...['choices', 'scale', 'source', 'target', 'steps', 'score', 'scaled', 'raw', 'min', 'max', 'success'],
  ...['completion', 'response', 'duration', 'registration', 'instructor', 'team', 'contextActivities'],
  ...['parent', 'grouping', 'category', 'other', 'revision', 'platform', 'language', 'statement'],
  ...['contextAgents', 'contextGroups', 'usageType', 'contentType', 'length', 'sha2', 'fileUrl', 'Actor'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'valueOf'],
  ...[
    '',
    ' ',
    '\u0000',
    '\ud83d',
    '$set',
    'a.b',
    '@timestamp',
    'é',
    '\u202e',
    "'; --",
    '%00',
    '\ufeffid',
    '0',
  ],
];

/** JSON texts that are hard on whoever reads them; the last ones are no JSON. */
const SCALARS = [
  ...['null', 'true', 'false', '0', '-0', '-0.0e-0', '1', '-1', '1.50', '0.1e1', '1e400', '-1e400', '1e-400'],
  ...['9007199254740993', '12345678901234567890.10', '2147483648', '4294967296', '1E+2', '5e-324'],
  ...['""', '" "', '"\\u0000"', '"a\\u0000b"', '"\\ud83d"', '"\\ude00\\ud83d"', '"\\ufeff"', '"\\u202e"'],
  ...['"null"', '"true"', '"1"', '"__proto__"', '"[object Object]"', '"<script>"', '"../../etc"', '"%00"'],
  ...['"Agent"', '"Group"', '"Activity"', '"SubStatement"', '"StatementRef"', '"Person"', '"choice"'],
  ...[
    '"mailto:a@b.org"',
    '"mailto:"',
    '"mailto:\\u0000@b"',
    '"http://"',
    '"http://[::1"',
    '"urn:x"',
    '"a:b"',
  ],
  ...['"2026-01-05T10:00:00Z"', '"2026-01-05T10:00:00+25:00"', '"-271821-04-20T00:00:00Z"', '"2026-W01-1"'],
  ...['"+275760-09-13T00:00:00.001Z"', '"9999-12-31T23:59:60Z"', '"0000-00-00T00:00:00Z"', '"1e3"'],
  ...['"2026-01-05T10:00:00-00:00"', '"0001-01-01T00:00:00Z"', '"PT1S"', '"P1Y2M3DT4H5M6.7S"', '"P"', '"PT"'],
  ...['"fr"', '"fr-"', '"i-klingon"', '"x-"', '"1.0.3"', '"2.0.0"', '"application/json; charset"'],
  ...['"http://adlnet.gov/expapi/verbs/voided"', '"http://adlnet.gov/expapi/attachments/signature"'],
  ...['{}', '[]', '[[]]', '[{}]', '{"a":{}}', '{"__proto__":{"x":1}}', '{"":""}', '[null]', '{"fr":null}'],
  ...['{"mbox":"mailto:x@y.org"}', '{"id":"http://example.org/a"}', '{"objectType":"Agent"}'],
  ...[
    'NaN',
    'Infinity',
    'undefined',
    '01',
    '1.',
    '.5',
    '+1',
    '0x10',
    "'a'",
    '"\\x"',
    '"\u0000"',
    '"',
    '{',
    ']',
    '',
  ],
];

/** A key, mostly one that means something. */
export function oddKey(random: Random): string {
  return random.chance(0.01) ? 'k'.repeat(1 + random.below(100_000)) : random.pick(KEYS);
}

/** A JSON text, or now and then something that is none. */
export function oddScalar(random: Random): string {
  if (random.chance(0.03)) return '9'.repeat(1 + random.below(5_000));
  if (random.chance(0.03)) return JSON.stringify('n'.repeat(1 + random.below(50_000)));
  if (random.chance(0.02)) return JSON.stringify(random.bytes(random.below(60)).toString('latin1'));
  return random.pick(SCALARS);
}

/** Texts for where a word is expected: in parameters, paths and headers. */
export const WORDS: readonly string[] = [
  ...['', ' ', '0', '1', '-1', '1.5', '1e3', '99999999999999999999', 'NaN', 'true', 'TRUE', 'false', 'null'],
  ...['ids', 'exact', 'canonical', 'undefined', '[]', '{}', '[object Object]', '__proto__', 'constructor'],
  ...[
    '\u0000',
    'a\u0000b',
    '\ud83d',
    'é',
    '\u202e',
    '\ufeff',
    '😀',
    "' OR 1=1 --",
    '%',
    '%00',
    '..',
    '../..',
  ],
  ...[
    '2026-01-05',
    '2026-01-05T10:00:00Z',
    '2026-13-45',
    '+275760-09-13T00:00:00.001Z',
    '0000-01-01T00:00:00Z',
  ],
  ...['-271821-04-20T00:00:00Z', '9999-12-31T23:59:59.999999999Z', '2026-01-05T10:00:00+25:00', '1', '501'],
  ...['c', 'YzA', 's1', 'czE', 'czk5OTk5OTk5OTk5OTk5OTk', 'AAAA', '====', 'a=b&c=d', 'x'.repeat(3_000)],
  ...[
    '{"mbox":"mailto:learner@example.org"}',
    '{"mbox":1}',
    '{"account":{}}',
    '{"objectType":"Group","member":[]}',
  ],
  ...[
    'http://example.org/a',
    'http://',
    'urn:x',
    'a:b',
    'javascript:1',
    'mailto:a@b',
    'http://example.org/ a',
  ],
];
