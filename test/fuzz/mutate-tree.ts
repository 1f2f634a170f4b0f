import { oddKey, oddScalar } from './odd.ts';
import type { Random } from './random.ts';
import { type Place, placesIn, scalar, type Tree, textOf } from './tree.ts';

/** What is multiplied comes to no more than this, in characters. */
const LARGEST = 200_000;

type Change = (random: Random, place: Place, others: readonly Place[]) => void;

const CHANGES: readonly Change[] = [
  (_random, place) => place.remove(),
  (_random, place) => place.double(),
  (random, place) => place.rename(oddKey(random)),
  (random, place) => place.rename((place.key ?? '').toUpperCase() + (random.chance(0.5) ? ' ' : '')),
  (random, place) => place.set(scalar(oddScalar(random))),
  (random, place) => place.set(scalar(oddScalar(random))),
  (random, place) => add(random, place),
  (random, place) => add(random, place),
  // As text: a part put into itself would have no end.
  (random, place, others) => place.set(scalar(textOf(random.pick(others).get()))),
  (_random, place) => place.set({ kind: 'array', items: [place.get()] }),
  (random, place) => place.set({ kind: 'object', members: [[oddKey(random), place.get()]] }),
  (random, place) => tweak(random, place),
  (random, place) => tweak(random, place),
  (random, place) => {
    if (random.chance(0.2)) nest(random, place);
  },
  (random, place) => {
    if (random.chance(0.2)) multiply(random, place);
  },
];

/** Changes a tree in up to four places; `from` is where foreign parts are taken. Nothing is copied: throw it away. */
export function mutateTree(random: Random, tree: Tree, from: Tree): Tree {
  const root: Tree = { kind: 'array', items: [tree] };
  const foreign = placesIn(from);
  const times = random.pick([0, 1, 1, 1, 1, 2, 2, 3, 4]);
  for (let time = 0; time < times; time += 1) {
    const places = placesIn(root);
    const [whole, ...inner] = places;
    const place = inner.length > 0 && !random.chance(0.02) ? random.pick(inner) : whole;
    if (place === undefined) break;
    random.pick(CHANGES)(random, place, foreign.length > 0 && random.chance(0.5) ? foreign : places);
  }
  return root.items[0] ?? scalar('');
}

function add(random: Random, place: Place): void {
  const value = place.get();
  const added = scalar(oddScalar(random));
  if (value.kind === 'object') value.members.push([oddKey(random), added]);
  else if (value.kind === 'array') value.items.push(added);
  else place.set(added);
}

/** Changes the characters of a scalar. */
function tweak(random: Random, place: Place): void {
  const value = place.get();
  if (value.kind !== 'scalar') return;
  const { text } = value;
  const at = random.below(text.length + 1);
  const put = random.pick([
    '\\u0000',
    '\\ud800',
    ' ',
    '%',
    '\\n',
    'é',
    '\u2028',
    '/',
    ':',
    '0',
    '-',
    '.',
    'e9',
    '\\"',
  ]);
  place.set(
    scalar(
      random.chance(0.7) ? text.slice(0, at) + put + text.slice(at) : text.slice(0, at) + text.slice(at + 1),
    ),
  );
}

function nest(random: Random, place: Place): void {
  const deep = random.pick([5, 30, 90, 99, 100, 101, 500, 20_000]);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"https://e.org/x":[', ']}'],
  ] as const);
  place.set(scalar(`${open.repeat(deep)}1${close.repeat(random.chance(0.8) ? deep : 0)}`));
}

function multiply(random: Random, place: Place): void {
  const value = place.get();
  const text = textOf(value);
  const times = Math.min(random.pick([3, 10, 100, 1_000]), Math.ceil(LARGEST / text.length));
  if (value.kind !== 'object' || random.chance(0.5))
    place.set(scalar(`[${Array(times).fill(text).join(',')}]`));
  else for (let time = 0; time < times; time += 1) value.members.push([`k${time}`, scalar(String(time))]);
}
