import type { z } from 'zod';
import { type CohortDefinition, cohortDefinitionSchema } from '../../config/cohort-definition.ts';
import { type FieldPlace, LISTS, type ListName, placeOfField } from './definition-fields.ts';
import type { DefinitionForm } from './definition-form.ts';
import { type FormInput, inputOf } from './definition-of-form.ts';
import { withTyped } from './definition-typed.ts';
import type { FieldKind } from './definition-values.ts';

/** What is wrong with a field, in the words of src/web/messages/definition-faults.ts. */
export type FaultKey =
  | FieldKind
  | 'missing'
  | 'long'
  | 'sameTag'
  | 'tagName'
  | 'endBeforeStart'
  | 'breakReversed'
  | 'sameUnit'
  | 'nobody'
  | 'sessionTimes'
  | 'slotReversed'
  | 'content'
  | 'many'
  | 'taken'
  | 'unknown'
  | 'other';

export interface FieldFault {
  /** Name of the field in the form; of a list where no row of it is meant (`units`). */
  readonly field: string;
  readonly fault: FaultKey;
  /** The schema's own words, for what has none of ours. */
  readonly detail: string;
}

export interface CheckedForm {
  /** Null while anything is at fault. */
  readonly definition: CohortDefinition | null;
  readonly faults: readonly FieldFault[];
}

/** What the schema says of things together, in words of ours. */
const TOGETHER: readonly (readonly [RegExp, FaultKey])[] = [
  [/^must not be before startsOn/, 'endBeforeStart'],
  [/^must not be before from/, 'breakReversed'],
  [/^is the id of another unit/, 'sameUnit'],
  [/^at least one required unit/, 'nobody'],
  [/^a unit satisfied by Attended/, 'sessionTimes'],
  [/^must be after startsAt/, 'slotReversed'],
];

/** Form -> definition, or what is wrong with it, each fault by the name of its field: one a field. */
export function checkForm(form: DefinitionForm): CheckedForm {
  const read = inputOf(form);
  const parsed = cohortDefinitionSchema.safeParse(read.input);
  const byField = new Map<string, FieldFault>();
  const add = (fault: FieldFault) => {
    if (!byField.has(fault.field)) byField.set(fault.field, fault);
  };
  for (const { field, fault } of read.faults) add({ field, fault, detail: '' });
  const tell = (of: FormInput, issues: readonly z.core.$ZodIssue[]) => {
    for (const { path, message, code } of issues) {
      const field = fieldOf(path, form, of);
      add({ field, fault: faultOf(field, form, message, code ?? 'custom'), detail: message });
    }
  };
  if (!parsed.success) {
    tell(read, parsed.error.issues);
    // What fields say together is looked at only where each can be read: those that cannot are left out for once.
    const rest = inputOf(without(form, [...byField.keys()]));
    const together = cohortDefinitionSchema.safeParse(rest.input);
    if (!together.success)
      tell(
        rest,
        together.error.issues.filter(({ message }) => TOGETHER.some(([words]) => words.test(message))),
      );
  }
  const faults = [...byField.values()];
  return { definition: parsed.success && faults.length === 0 ? parsed.data : null, faults };
}

/** The form with nothing in some of its fields. */
function without(form: DefinitionForm, names: readonly string[]): DefinitionForm {
  return withTyped(form, Object.fromEntries(names.map((name) => [name, ''])));
}

const RENAMED: Readonly<Record<string, string>> = {
  title: 'title.fr',
  startsAt: 'from',
  endsAt: 'until',
  content: 'content.url',
};

/** The field of a form that a path in the definition is of. */
export function fieldOf(path: readonly PropertyKey[], form: DefinitionForm, { rowOf }: FormInput): string {
  const [first, second, ...rest] = path.map(String);
  if (first === 'tags' && second !== undefined) {
    const index = form.rows.tags.findIndex(({ fields }) => fields.name === second);
    return `tags.${Math.max(0, index)}.value`;
  }
  const list: ListName | undefined = LISTS.find((each) => each === first);
  if (list !== undefined) {
    const index = second === undefined ? undefined : rowOf[list][Number(second)];
    if (index === undefined) return list;
    const name = rest.join('.');
    const field = `${list}.${index}.${RENAMED[name] ?? name}`;
    return placeOfField(field) === null ? `${list}.${index}.${firstField(list, rest[0])}` : field;
  }
  const name = path.map(String).join('.');
  const byWeight = form.fields['completion.require'] === 'weight';
  if (name.startsWith('completion.require') && byWeight) return 'completion.weight';
  const known = RENAMED[name] ?? name;
  return placeOfField(known) === null ? (first === 'title' ? 'title.fr' : (first ?? 'id')) : known;
}

function firstField(list: ListName, named: string | undefined): string {
  if (named === 'title') return 'title.fr';
  return { contexts: 'platform', breaks: 'from', tags: 'name', units: 'id' }[list];
}

/** What is wrong at a path of a definition that somebody wrote (`units[2].minScore`), in words of ours; null: no such. */
export function faultAt(path: string, message: string): FaultKey | null {
  if (message === 'is not a field of a cohort') return 'unknown';
  const together = TOGETHER.find(([words]) => words.test(message));
  if (together !== undefined) return together[1];
  const name = path.replaceAll(/\[(\d+)\]/g, '.$1');
  if (/(^|\.)title(\.|$)/.test(name)) return 'text';
  const place = placeOfField(name);
  if (/received undefined$/.test(message)) return 'missing';
  return place === null || place.name.startsWith('content.') ? null : place.kind;
}

function textIn(form: DefinitionForm, place: FieldPlace): string {
  const fields = place.list === null ? form.fields : (form.rows[place.list][place.index ?? -1]?.fields ?? {});
  return fields[place.name] ?? '';
}

function faultOf(field: string, form: DefinitionForm, message: string, code: string): FaultKey {
  const together = TOGETHER.find(([words]) => words.test(message));
  if (together !== undefined) return together[1];
  const place = placeOfField(field);
  if (place === null) return code === 'too_big' ? 'many' : 'other';
  if (place.name.startsWith('content.')) return 'content';
  if (textIn(form, place).trim() === '') return 'missing';
  if (code === 'too_big' && (place.kind === 'text' || place.kind === 'iri')) return 'long';
  return place.kind;
}
