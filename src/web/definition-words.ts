import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import type { DefinitionChange } from '../cohorts/definition-changes.ts';
import { placeOfField } from './definition-fields.ts';
import type { DefinitionForm } from './definition-form.ts';
import type { FieldKind } from './definition-values.ts';
import type { MessageKey, Texts } from './intl.ts';
import { definitionFields } from './messages/definition-fields.ts';

const KNOWN: ReadonlySet<string> = new Set(Object.keys(definitionFields.fr));

function isKey(key: string): key is MessageKey {
  return KNOWN.has(key);
}

/** A message by a key made of parts; undefined where there is none. */
function message(key: string, texts: Texts): string | undefined {
  return isKey(key) ? texts.t(key) : undefined;
}

/** A field's name without the number of its row: `units.weight`. */
function general(field: string): string {
  return field.replace(/\.\d+(?=\.|$)/, '').replaceAll(/\[\d+\]/g, '');
}

/** What a field is called. */
export function fieldLabel(field: string, texts: Texts): string {
  const name = general(field);
  if (name === 'title') return message('field.title.fr', texts) ?? name;
  return message(`field.${name}`, texts) ?? name;
}

/** What explains a field; undefined where its label says it all. */
export function fieldHint(field: string, texts: Texts): string | undefined {
  const name = general(field);
  return message(`hint.${name.startsWith('title.') ? 'title' : name}`, texts);
}

/** What a row of units is called in a form. */
export function unitName({ rows }: DefinitionForm, index: number, texts: Texts): string {
  const fields = rows.units[index]?.fields ?? {};
  const [own, other] = texts.locale === 'fr' ? ['title.fr', 'title.en'] : ['title.en', 'title.fr'];
  return fields[own] || fields[other] || texts.t('unit.untitled', { n: index + 1 });
}

/** A field with the row it is of: "Cadrer : Poids". */
export function placedLabel(form: DefinitionForm, field: string, texts: Texts): string {
  const place = placeOfField(field);
  const label = fieldLabel(field, texts);
  if (place === null || place.index === null) return label;
  const { t } = texts;
  const n = place.index + 1;
  switch (place.list) {
    case 'units':
      return `${unitName(form, place.index, texts)} · ${label}`;
    case 'breaks':
      return `${t('draft.break', { n })} · ${label}`;
    case 'tags':
      return `${t('draft.tag', { n })} · ${label}`;
    default:
      return label;
  }
}

const CHOICES: Readonly<Record<string, (value: string) => string>> = {
  kind: (value) => `kind.${value}`,
  'units.modality': (value) => `modality.${value}`,
  'units.satisfiedBy': (value) => `draft.by.${value}`,
  'units.attempts': (value) => `draft.attempts.${value}`,
  'grades.lineItem': (value) => `draft.lineItem.${value}`,
};

/** A choice in words, by its field; as it is where there are none. */
export function choiceWords(field: string, value: string, texts: Texts): string {
  const key = CHOICES[general(field)]?.(value);
  return key !== undefined && hasMessage(key) ? texts.t(key) : value;
}

function hasMessage(key: string): key is MessageKey {
  return /^(kind\.(spoc|blended)|modality\.(online|virtual-class|in-person|assessment)|draft\.by\.\w+|draft\.attempts\.(best|last)|draft\.lineItem\.(none|cohort|units))$/.test(
    key,
  );
}

/** A change between two versions, in words. */
export function changeWords(change: DefinitionChange, definition: CohortDefinition, texts: Texts): string {
  const { t } = texts;
  const nameOf = (unit: Unit) => titleOf(unit, texts);
  switch (change.kind) {
    case 'unitAdded':
    case 'unitRemoved':
      return t(`change.${change.kind}`, { unit: nameOf(change.unit) });
    case 'unitsMoved':
      return t('change.unitsMoved', { list: change.units.map(nameOf).join(', ') });
    default: {
      const field = change.unit === null ? change.path : `units.${change.path}`;
      const words = (value: unknown) => valueWords(field, value, definition, texts);
      const values = {
        field: fieldLabel(field, texts),
        before: words(change.before),
        after: words(change.after),
      };
      return change.unit === null
        ? t('change.field', values)
        : t('change.unitField', { ...values, unit: nameOf(change.unit) });
    }
  }
}

function titleOf({ title, id }: Unit, texts: Texts): string {
  return title === undefined ? id : texts.pick(title);
}

/** A value of a definition in words, by its field. */
export function valueWords(
  field: string,
  value: unknown,
  { timezone, units }: CohortDefinition,
  texts: Texts,
): string {
  const { t } = texts;
  if (value === undefined || value === null || value === '') return t('draft.nothing');
  const name = general(field);
  if (name === 'completion.require') {
    if (isRecord(value) && typeof value.weight === 'number')
      return `${texts.percent(value.weight)} · ${t('draft.require.weight')}`;
    return t('draft.require.all');
  }
  if (typeof value === 'boolean') return t(value ? 'draft.yes' : 'draft.no');
  if (typeof value === 'number') return numberWords(placeKind(field), value, texts);
  if (Array.isArray(value))
    return value.length === 0 ? t('draft.nothing') : listWords(value, texts, timezone, units);
  if (isRecord(value))
    return (
      Object.entries(value)
        .map(([key, held]) => `${key} = ${String(held)}`)
        .join(', ') || t('draft.nothing')
    );
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return texts.date(text, timezone);
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return texts.dateTime(text, timezone);
  return choiceWords(field, text, texts);
}

function placeKind(field: string): FieldKind | null {
  return placeOfField(field.startsWith('units.') ? field.replace('units.', 'units.0.') : field)?.kind ?? null;
}

function numberWords(kind: FieldKind | null, value: number, texts: Texts): string {
  if (kind === 'percent') return texts.percent(value);
  return kind === 'days' ? texts.days(value) : texts.number(value);
}

function listWords(list: readonly unknown[], texts: Texts, timezone: string, units: readonly Unit[]): string {
  return list
    .map((item) => {
      if (!isRecord(item)) {
        const unit = units.find(({ id }) => id === item);
        return unit === undefined ? String(item) : titleOf(unit, texts);
      }
      if (typeof item.from === 'string' && typeof item.to === 'string')
        return texts.t('rule.break', {
          from: texts.date(item.from, timezone),
          to: texts.date(item.to, timezone),
        });
      return Object.values(item).map(String).join(' · ');
    })
    .join(' ; ');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
