import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { type WallTime, wallTimeOf } from '../cohorts/wall-time.ts';
import {
  DERIVED_FIELDS,
  DERIVED_UNIT_FIELDS,
  type FieldSpec,
  type ListName,
  PLAIN_FIELDS,
  ROW_FIELDS,
} from './definition-fields.ts';
import { textOf } from './definition-values.ts';

export type Values = Readonly<Record<string, unknown>>;
type Texts = Readonly<Record<string, string>>;

/** An item of a list, as fields; `kept` is the item as it was, with all that no field shows. */
export interface FormRow {
  readonly fields: Texts;
  readonly kept: Values;
}

/**
 * A definition while somebody edits it: texts of fields, readable or not. What no field shows is `kept`, and comes out
 * again as it went in (src/web/definition-of-form.ts).
 */
export interface DefinitionForm {
  readonly fields: Texts;
  readonly rows: Readonly<Record<ListName, readonly FormRow[]>>;
  readonly kept: Values;
  /** The zone in which times of sessions were read. */
  readonly timezone: string;
}

/** The value at a path of names: `dropout.warnAfterDays`. */
export function valueAt(values: unknown, path: string): unknown {
  let value = values;
  for (const step of path.split('.')) value = isValues(value) ? value[step] : undefined;
  return value;
}

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Definition -> form. */
export function formOf(definition: CohortDefinition): DefinitionForm {
  const whole: Values = JSON.parse(JSON.stringify(definition));
  const { completion, grades, timezone } = definition;
  const required = new Set(completion.mustSatisfy);
  const rows = {
    contexts: itemsOf(whole.contexts).map((each) => rowOf('contexts', each)),
    breaks: itemsOf(whole.breaks).map((each) => rowOf('breaks', each)),
    tags: Object.entries(definition.tags).map(([name, value]) => rowOf('tags', { name, value })),
    units: itemsOf(whole.units).map((each) => unitRow(each, timezone, required)),
  };
  const derived: Texts = {
    ...titleFields(whole),
    'completion.require': completion.require === 'all' ? 'all' : 'weight',
    'completion.weight': completion.require === 'all' ? '' : textOf('percent', completion.require.weight),
    'grades.comment': grades.comment === false ? 'none' : grades.comment,
  };
  return { fields: { ...fieldsOf(PLAIN_FIELDS, whole), ...derived }, rows, kept: whole, timezone };
}

/** A row of a list with nothing in it but what is given. */
export function newRow(list: ListName, given: Texts = {}): FormRow {
  const specs: readonly FieldSpec[] =
    list === 'units' ? [...ROW_FIELDS.units, ...DERIVED_UNIT_FIELDS] : ROW_FIELDS[list];
  const empty = Object.fromEntries(specs.map(({ name }) => [name, '']));
  return { fields: { ...empty, ...given }, kept: {} };
}

/** A row of a unit that is new: required, of weight 1, unless told otherwise. */
export function newUnit(given: Texts): FormRow {
  return newRow('units', {
    modality: 'online',
    satisfiedBy: 'Completed',
    weight: '1',
    required: 'on',
    attempts: 'best',
    ...given,
  });
}

/** When a session begins and ends, as fields; the last day is told where it is another one. */
export function sessionFields(unit: Values, timezone: string): Texts {
  const wall = (value: unknown): WallTime =>
    typeof value === 'string' ? wallTimeOf(value, timezone) : { date: '', time: '' };
  const [start, end] = [wall(unit.startsAt), wall(unit.endsAt)];
  const lastDate = end.date === start.date ? '' : end.date;
  return { date: start.date, from: start.time, lastDate, until: end.time };
}

function unitRow(unit: Values, timezone: string, required: ReadonlySet<unknown>): FormRow {
  const { fields, kept } = rowOf('units', unit);
  return {
    fields: {
      ...fields,
      ...titleFields(unit),
      ...sessionFields(unit, timezone),
      mustSatisfy: textOf('flag', required.has(unit.id)),
    },
    kept,
  };
}

function rowOf(list: ListName, item: Values): FormRow {
  return { fields: fieldsOf(ROW_FIELDS[list], item), kept: item };
}

function fieldsOf(specs: readonly FieldSpec[], values: Values): Texts {
  return Object.fromEntries(specs.map(({ name, kind }) => [name, textOf(kind, valueAt(values, name))]));
}

function titleFields(values: Values): Texts {
  return {
    'title.fr': textOf('text', valueAt(values, 'title.fr')),
    'title.en': textOf('text', valueAt(values, 'title.en')),
  };
}

function itemsOf(list: unknown): readonly Values[] {
  return Array.isArray(list) ? list.filter(isValues) : [];
}

/** Names of all fields of the cohort as a whole. */
export const COHORT_FIELD_NAMES = [...PLAIN_FIELDS, ...DERIVED_FIELDS].map(({ name }) => name);
