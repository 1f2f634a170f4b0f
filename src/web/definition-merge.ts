import type { ListName } from './definition-fields.ts';
import type { DefinitionForm, FormRow } from './definition-form.ts';

/** A field that two people changed in two ways; what the one who saves typed is in the merged form. */
export interface MergeConflict {
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
}

export interface MergedForm {
  readonly form: DefinitionForm;
  readonly conflicts: readonly MergeConflict[];
}

/**
 * What two people made of the same form, together: what only one of them changed is as they left it. Where both changed
 * the same, `mine` is in the form, and `theirs` is told. Rows are the same by what names them.
 */
export function mergeForms(base: DefinitionForm, theirs: DefinitionForm, mine: DefinitionForm): MergedForm {
  const conflicts: MergeConflict[] = [];
  const fields = mergeTexts(base.fields, theirs.fields, mine.fields, '', conflicts);
  const rows = (list: ListName) =>
    mergeRows(list, base.rows[list], theirs.rows[list], mine.rows[list], conflicts);
  return {
    form: {
      ...theirs,
      fields,
      rows: { contexts: rows('contexts'), breaks: rows('breaks'), tags: rows('tags'), units: rows('units') },
    },
    conflicts,
  };
}

type Texts = Readonly<Record<string, string>>;

function mergeTexts(base: Texts, theirs: Texts, mine: Texts, at: string, conflicts: MergeConflict[]): Texts {
  const merged: Record<string, string> = { ...mine };
  for (const name of Object.keys({ ...theirs, ...mine })) {
    const [before, other = '', own = ''] = [base[name] ?? '', theirs[name], mine[name]];
    if (own === before) merged[name] = other;
    else if (other !== before && other !== own)
      conflicts.push({ field: `${at}${name}`, mine: own, theirs: other });
  }
  return merged;
}

/** What names a row: of units their id, of others all they say. */
function nameOf(list: ListName, { fields }: FormRow): string {
  if (list === 'units') return fields.id ?? '';
  if (list === 'tags') return fields.name ?? '';
  return JSON.stringify(Object.entries(fields).sort());
}

function mergeRows(
  list: ListName,
  base: readonly FormRow[],
  theirs: readonly FormRow[],
  mine: readonly FormRow[],
  conflicts: MergeConflict[],
): readonly FormRow[] {
  const name = (row: FormRow) => nameOf(list, row);
  const names = (rows: readonly FormRow[]) => rows.map(name);
  const before = new Map(base.map((row) => [name(row), row]));
  const other = new Map(theirs.map((row) => [name(row), row]));
  const own = new Set(names(mine));
  const mineMoved = JSON.stringify(names(mine)) !== JSON.stringify(names(base));
  // Whose order it is: theirs where mine is the one we began with.
  const merged: FormRow[] = [];
  const keep = (row: FormRow) => {
    const known = before.get(name(row));
    const told = other.get(name(row));
    // A row they removed, and that I left as it was, is gone.
    if (known !== undefined && told === undefined && sameRow(known, row)) return;
    if (known === undefined || told === undefined) merged.push(row);
    else {
      const at = `${list}.${merged.length}.`;
      merged.push({
        kept: told.kept,
        fields: mergeTexts(known.fields, told.fields, row.fields, at, conflicts),
      });
    }
  };
  const added = theirs.filter((row) => !before.has(name(row)) && !own.has(name(row)));
  if (mineMoved) {
    for (const row of mine) keep(row);
    return [...merged, ...added];
  }
  const ofMine = new Map(mine.map((row) => [name(row), row]));
  for (const row of theirs) {
    const held = ofMine.get(name(row));
    if (held !== undefined) keep(held);
    else if (!before.has(name(row))) merged.push(row);
  }
  // What they removed and I changed stays, at the end.
  for (const row of mine) if (!other.has(name(row))) keep(row);
  return merged;
}

function sameRow(one: FormRow, other: FormRow): boolean {
  return (
    JSON.stringify(Object.entries(one.fields).sort()) === JSON.stringify(Object.entries(other.fields).sort())
  );
}
