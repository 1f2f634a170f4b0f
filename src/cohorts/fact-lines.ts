import type { Meaning } from '../../xapi/vocabulary/event.ts';
import type { Fact } from '../progress/fact.ts';

type Bearing = Fact['units'][number]['bearing'];

/**
 * A fact without its actor, by position: half as long as by name. What is null at the end is left out, as it is of most
 * facts. Of a sameness that begins with the fact's own actor and meaning only the rest is told, as a text; any other
 * stands whole, in a list.
 */
type Told = readonly [
  statementId: string,
  at: number,
  stored: number,
  meaning: Meaning,
  bits: number,
  sameness: string | readonly [string],
  units?: readonly (readonly [string, Bearing])[] | null,
  completion?: Fact['completion'],
  success?: Fact['success'],
  score?: Fact['score'],
  progress?: Fact['progress'],
  played?: Fact['played'],
  entry?: Fact['entry'] | null,
];

/** Yes or no, one bit each. */
const ACT = 1;
const DERIVED = 2;
const COURSE = 4;
const WHOLE = 8;

function bitsOf({ act, derived, course, whole }: Fact): number {
  return (act ? ACT : 0) | (derived ? DERIVED : 0) | (course ? COURSE : 0) | (whole ? WHOLE : 0);
}

/** What most facts have nothing of, up to the last that there is something of. */
function seldom({ units, completion, success, score, progress, played, entry }: Fact): readonly unknown[] {
  const bearings = units.length === 0 ? null : units.map(({ unit, bearing }) => [unit, bearing]);
  const all = [bearings, completion, success, score, progress, played, entry ?? null];
  while (all.at(-1) === null) all.pop();
  return all;
}

/**
 * A fact as a line of text: its actor as a JSON string, a tab, and the rest of it as JSON. Whose fact a line is can be
 * seen without reading it.
 */
export function factLine(fact: Fact): string {
  const { statementId, actor, at, stored, meaning, sameness } = fact;
  const own = `${actor}\n${meaning}\n`;
  const same = sameness.startsWith(own) ? sameness.slice(own.length) : [sameness];
  const told = [statementId, at, stored, meaning, bitsOf(fact), same, ...seldom(fact)];
  return `${JSON.stringify(actor)}\t${JSON.stringify(told)}`;
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
  const all: readonly Told[] = JSON.parse(`[${lines.join(',')}]`);
  const shared = new Map<string, string>();
  const once = (value: string): string => {
    const first = shared.get(value);
    if (first === undefined) shared.set(value, value);
    return first ?? value;
  };
  return all.map((told, index) => factOf(told, actors[index] ?? '', once));
}

function factOf(told: Told, actor: string, once: (value: string) => string): Fact {
  const [statementId, at, stored, meaning, bits, same, units, completion, success] = told;
  const [, , , , , , , , , score, progress, played, entry] = told;
  return {
    statementId,
    actor,
    at,
    stored,
    meaning,
    act: (bits & ACT) !== 0,
    derived: (bits & DERIVED) !== 0,
    units: (units ?? []).map(([unit, bearing]) => ({ unit: once(unit), bearing })),
    course: (bits & COURSE) !== 0,
    ...((bits & WHOLE) === 0 ? {} : { whole: true }),
    completion: completion ?? null,
    success: success ?? null,
    score: score ?? null,
    progress: progress ?? null,
    played: played ?? null,
    ...(entry ? { entry } : {}),
    sameness: typeof same === 'string' ? `${actor}\n${meaning}\n${same}` : same[0],
  };
}
