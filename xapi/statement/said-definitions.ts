import type { SaidDefinition } from '../../src/storage/ports/profile-store.ts';
import { sameJson } from './same-json.ts';
import type { Activity, ActivityDefinition } from './types.ts';

/** How many definitions are remembered. */
const MOST = 2_000;

/**
 * Turns definitions of activities into texts. Statements repeat the same few: one that was last said of its activity in
 * the very same way is answered with the very same object, which spares writing it out and copying it to another thread.
 */
export function createSaidDefinitions(): (activity: Activity) => SaidDefinition | null {
  const last = new Map<string, { readonly definition: ActivityDefinition; readonly said: SaidDefinition }>();
  /** Activities that were met before are the same objects (familiar/parts.ts). */
  const met = new WeakMap<Activity, SaidDefinition | null>();
  const say = ({ id, definition }: Activity): SaidDefinition | null => {
    if (definition === undefined) return null;
    const known = last.get(id);
    if (known && sameJson(known.definition, definition)) return known.said;
    const said = { id, definition: JSON.stringify(definition) };
    if (said.definition === '{}') return null;
    if (last.size >= MOST) last.clear();
    if (said.definition.length <= 2_000) last.set(id, { definition, said });
    return said;
  };
  return (activity) => {
    const known = met.get(activity);
    if (known !== undefined) return known;
    const said = say(activity);
    met.set(activity, said);
    return said;
  };
}
