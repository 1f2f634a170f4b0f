import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssiduError } from '../../../src/base/errors.ts';
import {
  appendMembers,
  splitStatements,
  topLevelMembers,
  withoutMembers,
} from '../../../xapi/statement/raw-json.ts';

const LIMITS = { maxDepth: 200, maxKeys: 100_000 };

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof AssiduError && error.code === 'invalid-request') return error.message;
    throw error;
  }
  return 'nothing was thrown';
};

const key = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('__proto__', 'a"b', 'a\\', '\ud800', ''),
);
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 5 }),
  fc.json({ maxDepth: 5 }).map((text): unknown => JSON.parse(text)),
);
const spaced = fc.constantFrom('', ' ', '\n\t', ' \r\n ');
const members = fc.uniqueArray(fc.tuple(key, json), { selector: ([name]) => name, maxLength: 40 });

/** An object's text with the given white space between all its tokens. */
const objectText = (entries: readonly (readonly [string, unknown])[], space: string): string => {
  const written = entries.map(
    ([name, value]) => `${space}${JSON.stringify(name)}${space}:${space}${JSON.stringify(value)}${space}`,
  );
  return `${space}{${space}${written.join(',')}}${space}`;
};

describe('splitStatements', () => {
  it('always gives the elements of an array, in their own bytes', () => {
    fc.assert(
      fc.property(fc.array(json), spaced, (values, space) => {
        const texts = values.map((value) => JSON.stringify(value));
        const parts = splitStatements(
          `${space}[${space}${texts.join(`${space},${space}`)}${space}]${space}`,
          LIMITS,
        );
        expect(parts).toEqual(texts);
      }),
    );
  });

  it('gives one object as it stands', () => {
    expect(splitStatements(' {"a": 1.10, "b": 1e400, "\\u0061b": "\\u00e9"}\n', LIMITS)).toEqual([
      '{"a": 1.10, "b": 1e400, "\\u0061b": "\\u00e9"}',
    ]);
  });

  it('takes an empty array: an LMS posts one when it has nothing to say', () => {
    expect(splitStatements('[]', LIMITS)).toEqual([]);
  });

  it('always takes and refuses the same texts as JSON.parse, duplicate keys and lone scalars aside', () => {
    const token = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-0.5e+3',
      '01',
      '1.',
      'true',
      'nul',
      ' ',
      '\n',
      '"\\x"',
      '"\t"',
      '"',
      '\\',
      '"\\u00e"',
      '"\\ud83d\\ude00"',
      '\u00a0',
      '\ufeff',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const text = `[${tokens.join('')}]`;
        let parsed = true;
        try {
          JSON.parse(text);
        } catch {
          parsed = false;
        }
        const message = messageOf(() => splitStatements(text, LIMITS));
        if (!message.includes('is used twice')) expect(message === 'nothing was thrown').toBe(parsed);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['', 'line 1, column 1: expected a value, found the end of the text'],
    ['[\n{"a":1},\n{"b":}]', 'line 3, column 6: expected a value, found "}"'],
    ['[1', 'line 1, column 3: expected "," or "]", found the end of the text'],
    ['{"a" 1}', 'line 1, column 6: expected ":", found "1"'],
    ['{a:1}', 'line 1, column 2: expected a key in double quotes, found "a"'],
    ['{"a":1,}', 'line 1, column 8: expected a key in double quotes, found "}"'],
    ['{"a":"x\ny"}', 'line 1, column 8: a control character must be escaped in a string'],
    ['{"a":"\\u12g4"}', 'line 1, column 7: a \\u escape needs four hexadecimal digits'],
    ['{"a":"\\', 'line 1, column 7: unknown escape in a string'],
    ['["abc', 'line 1, column 2: a string is not closed'],
    ['{}{}', 'line 1, column 3: expected the end of the text, found "{"'],
    ['{"a":1,"b":{"c":1,"c":2}}', 'line 1, column 19: the key "c" is used twice'],
    ['{"ab":1,"\\u0061b":2}', 'line 1, column 9: the key "ab" is used twice'],
    ['"text"', 'expected a statement or an array of statements'],
  ])('refuses %j, saying where', (text, message) => {
    expect(messageOf(() => splitStatements(text, LIMITS))).toContain(message);
  });

  it('finds a key used twice among hundreds', () => {
    const keys = Array.from({ length: 300 }, (_, index) => `"k${index}":0`);
    expect(splitStatements(`{${keys.join(',')}}`, LIMITS)).toHaveLength(1);
    expect(messageOf(() => splitStatements(`{${keys.join(',')},"k7":1}`, LIMITS))).toContain(
      '"k7" is used twice',
    );
  });

  it('holds to its limits', () => {
    expect(messageOf(() => splitStatements('[[[1]]]', { ...LIMITS, maxDepth: 2 }))).toContain(
      'nested deeper than 2 levels',
    );
    expect(splitStatements('[[[1]]]', { ...LIMITS, maxDepth: 3 })).toHaveLength(1);
    expect(messageOf(() => splitStatements('[{"a":1},{"b":1}]', { ...LIMITS, maxKeys: 1 }))).toContain(
      'more than 1 keys',
    );
  });

  it('refuses 5 MB of nesting at once, and never overflows the stack even without limits', () => {
    const deep = '['.repeat(5_000_000);
    const started = performance.now();
    expect(messageOf(() => splitStatements(deep, LIMITS))).toContain('nested deeper than 200 levels');
    expect(performance.now() - started).toBeLessThan(200);
    const unlimited = { maxDepth: Number.POSITIVE_INFINITY, maxKeys: Number.POSITIVE_INFINITY };
    expect(messageOf(() => splitStatements(deep, unlimited))).toContain('found the end of the text');
    expect(messageOf(() => splitStatements('{"a":'.repeat(1_000_000), unlimited))).toContain(
      'found the end of the text',
    );
  });
});

