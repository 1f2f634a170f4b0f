import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packForm, unpackForm } from '../../../src/web/definition-carried.ts';
import { checkForm } from '../../../src/web/definition-check.ts';
import { formOf } from '../../../src/web/definition-form.ts';
import { byDate, withTyped } from '../../../src/web/definition-typed.ts';
import { cohortOf, unit } from '../../support/scene.ts';
import { anyDefinition } from './any-definition.ts';

const faultsOf = (typed: Record<string, string>, definition = cohortOf()) =>
  checkForm(withTyped(formOf(definition), typed)).faults.map(({ field, fault }) => [field, fault]);

describe('what is wrong with a form', () => {
  it('is nothing for any definition there may be', () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        expect(checkForm(formOf(definition))).toEqual({ definition, faults: [] });
      }),
      { numRuns: 60 },
    );
  });

  it('is told by field, each in its own words', () => {
    expect(faultsOf({ startsOn: '' })).toEqual([['startsOn', 'missing']]);
    expect(faultsOf({ 'title.fr': '', 'title.en': '' })).toEqual([['title.fr', 'missing']]);
    expect(faultsOf({ id: 'Pas ça' })).toEqual([['id', 'id']]);
    expect(faultsOf({ timezone: 'Europe/Lutèce' })).toEqual([['timezone', 'zone']]);
    expect(faultsOf({ 'dropout.warnAfterDays': '0' })).toEqual([['dropout.warnAfterDays', 'days']]);
    expect(faultsOf({ 'units.0.minScore': '120' })).toEqual([['units.0.minScore', 'percent']]);
    expect(faultsOf({ 'units.0.weight': 'lourd' })).toEqual([['units.0.weight', 'number']]);
    expect(faultsOf({ 'completion.require': 'weight' })).toEqual([['completion.weight', 'missing']]);
    expect(faultsOf({ 'units.0.satisfiedBy': 'Attended' })).toEqual([['units.0.from', 'sessionTimes']]);
    expect(faultsOf({ 'units.0.required': '' })).toEqual([['units', 'nobody']]);
    expect(faultsOf({ 'units.0.date': '2026-02-30', 'units.0.from': '9 h' })).toEqual([
      ['units.0.from', 'time'],
    ]);
    expect(faultsOf({ 'units.0.content.url': 'ftp://x' })).toContainEqual(['units.0.content.url', 'content']);
  });

  it('tells at once what cannot be read and what does not go together', () => {
    const two = cohortOf({ units: [{ id: unit('a') }, { id: unit('b') }] });
    const typed = { endsOn: '2001-01-01', 'dropout.dropAfterDays': 'bientôt', 'units.1.id': unit('a') };
    expect(faultsOf(typed, two)).toEqual([
      ['dropout.dropAfterDays', 'days'],
      ['endsOn', 'endBeforeStart'],
      ['units.1.id', 'sameUnit'],
    ]);
  });

  it('names the row that somebody sees, past rows that say nothing', () => {
    const form = formOf(cohortOf());
    const empty = { fields: { from: '', to: '' }, kept: {} };
    const reversed = { fields: { from: '2026-03-02', to: '2026-03-01' }, kept: {} };
    const faults = checkForm({ ...form, rows: { ...form.rows, breaks: [empty, reversed] } }).faults;
    expect(faults.map(({ field, fault }) => [field, fault])).toEqual([['breaks.1.to', 'breakReversed']]);
  });
});

describe('a form in a hidden field', () => {
  it('comes back as it went out', () => {
    fc.assert(
      fc.property(anyDefinition, fc.nat(), fc.boolean(), (definition, version, tried) => {
        const carried = { form: formOf(definition), version, tried };
        expect(unpackForm(packForm(carried))).toEqual(JSON.parse(JSON.stringify(carried)));
      }),
      { numRuns: 40 },
    );
  });

  it('is none where it is cut short, from elsewhere, or far too large', () => {
    const text = packForm({ form: formOf(cohortOf()), version: 1, tried: false });
    expect(unpackForm(text.slice(0, -9))).toBeNull();
    for (const other of [undefined, '', 'x', ['a'], Buffer.from('{}').toString('base64url')])
      expect(unpackForm(other)).toBeNull();
  });
});

describe('units in the order of their dates', () => {
  it('leave those without a date behind the one before', () => {
    const form = formOf(
      cohortOf({
        units: [
          { id: unit('b'), dueOn: '2026-02-01' },
          { id: unit('after-b') },
          {
            id: unit('c'),
            satisfiedBy: 'Attended',
            startsAt: '2026-03-01T09:00Z',
            endsAt: '2026-03-01T10:00Z',
          },
          { id: unit('a'), dueOn: '2026-01-10' },
        ],
      }),
    );
    expect(byDate(form).rows.units.map(({ fields }) => fields.id)).toEqual(
      ['a', 'b', 'after-b', 'c'].map((name) => unit(name)),
    );
  });
});
