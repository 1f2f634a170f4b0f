import { type ListName, placeOfField } from './definition-fields.ts';
import type { DefinitionForm, FormRow } from './definition-form.ts';

type Posted = Readonly<Record<string, unknown>>;
type Texts = Record<string, string>;

/** Longer than anything that a field may hold. */
const MOST = 4_000;

/**
 * A form with what was typed into the fields that a page showed; those it did not show stay. A box that is not ticked is
 * sent by nobody: before each stands a hidden field of its name.
 */
export function withTyped(form: DefinitionForm, posted: Posted): DefinitionForm {
  const fields: Texts = { ...form.fields };
  const changed = new Map<string, Texts>();
  for (const [name, sent] of Object.entries(posted)) {
    const place = placeOfField(name);
    const text = lastText(sent);
    if (place === null || text === null) continue;
    if (place.list === null) fields[name] = typedOver(fields[name] ?? '', text);
    else {
      const row = form.rows[place.list][place.index ?? -1];
      if (row === undefined) continue;
      const key = `${place.list}.${place.index}`;
      const texts = changed.get(key) ?? { ...row.fields };
      texts[place.name] = typedOver(texts[place.name] ?? '', text);
      changed.set(key, texts);
    }
  }
  const rows = (list: ListName): readonly FormRow[] =>
    form.rows[list].map((row, index) => {
      const texts = changed.get(`${list}.${index}`);
      return texts === undefined ? row : { ...row, fields: texts };
    });
  return {
    ...form,
    fields,
    rows: { contexts: rows('contexts'), breaks: rows('breaks'), tags: rows('tags'), units: rows('units') },
  };
}

function lastText(sent: unknown): string | null {
  const last = Array.isArray(sent) ? sent.at(-1) : sent;
  return typeof last === 'string' ? last.slice(0, MOST) : null;
}

/** Fields of one line lose breaks of lines, and numbers are shown with a comma: nobody typed that. */
function typedOver(held: string, typed: string): string {
  const plain = (text: string) => text.replaceAll(/[\r\n]/g, '');
  return plain(held) === plain(typed) ? held : typed;
}

/** A form with other rows in one of its lists. */
export function withRows(form: DefinitionForm, list: ListName, rows: readonly FormRow[]): DefinitionForm {
  return { ...form, rows: { ...form.rows, [list]: rows } };
}

/** A form with a row moved by so many places. */
export function moved(form: DefinitionForm, list: ListName, index: number, by: number): DefinitionForm {
  const rows = [...form.rows[list]];
  const to = index + by;
  const [row] = rows.splice(index, 1);
  if (row === undefined || to < 0 || to > rows.length) return form;
  rows.splice(to, 0, row);
  return withRows(form, list, rows);
}

/** A form without a row. */
export function without(form: DefinitionForm, list: ListName, index: number): DefinitionForm {
  return withRows(
    form,
    list,
    form.rows[list].filter((_, at) => at !== index),
  );
}

/** Units in the order of their dates: of sessions, else of what is due; those without one stay behind the unit before. */
export function byDate(form: DefinitionForm): DefinitionForm {
  let last = '';
  const keyed = form.rows.units.map((row) => {
    const { date = '', from = '', dueOn = '' } = row.fields;
    last = date === '' ? (dueOn === '' ? last : `${dueOn}T24`) : `${date}T${from}`;
    return { row, key: last };
  });
  const sorted = keyed.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
  return withRows(
    form,
    'units',
    sorted.map(({ row }) => row),
  );
}