describe('topLevelMembers', () => {
  it('always finds every member, its key and its value', () => {
    fc.assert(
      fc.property(members, spaced, (entries, space) => {
        const text = objectText(entries, space);
        const found = topLevelMembers(text).map((member) => {
          expect(
            JSON.parse(
              text.slice(member.start, text.indexOf(':', member.start + JSON.stringify(member.key).length)),
            ),
          ).toBe(member.key);
          return [member.key, text.slice(member.valueStart, member.end)];
        });
        expect(found).toEqual(entries.map(([name, value]) => [name, JSON.stringify(value)]));
      }),
    );
  });

  it('refuses what is not an object', () => {
    expect(messageOf(() => topLevelMembers('[]'))).toContain('expected a JSON object');
  });
});

const bytesOf = (text: string): readonly (readonly [string, string])[] =>
  topLevelMembers(text).map((member) => [member.key, text.slice(member.start, member.end)]);

describe('withoutMembers and appendMembers', () => {
  it('never change the bytes or the order of other members', () => {
    fc.assert(
      fc.property(members, spaced, fc.func(fc.boolean()), (entries, space, drops) => {
        const text = objectText(entries, space);
        const dropped = new Set(entries.map(([name]) => name).filter((name) => drops(name)));
        const kept = bytesOf(text).filter(([name]) => !dropped.has(name));
        expect(bytesOf(withoutMembers(text, dropped))).toEqual(kept);
      }),
    );
    fc.assert(
      fc.property(members, spaced, members, (entries, space, more) => {
        const text = objectText(entries, space);
        const names = new Set(entries.map(([name]) => name));
        const added = more
          .filter(([name]) => !names.has(name))
          .map(([name, value]) => [name, JSON.stringify(value)] as const);
        const result = bytesOf(appendMembers(text, added));
        expect(result).toEqual([
          ...bytesOf(text),
          ...added.map(([name, value]) => [name, `${JSON.stringify(name)}:${value}`]),
        ]);
      }),
    );
  });

  it('keep digits, escapes and key order', () => {
    const text = '{"z":1.10,"stored":"x","a":1e400,"\\u00e9":"\\u0041\\/"}';
    const kept = withoutMembers(text, new Set(['stored', 'id']));
    expect(kept).toBe('{"z":1.10,"a":1e400,"\\u00e9":"\\u0041\\/"}');
    expect(appendMembers(kept, [['stored', '"now"']])).toBe(
      '{"z":1.10,"a":1e400,"\\u00e9":"\\u0041\\/","stored":"now"}',
    );
    expect(
      appendMembers('{ }', [
        ['a', '1'],
        ['b', '2'],
      ]),
    ).toBe('{ "a":1,"b":2}');
    expect(appendMembers(text, [])).toBe(text);
    expect(withoutMembers('{"a":1}', new Set(['a']))).toBe('{}');
  });

  it('refuse what is not an object', () => {
    expect(messageOf(() => appendMembers('1', [['a', '1']]))).toContain('expected a JSON object');
  });
});
