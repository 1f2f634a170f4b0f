import type { Fact } from '../progress/fact.ts';

/**
 * A fact as a line of text: its actor as a JSON string, a tab, and the rest of it as JSON. Whose fact a line is can be
 * seen without reading it.
 */
export function factLine({ actor, ...rest }: Fact): string {
  // Whose it is, is part of what makes it the same event: it is said once.
  const own = `${actor}\n`;
  const sameness = rest.sameness.startsWith(own) ? rest.sameness.slice(own.length) : null;
  const text = JSON.stringify(sameness === null ? rest : { ...rest, sameness, own: true });
  return `${JSON.stringify(actor)}\t${text}`;
}

/** Actors whose facts are asked for; null: everybody's. */
export type Wanted = ReadonlySet<string> | null;

/** True for the actors wanted; whose a mailbox is, is not said by its key alone (src/progress/persons.ts). */
function isWanted(actor: string, wanted: Wanted): boolean {
  return wanted === null || wanted.has(actor) || actor.startsWith('mbox');
}

/** The facts of lines, of the actors wanted. Strings that repeat are there once. */
export function readFactLines(text: string, wanted: Wanted): readonly Fact[] {
  const actors: string[] = [];
  const lines: string[] = [];
  const known = new Map<string, string | null>();
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    const key = line.slice(0, tab);
    let actor = known.get(key);
    if (actor === undefined) {
      const named: string = JSON.parse(key);
      actor = isWanted(named, wanted) ? named : null;
      known.set(key, actor);
    }
    if (actor === null) continue;
    actors.push(actor);
    lines.push(line.slice(tab + 1));
  }
  const rests: readonly (Omit<Fact, 'actor'> & { own?: true })[] = JSON.parse(`[${lines.join(',')}]`);
  const shared = new Map<string, string>();
  const once = (value: string): string => {
    const first = shared.get(value);
    if (first === undefined) shared.set(value, value);
    return first ?? value;
  };
  return rests.map(({ own, ...rest }, index) => ({
    ...rest,
    actor: actors[index] ?? '',
    sameness: own ? `${actors[index]}\n${rest.sameness}` : rest.sameness,
    units: rest.units.map(({ unit, bearing }) => ({ unit: once(unit), bearing })),
  }));
}
