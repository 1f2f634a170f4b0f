import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionChanges } from '../../src/cohorts/definition-changes.ts';
import { definitionText, readDefinitionText } from '../../src/cohorts/definition-text.ts';
import { cohortOf, unit } from '../support/scene.ts';
import { anyDefinition } from '../web/definition/any-definition.ts';

const read = (text: string) => {
  const answer = readDefinitionText(text);
  return 'faults' in answer ? answer.faults.map(({ line, path }) => [line, path]) : answer.definition;
};

describe('a definition as text', () => {
  it('is read back as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        expect(read(definitionText(definition))).toEqual(definition);
        expect(read(JSON.stringify(definition))).toEqual(definition);
      }),
      { numRuns: 60 },
    );
  });

  it('takes the examples that come with the product', () => {
    for (const name of ['spoc', 'blended', 'canvas'])
      expect(read(readFileSync(`config/examples/${name}.yaml`, 'utf8'))).toHaveProperty('id');
  });

  it('names the field and its line, of what is missing the line of what it is missing in', () => {
    const text = [
      'id: a',
      'title: Un titre',
      'kind: spoc',
      'startsOn: 2026-01-05',
      'units:',
      '  - {id: https://lms.example/1}',
      '  - id: https://lms.example/2',
      '    minScore: 60',
      '  - title: Sans adresse',
    ].join('\n');
    expect(read(text)).toEqual([
      [8, 'units[1].minScore'],
      [9, 'units[2].id'],
    ]);
    expect(read('id: [a\ntitle: b')).toMatchObject([[expect.any(Number), '']]);
    expect(read('{"id": "a", "kind": "spoc"}')).toEqual([
      [1, 'title'],
      [1, 'startsOn'],
    ]);
  });
});

describe('what two versions say differently', () => {
  it('is nothing for the same', () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        expect(definitionChanges(definition, structuredClone(definition))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('is told field by field, units by their ids', () => {
    const before = cohortOf({ units: [{ id: unit('a') }, { id: unit('b') }, { id: unit('c') }] });
    const after = cohortOf({
      graceDays: 10,
      units: [{ id: unit('c') }, { id: unit('b'), weight: 2 }, { id: unit('d') }],
      completion: { require: { weight: 0.5 } },
    });
    const told = definitionChanges(before, after).map((change) =>
      change.kind === 'field'
        ? [change.path, change.unit?.id ?? null, change.before, change.after]
        : change.kind === 'unitsMoved'
          ? change.kind
          : [change.kind, change.unit.id],
    );
    expect(told).toEqual([
      ['graceDays', null, 7, 10],
      ['completion.require', null, 'all', { weight: 0.5 }],
      ['unitRemoved', unit('a')],
      ['weight', unit('b'), 1, 2],
      ['unitAdded', unit('d')],
      'unitsMoved',
    ]);
  });
});
