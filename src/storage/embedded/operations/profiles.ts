import { mergeDefinition } from '../../merge-definition.ts';
import type { SaidDefinition, SaidName } from '../../ports/profile-store.ts';
import { type OperationContext, read } from '../operation.ts';
import { insertRows } from '../rows.ts';

/** Merges what a statement says of an activity into its canonical definition. */
export function keepDefinition(
  { db, seen }: OperationContext,
  org: string,
  { id, definition }: SaidDefinition,
): void {
  const key = `definition\n${org}\n${id}`;
  if (seen.has(key, definition)) return;
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
    seen.forgetKey(key);
  }
  seen.note(key, definition);
}

/** Keeps what statements call actors. */
export function keepNames({ db, seen }: OperationContext, org: string, names: readonly SaidName[]): void {
  const values: string[] = [];
  for (const { actor, name } of names) {
    const key = `name\n${org}\n${actor}`;
    if (seen.has(key, name)) continue;
    // As JSON: libsql 0.5 ends a text at its first NUL when it reads it.
    values.push(org, actor, JSON.stringify(name));
    seen.note(key, name);
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
