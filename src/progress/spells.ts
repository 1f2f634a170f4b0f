/** A time during which something holds: from `from` on, until just before `to` (null: until further notice). ms. */
export interface Spell {
  readonly from: number;
  readonly to: number | null;
}

/** Something that holds from an instant on and for ever. */
export function since(from: number): readonly Spell[] {
  return [{ from, to: null }];
}

/** Facts in the order of their timestamps -> those of one instant together: none of them comes first. */
export function* byInstant<Told extends { readonly at: number }>(
  facts: readonly Told[],
): Generator<{ readonly at: number; readonly told: readonly Told[] }> {
  let told: Told[] = [];
  for (const fact of facts) {
    const [first] = told;
    if (first && first.at !== fact.at) {
      yield { at: first.at, told };
      told = [];
    }
    told.push(fact);
  }
  const [first] = told;
  if (first) yield { at: first.at, told };
}

/** The spells of a condition that facts tell of: `hear` takes those of one instant and answers whether it holds from then on. */
export function spellsTold<Told extends { readonly at: number }>(
  facts: readonly Told[],
  hear: (told: readonly Told[], at: number) => boolean,
): readonly Spell[] {
  const spells: Spell[] = [];
  let from: number | null = null;
  for (const { at, told } of byInstant(facts)) {
    const now = hear(told, at);
    if (now && from === null) from = at;
    if (!now && from !== null) {
      spells.push({ from, to: at });
      from = null;
    }
  }
  return from === null ? spells : [...spells, { from, to: null }];
}

/** The spells of a condition that can only change at `points` (any order, repeats allowed). */
export function spellsOf(points: Iterable<number>, holds: (instant: number) => boolean): readonly Spell[] {
  const instants = [...new Set(points)].sort((a, b) => a - b).map((at) => ({ at }));
  return spellsTold(instants, (_, at) => holds(at));
}

/** Whether an instant lies in one of the spells. */
export function within(spells: readonly Spell[], instant: number): boolean {
  return spells.some(({ from, to }) => from <= instant && (to === null || instant < to));
}

/** Start of the spell that lasts; null when none does (metrics.md "satisfiedAt", "completedAt"). */
export function currentFrom(spells: readonly Spell[]): number | null {
  const last = spells.at(-1);
  return last && last.to === null ? last.from : null;
}

/** All instants at which one of the spells begins or ends. */
export function edges(...lists: readonly (readonly Spell[])[]): readonly number[] {
  return lists.flat().flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
}
