import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DefinitionForm, formOf } from '../../../src/web/definition-form.ts';
import { mergeForms } from '../../../src/web/definition-merge.ts';
import { inputOf } from '../../../src/web/definition-of-form.ts';
import { moved, withTyped } from '../../../src/web/definition-typed.ts';
import { anyDefinition } from './any-definition.ts';

/** What a form says, whatever is kept beside it. */
const saidBy = ({ fields, rows }: DefinitionForm) => ({
  fields,
  rows: Object.values(rows).map((list) => list.map((row) => row.fields)),
});

describe('two people’s changes of one definition', () => {
  it('are those of one of them where the other changed nothing', () => {
    fc.assert(
      fc.property(anyDefinition, anyDefinition, (one, other) => {
        const [base, changed] = [formOf(one), formOf(other)];
        const theirs = mergeForms(base, changed, base);
        expect(theirs.conflicts).toEqual([]);
        expect(saidBy(theirs.form)).toEqual(saidBy(changed));
        const mine = mergeForms(base, base, changed);
        expect(mine.conflicts).toEqual([]);
        expect(saidBy(mine.form)).toEqual(saidBy(changed));
      }),
      { numRuns: 60 },
    );
  });

  it('are both there where they changed different fields, of the same step too', () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        fc.pre(definition.units.length > 1);
        const base = formOf(definition);
        const theirs = withTyped(base, { graceDays: '41', 'units.0.weight': '77' });
        const mine = moved(
          withTyped(base, { 'dropout.warnAfterDays': '5', 'units.0.dueOn': '' }),
          'units',
          0,
          1,
        );
        const { form, conflicts } = mergeForms(base, theirs, mine);
        expect(conflicts).toEqual([]);
        const { input } = inputOf(form);
        expect(input).toMatchObject({ graceDays: 41, dropout: { warnAfterDays: 5 } });
        expect(form.rows.units[1]?.fields).toMatchObject({ weight: '77', dueOn: '' });
      }),
      { numRuns: 60 },
    );
  });

  it('keep mine and tell theirs where both changed the same field', () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        const base = formOf({ ...definition, graceDays: 3 });
        const merged = mergeForms(
          base,
          withTyped(base, { graceDays: '4' }),
          withTyped(base, { graceDays: '5' }),
        );
        expect(merged.form.fields.graceDays).toBe('5');
        expect(merged.conflicts).toEqual([{ field: 'graceDays', mine: '5', theirs: '4' }]);
      }),
      { numRuns: 20 },
    );
  });
});
