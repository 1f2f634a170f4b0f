import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDefinition } from '../../src/storage/merge-definition.ts';

const merged = (kept: object, said: object) =>
  JSON.parse(mergeDefinition(JSON.stringify(kept), JSON.stringify(said)));

const languages = fc.dictionary(fc.constantFrom('fr', 'en', 'de'), fc.string());
const components = fc.uniqueArray(
  fc.record({ id: fc.constantFrom('a', 'b', 'c'), description: languages }, { requiredKeys: ['id'] }),
  { selector: ({ id }) => id },
);
const definition = fc.record(
  {
    name: languages,
    description: languages,
    type: fc.webUrl(),
    choices: components,
    correctResponsesPattern: fc.array(fc.string()),
    extensions: fc.dictionary(fc.webUrl(), fc.jsonValue()),
  },
  { requiredKeys: [] },
);

describe('the canonical definition of an activity', () => {
  it('gains a language without losing another', () => {
    expect(
      merged(
        { name: { fr: 'Un', en: 'Won' }, description: { fr: 'Le premier' } },
        { name: { en: 'One' }, type: 'urn:t' },
      ),
    ).toEqual({ name: { fr: 'Un', en: 'One' }, description: { fr: 'Le premier' }, type: 'urn:t' });
  });

  it('takes the newest of what is no language map, and keeps what is not said again', () => {
    expect(
      merged(
        { type: 'urn:old', moreInfo: 'urn:more', extensions: { 'urn:x': 1, 'urn:y': 2 } },
        { type: 'urn:new', extensions: { 'urn:x': 3 } },
      ),
    ).toEqual({ type: 'urn:new', moreInfo: 'urn:more', extensions: { 'urn:x': 3 } });
  });

  it('keeps interaction components, and every language of their descriptions', () => {
    const kept = { choices: [{ id: 'a', description: { fr: 'Oui' } }, { id: 'b' }] };
    const said = { choices: [{ id: 'c' }, { id: 'a', description: { en: 'Yes' } }] };
    expect(merged(kept, said)).toEqual({
      choices: [{ id: 'c' }, { id: 'a', description: { fr: 'Oui', en: 'Yes' } }, { id: 'b' }],
    });
  });

  it('always holds what was said last, and is not changed by hearing it again', () => {
    fc.assert(
      fc.property(definition, definition, (kept, said) => {
        const once = mergeDefinition(JSON.stringify(kept), JSON.stringify(said));
        expect(mergeDefinition(once, JSON.stringify(said))).toBe(once);
        expect(JSON.parse(once)).toMatchObject(JSON.parse(JSON.stringify({ ...said, choices: undefined })));
        expect(Object.keys(JSON.parse(once))).toEqual(expect.arrayContaining(Object.keys(kept)));
      }),
    );
  });
});
