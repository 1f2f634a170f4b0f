import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factLine, readFactLines } from '../../src/cohorts/fact-lines.ts';
import { place, placesOf } from '../../src/progress/place.ts';
import { unionLength } from '../../src/progress/unit-spells.ts';
import type { Statement } from '../../xapi/statement/types.ts';
import { validateStatement } from '../../xapi/statement/validate.ts';
import { readStatement } from '../../xapi/vocabulary/read-statement.ts';
import { cohortOf } from '../support/scene.ts';

const ADL = 'http://adlnet.gov/expapi';
const CMI5 = 'https://w3id.org/xapi/cmi5';
const VIDEO = 'https://w3id.org/xapi/video/extensions';
const UNIT = 'https://lms.example/unit/a';
const COURSE = 'https://lms.example/course/1';

const verbs = [
  ...['completed', 'passed', 'attempted', 'progressed', 'scored', 'attended', 'registered', 'launched'].map(
    (name) => `${ADL}/verbs/${name}`,
  ),
  'http://activitystrea.ms/join',
  'http://id.tincanapi.com/verb/viewed',
  'http://id.tincanapi.com/verb/earned',
  'https://w3id.org/xapi/adl/verbs/waived',
  'https://w3id.org/xapi/adl/verbs/satisfied',
  'https://w3id.org/xapi/video/verbs/paused',
  'https://w3id.org/xapi/tla/verbs/resumed',
  'https://xapi.edlm/profiles/edlm-lms/concepts/verbs/uncompleted',
  'urn:assidu:verb:excused',
];
const types = [
  `${ADL}/activities/course`,
  `${ADL}/activities/attempt`,
  'http://activitystrea.ms/schema/1.0/group',
  'urn:x',
];
/** Where the vocabulary looks into what a source may fill with anything. */
const places = {
  result: [
    `${CMI5}/result/extensions/progress`,
    `${CMI5}/result/extensions/reason`,
    `${VIDEO}/progress`,
    `${VIDEO}/played-segments`,
    `${VIDEO}/length`,
    'https://lms.example/attendance/minutes',
    'x:/progress',
  ],
  context: [
    `${VIDEO}/length`,
    'http://lrs.learninglocker.net/define/extensions/info',
    'https://w3id.org/xapi/openedx/extension/transformer-version',
    'urn:assidu:recorded',
  ],
};
// As they come out of JSON: 1e400 is a JSON number, and no number.
const odd = [
  ...['1e400', '-1e400', '1e308', '-1', '-0', '5e-324', '9007199254740993', 'null', 'true', '{}', '[[]]'],
  ...['"NaN"', '"1e999"', '"-Infinity"', '"0x10"', '"\\ud800"', '"\\u0000"', '""', '" "', '"1e400[.]2"'],
  ...['"0[.]1e400"', '"0[.]5[,][.]"', '"[,]"', '"a[.]b"', '{"event_name":1}', '{"event_name":{}}', '[1e400]'],
  ...['{"event_name":"\\\\core\\\\event\\\\course_module_completion_updated"}', '{"way":"api","id":7}'],
  ...['{"way":"register","id":"\\ud800","name":[]}', '{"__proto__":{"way":"api"}}', '100', '0.5', '"40"'],
].map((text): unknown => JSON.parse(text));
const value = fc.oneof(fc.constantFrom(...odd), fc.jsonValue({ maxDepth: 5 }), fc.string({ unit: 'binary' }));

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const boolean = optional(fc.boolean());
const number = fc.oneof(
  fc.constantFrom(0, -0, 1, 20, 1e308, -1e308, Number.MAX_VALUE, -Number.MAX_VALUE),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const score = fc
  .record({
    bounds: fc.tuple(number, number, number),
    scaled: optional(fc.double({ min: -1, max: 1, noNaN: true })),
  })
  .map(({ bounds, scaled }) => {
    const [min, raw, max] = [...bounds].sort((a, b) => a - b);
    return { min, raw, max, scaled };
  })
  .filter(({ min, max }) => min !== max);
const statements = fc
  .record({
    actor: fc.constantFrom(
      { mbox: 'mailto:a@example.org' },
      { account: { homePage: 'https://lms.example', name: '\ud800|7' } },
      { objectType: 'Group', member: [{ mbox: 'mailto:a@example.org' }] },
    ),
    verb: fc.constantFrom(...verbs, 'https://example.org/verbs/juggled'),
    object: fc.oneof(
      fc.record({
        id: fc.constantFrom(UNIT, COURSE, `${UNIT}?subContentId=1`),
        definition: fc.record({ type: fc.constantFrom(...types) }),
      }),
      fc.constant({ objectType: 'Agent', mbox: 'mailto:b@example.org' }),
      fc.constant({ objectType: 'StatementRef', id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee' }),
    ),
    score: optional(score),
    completion: boolean,
    success: boolean,
    duration: optional(fc.constantFrom('PT5M', 'P1Y', 'PT0.1S', 'P99999999999999999999W', 'P2DT3H')),
    resultExtensions: fc.dictionary(fc.constantFrom(...places.result), value),
    contextExtensions: fc.dictionary(fc.constantFrom(...places.context), value),
    instructor: boolean,
    parent: fc.constantFrom(undefined, { id: UNIT }, [{ id: COURSE }, { id: UNIT }], []),
  })
  .map((made) => ({
    actor: made.actor,
    verb: { id: made.verb },
    object: made.object,
    result: {
      score: made.score,
      completion: made.completion,
      success: made.success,
      duration: made.duration,
      extensions: made.resultExtensions,
    },
    ...('objectType' in made.object
      ? {}
      : {
          context: {
            ...(made.instructor ? { instructor: { mbox: 'mailto:t@example.org' } } : {}),
            contextActivities: made.parent === undefined ? {} : { parent: made.parent },
            extensions: made.contextExtensions,
          },
        }),
  }));

/** Without what is undefined, which JSON cannot say; infinite numbers stay, as JSON can. */
function said(made: unknown): unknown {
  if (Array.isArray(made)) return made.map(said);
  if (typeof made !== 'object' || made === null) return made;
  return Object.fromEntries(
    Object.entries(made).flatMap(([key, each]) => (each === undefined ? [] : [[key, said(each)]])),
  );
}

/** Every number in what was read; those of JSON can all be kept. */
function numbersIn(read: unknown): readonly number[] {
  if (typeof read === 'number') return [read];
  return typeof read === 'object' && read !== null ? Object.values(read).flatMap(numbersIn) : [];
}

describe('a statement of any source', () => {
  const definition = cohortOf({ units: [{ id: UNIT }] });
  const known = placesOf('o', definition);
  const read = (statement: Statement, standings: boolean) =>
    readStatement({ id: 's', statement, timestamp: 1, stored: 2, standings, own: standings });

  it('that is valid becomes an event or null, never an error; what is kept of it is what was read', () => {
    let valid = 0;
    fc.assert(
      fc.property(statements, fc.boolean(), (made, standings) => {
        const checked = validateStatement(said(made), '1.0.3');
        if (!checked.ok) return;
        valid += 1;
        const event = read(checked.statement, standings);
        if (event === null) return;
        expect(numbersIn(event).every(Number.isFinite)).toBe(true);
        expect(event.progress === null || (event.progress >= 0 && event.progress <= 1)).toBe(true);
        expect(unionLength(event.played?.segments ?? [])).toBeGreaterThanOrEqual(0);
        const fact = place(event, known);
        if (fact === null) return;
        const line = factLine(fact);
        // As JSON, which knows no negative zero.
        expect(readFactLines(line, null)).toEqual([JSON.parse(JSON.stringify(fact))]);
      }),
      { numRuns: 1_500 },
    );
    expect(valid).toBeGreaterThan(500);
  });
  it('that nobody knows is an act on what it is about', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.webUrl(), (verb, type) => {
        const event = read(
          {
            actor: { mbox: 'mailto:a@example.org' },
            verb: { id: verb },
            object: { id: UNIT, definition: { type } },
          },
          false,
        );
        expect(event).toMatchObject({ meaning: 'interacted', act: true, completion: null, success: null });
      }),
    );
  });
});
