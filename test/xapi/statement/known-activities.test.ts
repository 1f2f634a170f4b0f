import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKnownActivities } from '../../../xapi/statement/known-activities.ts';
import type { Activity, Statement } from '../../../xapi/statement/types.ts';
import { validateStatement } from '../../../xapi/statement/validate.ts';

const about = (object: unknown, contextActivities: unknown = {}): unknown => ({
  actor: { mbox: 'mailto:a@example.org' },
  verb: { id: 'urn:v' },
  object,
  context: { contextActivities },
});
const valid = (value: unknown): Statement => {
  const validation = validateStatement(value, '1.0.3');
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return validation.statement;
};

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

describe('known activities', () => {
  it('are abridged where they stand, whatever the order of their members', () => {
    const known = createKnownActivities();
    known.note(
      valid(
        about(
          { id: 'urn:1', definition: { type: 'urn:t', name: { en: 'One' } } },
          { parent: { id: 'urn:2' } },
        ),
      ),
    );
    const again = about(
      { definition: { name: { en: 'One' }, type: 'urn:t' }, id: 'urn:1' },
      { parent: [{ id: 'urn:2' }, { id: 'urn:3' }], grouping: { id: 'urn:2' } },
    );
    expect(known.abridge(again)).toEqual(
      about({ id: 'urn:x' }, { parent: [{ id: 'urn:x' }, { id: 'urn:3' }], grouping: { id: 'urn:x' } }),
    );
  });

  it('never hide what was said differently', () => {
    fc.assert(
      fc.property(fc.array(activity), fc.jsonValue(), activity, (before, junk, base) => {
        const known = createKnownActivities();
        for (const each of before) known.note(valid(about(JSON.parse(JSON.stringify(each)))));
        for (const value of [junk, { ...base, junk }, { ...base, id: junk }, { ...base, definition: junk }]) {
          const object: unknown = JSON.parse(JSON.stringify(value));
          const was = before.some((each) => JSON.stringify(sorted(each)) === JSON.stringify(sorted(object)));
          if (was) continue;
          expect(known.abridge(about(object))).toEqual(about(object));
        }
      }),
    );
  });

  it('leave what is no statement as it is', () => {
    const known = createKnownActivities();
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(known.abridge(value)).toEqual(value);
        expect(known.abridge({ object: value, context: value })).toEqual({ object: value, context: value });
        expect(known.abridge({ context: { contextActivities: value } })).toEqual({
          context: { contextActivities: value },
        });
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
