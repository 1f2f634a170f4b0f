import type { SaidDefinition } from '../../src/storage/ports/profile-store.ts';
import type { Activity, ActivityDefinition } from './types.ts';

/** How many definitions are remembered. */
const MOST = 2_000;

/**
 * Turns definitions of activities into texts. Statements repeat the same few: one that was last said of its activity in
 * the very same way is answered with the very same object, which spares writing it out and copying it to another thread.
 */
export function createSaidDefinitions(): (activity: Activity) => SaidDefinition | null {
  const last = new Map<string, { readonly definition: ActivityDefinition; readonly said: SaidDefinition }>();
  return ({ id, definition }) => {
    if (definition === undefined) return null;
    const known = last.get(id);
    if (known && isSame(known.definition, definition)) return known.said;
    const said = { id, definition: JSON.stringify(definition) };
    if (said.definition === '{}') return null;
    if (last.size >= MOST) last.clear();
    if (said.definition.length <= 2_000) last.set(id, { definition, said });
    return said;
  };
}

/** Whether two JSON values are equal, members in any order. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSame(item, b[index]))
    );
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
