import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKnownParts, type KnownParts } from '../../../xapi/statement/known-parts.ts';
import type { Activity } from '../../../xapi/statement/types.ts';
import { validateStatement } from '../../../xapi/statement/validate.ts';

const about = (object: unknown, contextActivities: unknown = {}): unknown => ({
  actor: { mbox: 'mailto:a@example.org' },
  verb: { id: 'urn:v' },
  object,
  context: { contextActivities },
});
const valid = (value: unknown): unknown => {
  const validation = validateStatement(value, '1.0.3');
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return value;
};
/** Looks at valid statements, as intake does. */
const see = (known: KnownParts, ...statements: readonly unknown[]) => {
  for (const statement of statements) known.note(known.abridge(valid(statement)).strangers);
};
const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const activity = fc.record(
  {
    id: fc.constantFrom('urn:1', 'urn:2'),
    definition: fc.record(
      {
        type: fc.constantFrom('urn:a', 'urn:b'),
        name: fc.dictionary(fc.constantFrom('fr', 'en'), fc.string()),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['id'] },
);

describe('known parts of statements', () => {
  it('are abridged where they stand, whatever the order of their members, and are one in the value itself', () => {
    const known = createKnownParts();
    const first = about(
      { id: 'urn:1', definition: { type: 'urn:t', name: { en: 'One' } } },
      { parent: { id: 'urn:2' } },
    );
    see(known, first);
    const again = about(
      { definition: { name: { en: 'One' }, type: 'urn:t' }, id: 'urn:1' },
      { parent: [{ id: 'urn:2' }, { id: 'urn:3' }], grouping: { id: 'urn:2' } },
    );
    const before = copy(again);
    expect(known.abridge(again).value).toEqual({
      actor: { mbox: 'mailto:x@example.org' },
      verb: { id: 'urn:x' },
      object: { id: 'urn:x' },
      context: {
        contextActivities: { parent: [{ id: 'urn:x' }, { id: 'urn:3' }], grouping: { id: 'urn:x' } },
      },
    });
    expect(again).toEqual(before);
    expect(Reflect.get(Object(again), 'object')).toBe(Reflect.get(Object(first), 'object'));
  });

  it('are not taken for what they are not elsewhere: a voiding verb, a reference among activities', () => {
    const id = '7a1ff0c1-1d3c-4fb4-8c4c-5b0b2ce3c0aa';
    const voids = (object: unknown) => ({
      actor: { mbox: 'mailto:a@example.org' },
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object,
    });
    const reference = { objectType: 'StatementRef', id };
    expect(validateStatement(voids(reference), '1.0.3').ok).toBe(true);
    expect(validateStatement(voids({ id: 'urn:1' }), '1.0.3')).toMatchObject({
      problems: [{ path: 'object' }],
    });
    expect(validateStatement(about({ id: 'urn:1' }, { parent: copy(reference) }), '1.0.3').ok).toBe(false);
  });

  it('never hide what was said differently', () => {
    fc.assert(
      fc.property(fc.array(activity), fc.jsonValue(), activity, (before, junk, base) => {
        const known = createKnownParts();
        see(known, ...before.map((each) => about(copy(each))));
        for (const value of [junk, { ...base, junk }, { ...base, id: junk }, { ...base, definition: junk }]) {
          const object = copy(value);
          const was = before.some((each) => JSON.stringify(sorted(each)) === JSON.stringify(sorted(object)));
          if (was) continue;
          expect(known.abridge(about(object)).value).toMatchObject({ object: copy(object) });
        }
      }),
    );
  });

  it('leave what is no statement as it is', () => {
    const known = createKnownParts();
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const each of [
          value,
          { object: value, context: value },
          { context: { contextActivities: value } },
        ])
          expect(known.abridge(copy(each)).value).toEqual(copy(each));
      }),
    );
  });

  it('do not change what is found wrong with a statement, nor where', () => {
    const object: Activity = { id: 'urn:seen', definition: { type: 'urn:t' } };
    const broken = about(object, { parent: [object, { id: 'no iri' }], elsewhere: [] });
    const before = validateStatement(broken, '1.0.3');
    valid(about(object));
    expect(validateStatement(broken, '1.0.3')).toEqual(before);
    expect(before).toMatchObject({
      ok: false,
      problems: [{ path: 'context.contextActivities.parent[1].id' }, {}],
    });
  });
});

/** With its members in the order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
