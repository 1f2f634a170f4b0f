import type { FieldKind } from './definition-values.ts';

/** A field that a form shows: where its value is in the definition (or in its row), and how it is written. */
export interface FieldSpec {
  /** Its name in forms, and its path: `dropout.warnAfterDays`. */
  readonly name: string;
  readonly kind: FieldKind;
}

const fields = (...specs: readonly (readonly [string, FieldKind])[]): readonly FieldSpec[] =>
  specs.map(([name, kind]) => ({ name, kind }));

/** Fields of the cohort as a whole whose names are their paths. */
export const PLAIN_FIELDS = fields(
  ['id', 'id'],
  ['kind', 'choice'],
  ['timezone', 'zone'],
  ['startsOn', 'date'],
  ['endsOn', 'date'],
  ['graceDays', 'whole'],
  ['enrolFromStatements', 'flag'],
  ['completion.minAttendance', 'percent'],
  ['completion.acceptCourseCompletion', 'flag'],
  ['dropout.warnAfterDays', 'days'],
  ['dropout.alertAfterDays', 'days'],
  ['dropout.dropAfterDays', 'days'],
  ['dropout.startWithinDays', 'days'],
  ['grades.lineItem', 'choice'],
  ['grades.scoreMaximum', 'number'],
  ['cost.fixed', 'number'],
  ['cost.perLearner', 'number'],
  ['cost.currency', 'currency'],
);

/** Fields of the cohort that say a value in another way than the definition does. */
export const DERIVED_FIELDS = fields(
  ['title.fr', 'text'],
  ['title.en', 'text'],
  ['completion.require', 'choice'],
  ['completion.weight', 'percent'],
  ['grades.comment', 'choice'],
);

/** Lists whose items are rows of fields. */
export const LISTS = ['contexts', 'breaks', 'tags', 'units'] as const;
export type ListName = (typeof LISTS)[number];

/** Fields of a row, by list. */
export const ROW_FIELDS: Readonly<Record<ListName, readonly FieldSpec[]>> = {
  contexts: fields(
    ['platform', 'text'],
    ['client', 'text'],
    ['deployment', 'text'],
    ['course', 'text'],
    ['group', 'text'],
    ['activity', 'iri'],
  ),
  breaks: fields(['from', 'date'], ['to', 'date']),
  tags: fields(['name', 'text'], ['value', 'text']),
  units: fields(
    ['id', 'iri'],
    ['modality', 'choice'],
    ['plannedMinutes', 'whole'],
    ['dueOn', 'date'],
    ['satisfiedBy', 'choice'],
    ['minScore', 'percent'],
    ['minProgress', 'percent'],
    ['minAttendance', 'percent'],
    ['cancelled', 'flag'],
    ['weight', 'number'],
    ['required', 'flag'],
    ['attempts', 'choice'],
    ['content.url', 'text'],
    ['content.launch', 'choice'],
    ['content.markAsDone', 'yesNo'],
    ['content.publisherId', 'iri'],
  ),
};

/** Fields of a unit that say a value in another way. */
export const DERIVED_UNIT_FIELDS = fields(
  ['title.fr', 'text'],
  ['title.en', 'text'],
  ['mustSatisfy', 'flag'],
  ['date', 'date'],
  ['from', 'time'],
  ['lastDate', 'date'],
  ['until', 'time'],
);

const COHORT_KINDS = new Map([...PLAIN_FIELDS, ...DERIVED_FIELDS].map(({ name, kind }) => [name, kind]));
const ROW_KINDS = new Map(
  LISTS.map((list) => {
    const all = list === 'units' ? [...ROW_FIELDS.units, ...DERIVED_UNIT_FIELDS] : ROW_FIELDS[list];
    return [list, new Map(all.map(({ name, kind }) => [name, kind]))] as const;
  }),
);

/** A field's name in a form: of the cohort (`endsOn`), or of a row (`units.3.weight`). */
export interface FieldPlace {
  readonly list: ListName | null;
  /** Of the row, from 0; null outside lists. */
  readonly index: number | null;
  readonly name: string;
  readonly kind: FieldKind;
}

/** The place that a name in a form stands for; null for a name of no field. */
export function placeOfField(name: string): FieldPlace | null {
  const kind = COHORT_KINDS.get(name);
  if (kind !== undefined) return { list: null, index: null, name, kind };
  const [, listed, number, rest = ''] = /^([a-z]+)\.(\d{1,4})\.([\w.]+)$/i.exec(name) ?? [];
  const list = LISTS.find((each) => each === listed);
  const ofRow = list === undefined ? undefined : ROW_KINDS.get(list)?.get(rest);
  if (list === undefined || ofRow === undefined) return null;
  return { list, index: Number(number), name: rest, kind: ofRow };
}
