import { z } from 'zod';

// A platform that does not know a variable leaves it as it stands (LTI 1.3 Core §6.2): `$Person.sourcedId`.
const unresolved = /^\$[A-Za-z][\w.:<>-]*$/;

/** The value, or null where the platform had none: `""` (Moodle) or the variable itself (Canvas). */
export function resolved(value: string | null | undefined): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' || unresolved.test(trimmed) ? null : trimmed;
}

/** The custom parameters that have a value, as text. */
export function resolvedCustom(custom: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const texts = Object.entries(custom).flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
    const kept = resolved(text);
    return kept === null ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(texts);
}

/** Names separated by commas (Moodle's group ids), or a JSON array, escaped or not (Canvas's section names). */
function namesIn(list: string): readonly string[] {
  for (const text of list.startsWith('[') ? [list, list.replaceAll('\\"', '"')] : []) {
    try {
      return z.array(z.string()).parse(JSON.parse(text));
    } catch {
      // It is not written that way.
    }
  }
  return list.split(',');
}

/** The groups a platform names in `groups` and `sections`. */
export function groupsOf(custom: Readonly<Record<string, string>>): readonly string[] {
  const names = [custom.groups, custom.sections].flatMap((list) => (list === undefined ? [] : namesIn(list)));
  return [...new Set(names.flatMap((name) => resolved(name) ?? []))];
}
