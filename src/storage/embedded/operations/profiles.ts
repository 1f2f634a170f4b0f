import { mergeDefinition } from '../../merge-definition.ts';
import type { SaidDefinition, SaidName } from '../../ports/profile-store.ts';
import { type OperationContext, read } from '../operation.ts';
import { insertRows } from '../rows.ts';

/** Merges what statements say of activities into their canonical definitions. */
export function keepDefinitions(
  { db, seen }: OperationContext,
  org: string,
  definitions: readonly SaidDefinition[],
): void {
  const known = seen.of('definition', org);
  for (const { id, definition } of definitions) {
    if (known.has(id, definition)) continue;
    const row = db.get('SELECT definition FROM activities WHERE org = ? AND id = ?', org, id);
    const kept = row ? String(row.definition) : null;
    const merged = kept === null ? definition : mergeDefinition(kept, definition);
    if (merged !== kept) {
      db.run(
        'INSERT INTO activities (org, id, definition) VALUES (?, ?, ?) ' +
          'ON CONFLICT (org, id) DO UPDATE SET definition = excluded.definition',
        org,
        id,
        merged,
      );
      known.forgetId(id);
    }
    known.note(id, definition);
  }
}

/** Keeps what statements call actors. */
export function keepNames({ db, seen }: OperationContext, org: string, names: readonly SaidName[]): void {
  const known = seen.of('name', org);
  const values: string[] = [];
  for (const { actor, name } of names) {
    if (known.has(actor, name)) continue;
    // As JSON: libsql 0.5 ends a text at its first NUL when it reads it.
    values.push(org, actor, JSON.stringify(name));
    known.note(actor, name);
  }
  insertRows(db, 'INSERT INTO agent_names (org, actor, name)', 3, values, 'ON CONFLICT DO NOTHING');
}

export const profileOperations = {
  'profiles.definitions': read(
    (
      { db },
      input: { readonly org: string; readonly activities: readonly string[] },
    ): readonly SaidDefinition[] =>
      input.activities.flatMap((id) => {
        const row = db.get('SELECT definition FROM activities WHERE org = ? AND id = ?', input.org, id);
        return row ? [{ id, definition: String(row.definition) }] : [];
      }),
  ),
  'profiles.names': read(
    ({ db }, input: { readonly org: string; readonly actor: string }): readonly string[] =>
      db
        .all('SELECT name FROM agent_names WHERE org = ? AND actor = ? ORDER BY name', input.org, input.actor)
        .map((row): string => JSON.parse(String(row.name))),
  ),
};
