import { instantOf } from '../cohorts/wall-time.ts';
import { type FieldSpec, type ListName, PLAIN_FIELDS, ROW_FIELDS } from './definition-fields.ts';
import {
  type DefinitionForm,
  type FormRow,
  isValues,
  sessionFields,
  type Values,
} from './definition-form.ts';
import { readText } from './definition-values.ts';

/** What a form says, for the schema to check. */
export interface FormInput {
  readonly input: Values;
  /** Which row of the form each item of a list is: rows with nothing in them are none. */
  readonly rowOf: Readonly<Record<ListName, readonly number[]>>;
  /** Names of fields that are at fault before any schema sees them, with what is wrong. */
  readonly faults: readonly {
    readonly field: string;
    readonly fault: 'time' | 'date' | 'sameTag' | 'tagName';
  }[];
}

type Faults = FormInput['faults'][number][];

/** Form -> what is written in the definition. What no field shows stays what it was. */
export function inputOf(form: DefinitionForm): FormInput {
  const faults: Faults = [];
  const filled = rowsWithSomething(form);
  const whole = written(structuredClone(form.kept), form.fields, PLAIN_FIELDS);
  if (form.fields['cost.fixed']?.trim() === '' && form.fields['cost.perLearner']?.trim() === '')
    delete whole.cost;
  whole.title = titleOf(form.kept.title, form.fields) ?? {};
  set(whole, 'dropout.dropAfterDays', readText('days', form.fields['dropout.dropAfterDays'] ?? '') ?? null);
  set(whole, 'completion.require', requireOf(form));
  const comment = form.fields['grades.comment'];
  set(whole, 'grades.comment', comment === 'none' || comment === '' ? false : comment);
  whole.contexts = filled.contexts.map(({ row }) => itemOf('contexts', row));
  whole.breaks = filled.breaks.map(({ row }) => itemOf('breaks', row));
  whole.tags = tagsOf(filled.tags, faults);
  whole.units = filled.units.map(({ row, index }) => unitOf(row, index, form, faults));
  set(whole, 'completion.mustSatisfy', mustSatisfyOf(form, filled.units));
  const indexes = (list: ListName) => filled[list].map(({ index }) => index);
  return {
    input: whole,
    rowOf: {
      contexts: indexes('contexts'),
      breaks: indexes('breaks'),
      tags: indexes('tags'),
      units: indexes('units'),
    },
    faults,
  };
}

interface Placed {
  readonly row: FormRow;
  readonly index: number;
}

function rowsWithSomething({ rows }: DefinitionForm): Readonly<Record<ListName, readonly Placed[]>> {
  const placed = (list: ListName, counts: (row: FormRow) => boolean): readonly Placed[] =>
    rows[list].map((row, index) => ({ row, index })).filter(({ row }) => counts(row));
  const anything = ({ fields }: FormRow) => Object.values(fields).some((text) => text.trim() !== '');
  const isNew = ({ kept }: FormRow) => Object.keys(kept).length === 0;
  return {
    contexts: placed('contexts', anything),
    breaks: placed('breaks', anything),
    // A name with no value is a suggestion, unless it was kept so.
    tags: placed('tags', (row) => anything(row) && !(isNew(row) && row.fields.value?.trim() === '')),
    units: placed('units', () => true),
  };
}

type Target = Record<string, unknown>;

/** Puts a value at a path of names; undefined takes it away. */
function set(target: Target, path: string, value: unknown): void {
  const [step = '', ...rest] = path.split('.');
  if (rest.length > 0) {
    const inner: Target = isValues(target[step]) ? { ...target[step] } : {};
    set(inner, rest.join('.'), value);
    target[step] = inner;
  } else if (value === undefined) delete target[step];
  else target[step] = value;
}

function written(kept: Values, fields: FormRow['fields'], specs: readonly FieldSpec[]): Target {
  const target: Target = { ...kept };
  for (const { name, kind } of specs) {
    const value = readText(kind, fields[name] ?? '');
    // Nothing needs no place of its own.
    if (value !== undefined || isValues(target[name.split('.')[0] ?? '']) || name in target)
      set(target, name, value);
  }
  return target;
}

