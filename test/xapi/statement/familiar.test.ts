import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssiduError } from '../../../src/base/errors.ts';
import type { AcceptedStatement, AcceptLimits } from '../../../xapi/statement/accepted.ts';
import { createFamiliarParts } from '../../../xapi/statement/familiar/parts.ts';
import { readFamiliar } from '../../../xapi/statement/familiar/read-statements.ts';
import { readRawStatements } from '../../../xapi/statement/raw-json.ts';
import type { XapiVersion } from '../../../xapi/statement/types.ts';
import { validateStatement } from '../../../xapi/statement/validate.ts';
import { changed, complete, type Loose, minimal } from './samples.ts';

const LIMITS: AcceptLimits = { maxDepth: 12, maxKeys: 300, maxStatements: 4 };
const VERSIONS = ['1.0.3', '2.0.0'] as const;

/** What a reading in full accepts of a text; null where it refuses. */
const readInFull = (text: string, version: XapiVersion): readonly AcceptedStatement[] | null => {
  try {
    const { parts } = readRawStatements(text, LIMITS);
    if (parts.length > LIMITS.maxStatements) return null;
    const read = parts.map((raw) => ({ raw, validation: validateStatement(JSON.parse(raw), version) }));
    const accepted = read.flatMap(({ raw, validation }) =>
      validation.ok ? [{ raw, statement: validation.statement }] : [],
    );
    const ids = accepted.flatMap(({ statement }) => statement.id?.toLowerCase() ?? []);
    return accepted.length < read.length || new Set(ids).size < ids.length ? null : accepted;
  } catch (error) {
    if (error instanceof AssiduError) return null;
    throw error;
  }
};
const json = (...statements: readonly unknown[]): string => JSON.stringify(statements);
const read = (text: string, version: XapiVersion = '1.0.3') => readFamiliar(text, version, LIMITS);

const registration = '11111111-2222-4333-8444-555555555555';
const bases: readonly Loose[] = [
  minimal(),
  complete(),
  changed(complete(), 'id', undefined),
  changed(minimal(), 'context', { registration, platform: 'Moodle', language: 'fr' }),
  changed(minimal(), 'verb.id', 'http://adlnet.gov/expapi/verbs/voided'),
  changed(minimal(), 'object', { objectType: 'StatementRef', id: registration }),
  changed(minimal(), 'object', { objectType: 'Agent', mbox: 'mailto:b@example.org' }),
  changed(minimal(), 'context', {
    contextAgents: [{ objectType: 'contextAgent', agent: { mbox: 'mailto:c@example.org' } }],
  }),
];
const paths = [
  ...['id', 'actor', 'verb', 'object', 'result', 'context', 'timestamp', 'stored', 'authority', 'version'],
  ...['attachments', 'else', 'actor.name', 'actor.mbox', 'verb.id', 'verb.display', 'object.id'],
  ...['object.objectType', 'object.definition', 'result.score', 'result.score.raw', 'result.duration'],
  ...['context.registration', 'context.platform', 'context.revision', 'context.language', 'context.team'],
  ...['context.contextActivities', 'context.contextActivities.parent', 'context.extensions', 'context.else'],
];
const value = fc.oneof(
  fc.constantFrom<unknown>(
    ...[undefined, null, '', 'x', 1, true, [], {}, registration, '1.0.0', '2.0.0', 'fr-FR', 'é\u0000"\\'],
    ...['2026-09-07T08:30:00Z', '2026-09-07T08:30:00.25+02:00', '2026-02-30T00:00:00Z', 'urn:assidu:x'],
    ...[{ mbox: 'mailto:a@example.org' }, { id: 'urn:x' }, [{ id: 'urn:x' }], { id: 'urn:x', name: 1 }],
    ...[{ objectType: 'Group', member: [{ mbox: 'mailto:a@example.org' }] }, { completion: true }],
  ),
  fc.jsonValue({ maxDepth: 14 }),
);
const statement = fc
  .tuple(fc.constantFrom(...bases), fc.array(fc.tuple(fc.constantFrom(...paths), value), { maxLength: 2 }))
  .map(([base, changes]) => changes.reduce((made, [path, other]) => changed(made, path, other), base));
