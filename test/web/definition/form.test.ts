import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortDefinitionSchema } from '../../../config/cohort-definition.ts';
import { formOf } from '../../../src/web/definition-form.ts';
import { inputOf } from '../../../src/web/definition-of-form.ts';
import { readText, textOf } from '../../../src/web/definition-values.ts';
import { anyDefinition } from './any-definition.ts';

describe('a definition as a form', () => {
  it('comes out as it went in, whatever is in it', () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        const { input, faults } = inputOf(formOf(definition));
        expect(faults).toEqual([]);
        expect(JSON.stringify(cohortDefinitionSchema.parse(input))).toBe(JSON.stringify(definition));
      }),
      { numRuns: 100 },
    );
  });

  it('shows shares in per cent, exactly', () => {
    expect(textOf('percent', 0.6)).toBe('60');
    expect(textOf('percent', 0.125)).toBe('12.5');
    expect(textOf('percent', 0.07)).toBe('7');
    expect(readText('percent', '12,5 %')).toBe(0.125);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        expect(readText('percent', textOf('percent', share))).toBe(share === 0 ? 0 : share);
      }),
    );
  });
});