function titleOf(kept: unknown, fields: FormRow['fields']): Target | undefined {
  const title: Target = isValues(kept) ? { ...kept } : {};
  for (const language of ['fr', 'en']) {
    const text = fields[`title.${language}`] ?? '';
    if (text === '') delete title[language];
    else title[language] = text;
  }
  return Object.keys(title).length === 0 ? undefined : title;
}

function requireOf({ fields }: DefinitionForm): unknown {
  if (fields['completion.require'] !== 'weight') return fields['completion.require'] || 'all';
  return { weight: readText('percent', fields['completion.weight'] ?? '') ?? Number.NaN };
}

function itemOf(list: ListName, { kept, fields }: FormRow): Target {
  return written(kept, fields, ROW_FIELDS[list]);
}

function tagsOf(rows: readonly Placed[], faults: Faults): Target {
  const tags = new Map<string, string>();
  for (const { row, index } of rows) {
    const { name = '', value = '' } = row.fields;
    if (name.trim() === '') faults.push({ field: `tags.${index}.name`, fault: 'tagName' });
    else if (tags.has(name)) faults.push({ field: `tags.${index}.name`, fault: 'sameTag' });
    else tags.set(name, value);
  }
  return Object.fromEntries(tags);
}

function unitOf(row: FormRow, index: number, form: DefinitionForm, faults: Faults): Target {
  const unit = itemOf('units', row);
  const title = titleOf(row.kept.title, row.fields);
  set(unit, 'title', title);
  if (isValues(unit.content) && Object.keys(unit.content).length === 0) delete unit.content;
  const { startsAt, endsAt } = instantsOf(row, index, form, faults);
  set(unit, 'startsAt', startsAt);
  set(unit, 'endsAt', endsAt);
  return unit;
}

/** Times that nobody changed stay as they were written; others get the offset of the zone. */
function instantsOf({ fields, kept }: FormRow, index: number, form: DefinitionForm, faults: Faults) {
  const zone = form.fields.timezone?.trim() ?? '';
  const { date = '', from = '', lastDate = '', until = '' } = fields;
  const before = sessionFields(kept, form.timezone);
  const sameZone = zone === form.timezone;
  const read = (day: string, time: string, fieldOfTime: 'from' | 'until'): string | undefined => {
    const field = `units.${index}.${fieldOfTime}`;
    if (day === '') faults.push({ field: `units.${index}.date`, fault: 'date' });
    else if (time === '') faults.push({ field, fault: 'time' });
    else {
      const instant = instantOf({ date: day, time }, isZone(zone) ? zone : 'UTC');
      if (instant === null) faults.push({ field, fault: 'time' });
      return instant ?? undefined;
    }
    return undefined;
  };
  const startSame = sameZone && before.date === date && before.from === from;
  const endDay = lastDate === '' ? date : lastDate;
  const endBefore = before.lastDate === '' ? before.date : before.lastDate;
  const endSame = sameZone && endBefore === endDay && before.until === until;
  return {
    startsAt: startSame ? kept.startsAt : date === '' && from === '' ? undefined : read(date, from, 'from'),
    endsAt: endSame
      ? kept.endsAt
      : until === '' && lastDate === ''
        ? undefined
        : read(endDay, until, 'until'),
  };
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** In the order they were written in, new ones in the order of the units. */
function mustSatisfyOf({ kept }: DefinitionForm, units: readonly Placed[]): readonly unknown[] {
  const ids = units.flatMap(({ row }) =>
    row.fields.mustSatisfy === 'on' ? [readText('iri', row.fields.id ?? '')] : [],
  );
  const written = isValues(kept.completion) ? kept.completion.mustSatisfy : [];
  const before = Array.isArray(written) ? written : [];
  const still = before.filter((id) => ids.includes(id));
  return [...still, ...ids.filter((id) => !before.includes(id))];
}
