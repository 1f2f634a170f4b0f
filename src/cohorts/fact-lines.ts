import type { Fact } from '../progress/fact.ts';

/**
 * A fact as a line of text: its actor as a JSON string, a tab, and the rest of it as JSON. Whose fact a line is can be
 * seen without reading it.
 */
export function factLine({ actor, ...rest }: Fact): string {
  return `${JSON.stringify(actor)}\t${JSON.stringify(rest)}`;
}

/** The facts of lines; of these actors only, when some are named. Strings that repeat are there once. */
export function readFactLines(text: string, wanted: ReadonlySet<string> | null): readonly Fact[] {
  const actors: string[] = [];
  const lines: string[] = [];
  const known = new Map<string, string | null>();
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    const key = line.slice(0, tab);
    let actor = known.get(key);
    if (actor === undefined) {
      const named: string = JSON.parse(key);
      actor = wanted === null || wanted.has(named) ? named : null;
      known.set(key, actor);
    }
    if (actor === null) continue;
    actors.push(actor);
    lines.push(line.slice(tab + 1));
  }
  const rests: readonly Omit<Fact, 'actor'>[] = JSON.parse(`[${lines.join(',')}]`);
  const shared = new Map<string, string>();
  const once = (value: string): string => {
    const first = shared.get(value);
    if (first === undefined) shared.set(value, value);
    return first ?? value;
  };
  return rests.map((rest, index) => ({
    ...rest,
    actor: actors[index] ?? '',
    units: rest.units.map(({ unit, bearing }) => ({ unit: once(unit), bearing })),
  }));
}
