import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSaidDefinitions } from '../../../xapi/statement/said-definitions.ts';

const definition = fc.record(
  {
    name: fc.dictionary(fc.constantFrom('fr', 'en'), fc.constantFrom('a', 'b')),
    type: fc.constantFrom('urn:a', 'urn:b'),
    correctResponsesPattern: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
    extensions: fc.dictionary(fc.constantFrom('urn:x', 'urn:y'), fc.jsonValue({ maxDepth: 1 })),
  },
  { requiredKeys: [] },
);

describe('what is said of activities', () => {
  it('is one object as long as the same is said of an activity', () => {
    const said = createSaidDefinitions();
    const first = said({ id: 'urn:a', definition: { name: { en: 'A' }, type: 'urn:t' } });
    expect(first).toEqual({ id: 'urn:a', definition: '{"name":{"en":"A"},"type":"urn:t"}' });
    expect(said({ id: 'urn:a', definition: { type: 'urn:t', name: { en: 'A' } } })).toBe(first);
    expect(said({ id: 'urn:b', definition: { type: 'urn:t' } })?.id).toBe('urn:b');
    expect(said({ id: 'urn:a' })).toBeNull();
    expect(said({ id: 'urn:a', definition: {} })).toBeNull();
  });

  it('is always what was said, whatever was said before', () => {
    const said = createSaidDefinitions();
    fc.assert(
      fc.property(fc.constantFrom('urn:1', 'urn:2'), definition, (id, given) => {
        const definition = JSON.parse(JSON.stringify(given));
        expect(JSON.parse(said({ id, definition })?.definition ?? '{}')).toEqual(definition);
      }),
      { numRuns: 500 },
    );
  });
});