/** The same text but for what is cut out of it here and there, and put in. */
const spoilt = (text: string, spoils: readonly (readonly [number, number, string])[]): string =>
  spoils.reduce((made, [at, cut, put]) => {
    const place = at % (made.length + 1);
    return made.slice(0, place) + put + made.slice(place + cut);
  }, text);
const junk = fc.constantFrom(
  '',
  ' ',
  '\n',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\u0001',
  'é',
  '1',
  'null',
  '\\u0041',
);
const spoils = fc.array(fc.tuple(fc.nat(), fc.nat(2), junk), { maxLength: 2 });
const body = fc
  .tuple(fc.array(statement, { minLength: 1, maxLength: 5 }), fc.boolean(), fc.constantFrom(0, 2), spoils)
  .map(([all, listed, indent, spoilsOfIt]) =>
    spoilt(JSON.stringify(listed ? all : all[0], null, indent), spoilsOfIt),
  );

describe('reading statements whose parts are familiar', () => {
  it('answers what a reading in full answers, or leaves it to that', () => {
    let answered = 0;
    fc.assert(
      fc.property(body, fc.constantFrom(...VERSIONS), (text, version) => {
        const inFull = readInFull(text, version);
        // The second time its parts have been met.
        for (const found of [read(text, version), read(text, version)]) {
          if (found === null) continue;
          answered += 1;
          expect(found).toEqual(inFull);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(answered).toBeGreaterThan(500);
  });

  it.each(VERSIONS)('takes every kind of statement, met before or not (%s)', (version) => {
    for (const base of bases) {
      const text = json(base, minimal());
      const inFull = readInFull(text, version);
      expect(read(text, version)).toEqual(inFull);
      expect(read(`\n ${text} `, version)).toEqual(inFull);
      expect(read(JSON.stringify(base), version)?.length).toBe(inFull === null ? undefined : 1);
    }
  });

  it('is not led astray by what strings hold', () => {
    const odd = 'said "]}" \\ and "\\" \u00e9\n{[';
    const told = changed(changed(minimal(), 'result', { response: odd }), 'actor.name', odd);
    expect(read(json(told, told))).toEqual(readInFull(json(told, told), '1.0.3'));
    expect(read(json(told))).toHaveLength(1);
  });

  const plain = JSON.stringify(minimal());
  const inside = plain.slice(1, -1);
  const at = (platform: string) =>
    `{${inside},"context":{"registration":"${registration}","platform":"${platform}"}}`;
  it.each([
    ['a member twice', `{${inside},"verb":{"id":"urn:v"}}`],
    ['a registration twice', at(`x","registration":"${registration}`)],
    ['an id twice', `[{${inside},"id":"${registration}"},{${inside},"id":"${registration}"}]`],
    [
      'an id again in capitals',
      `[{${inside},"id":"ab${registration.slice(2)}"},{${inside},"id":"AB${registration.slice(2)}"}]`,
    ],
    ['a control character', at('a\u0009b')],
    ['an escape that is none', at('a\\x')],
    ['an open string', `{${inside},"version":"1.0.0`],
    ['text behind it', `${plain}x`],
    ['two arrays', `[${plain}][${plain}]`],
    ['a comma too many', `[${plain},]`],
    ['no comma', `[${plain}${plain}]`],
    ['an open array', `[${plain}`],
    ['brackets that do not fit', `[${plain}}`],
    ['a key without quotes', `{id:"${registration}",${inside}}`],
    ['nothing', ''],
  ])('leaves %s to a reading in full, which refuses it', (_what, text) => {
    for (const version of VERSIONS) {
      expect(readInFull(text, version)).toBeNull();
      expect(read(text, version)).toBeNull();
    }
  });

  it('takes an escape in a short text as a reading in full does', () => {
    for (const platform of ['a\\u0041', 'a\\\\', 'a\\"b']) {
      const inFull = readInFull(at(platform), '1.0.3');
      expect(inFull).toHaveLength(1);
      expect(read(at(platform))).toEqual(inFull);
    }
  });

  it('gives a part that was met before as one and the same object', () => {
    const [first, second] = [read(json(complete())), read(json(changed(complete(), 'timestamp', undefined)))];
    expect(first?.[0]?.statement.object).toBe(second?.[0]?.statement.object);
    const around = first?.[0]?.statement.context?.contextActivities;
    expect(around).toBeDefined();
    expect(around).toBe(second?.[0]?.statement.context?.contextActivities);
  });

  it('never takes a part for what it is not elsewhere', () => {
    const actor = { mbox: 'mailto:someone@example.org' };
    expect(read(json(changed(minimal(), 'actor', actor)))).toHaveLength(1);
    expect(read(json(changed(minimal(), 'object', actor)))).toBeNull();
    const agents = { contextAgents: [{ objectType: 'contextAgent', agent: actor }] };
    expect(read(json(changed(minimal(), 'context', agents)), '2.0.0')).toHaveLength(1);
    expect(read(json(changed(minimal(), 'context', agents)), '1.0.3')).toBeNull();
    const verb = { id: 'http://adlnet.gov/expapi/verbs/voided' };
    const reference = { objectType: 'StatementRef', id: registration };
    expect(read(json({ ...minimal(), verb, object: reference }))).toHaveLength(1);
    expect(read(json({ ...minimal(), verb }))).toBeNull();
    const revised = { revision: '2', platform: 'Moodle', registration };
    expect(read(json({ ...minimal(), context: revised }))).toHaveLength(1);
    expect(read(json({ ...minimal(), object: reference, context: revised }))).toBeNull();
  });

  it('counts what is familiar towards the limits where it stands', () => {
    const nested = (levels: number): unknown =>
      levels === 0 ? 1 : { [`urn:${levels}`]: nested(levels - 1) };
    const deep = (levels: number) => changed(minimal(), 'result', { extensions: nested(levels) });
    // An array, a statement, its result and the extensions' levels.
    expect(read(json(deep(LIMITS.maxDepth - 3)))).toHaveLength(1);
    expect(read(JSON.stringify(deep(LIMITS.maxDepth - 2)))).toHaveLength(1);
    expect(read(json(deep(LIMITS.maxDepth - 2)))).toBeNull();
    const many = changed(minimal(), 'result', {
      extensions: Object.fromEntries(Array.from({ length: 140 }, (_, index) => [`urn:${index}`, index])),
    });
    expect(read(json(many))).toHaveLength(1);
    expect(read(json(many, many))).toHaveLength(2);
    expect(read(json(many, many, minimal(), minimal()))).toBeNull();
    expect(read(json(...Array(5).fill(minimal())))).toBeNull();
  });
});

describe('familiar parts', () => {
  const part = (value: unknown) => ({ value, depth: 0, keys: 0, valid: 1 });
  const long = (n: number) => `${n} `.padEnd(5_000, 'x');

  it('are those that were asked for lately', () => {
    const parts = createFamiliarParts();
    parts.note('often', part('often'));
    parts.note('once', part('once'));
    for (let n = 0; n < 1_000; n += 1) {
      parts.note(long(n), part(n));
      expect(parts.find('often')?.value).toBe('often');
    }
    expect(parts.find('once')).toBeUndefined();
    const kept = Array.from({ length: 1_000 }, (_, n) => parts.find(long(n))).filter(Boolean);
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.length).toBeLessThan(500);
  });

  it('are found by the whole of their text only, and never when they are very long', () => {
    const parts = createFamiliarParts();
    parts.note('{"a":1}', part(1));
    expect(parts.find('{"a":1} ')).toBeUndefined();
    expect(parts.find('{"a":1')).toBeUndefined();
    parts.note('\ud800', part(2));
    expect(parts.find('\ud800')?.value).toBe(2);
    expect(parts.find('\ufffd')).toBeUndefined();
    parts.note('x'.repeat(9_000), part(3));
    expect(parts.find('x'.repeat(9_000))).toBeUndefined();
  });
});
