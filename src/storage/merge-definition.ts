type Json = Readonly<Record<string, unknown>>;

/** Language maps of a definition: what is said in one language leaves the others alone. */
const LANGUAGE_MAPS = ['name', 'description'];
/** Lists of interaction components (xAPI 1.0.3 Data 2.4.4.1). */
const COMPONENTS = ['choices', 'scale', 'source', 'target', 'steps'];

/**
 * The canonical definition of an activity after one more was said of it, both JSON texts of valid definitions (xAPI
 * 1.0.3 Communication 2.5): language maps grow by language, interaction components by id, anything else is replaced
 * by what was said last, and nothing is lost for not being repeated. Saying the same again changes nothing.
 */
export function mergeDefinition(kept: string, said: string): string {
  const before: Json = JSON.parse(kept);
  const now: Json = JSON.parse(said);
  const merged: Record<string, unknown> = { ...before, ...now };
  for (const key of LANGUAGE_MAPS)
    if (isObject(before[key]) && isObject(now[key])) merged[key] = { ...before[key], ...now[key] };
  for (const key of COMPONENTS)
    if (Array.isArray(before[key]) && Array.isArray(now[key]))
      merged[key] = mergeComponents(before[key], now[key]);
  return JSON.stringify(merged);
}

/** In the order said last; those no longer said follow. */
function mergeComponents(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  const unsaid = new Map(before.filter(isObject).map((component) => [component.id, component]));
  const merged = now.filter(isObject).map((component) => {
    const earlier = unsaid.get(component.id);
    unsaid.delete(component.id);
    const described = isObject(earlier?.description) || isObject(component.description);
    const description = {
      ...(isObject(earlier?.description) ? earlier.description : {}),
      ...(isObject(component.description) ? component.description : {}),
    };
    return { ...component, ...(described ? { description } : {}) };
  });
  return [...merged, ...unsaid.values()];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
