/** JSON as it is written: numbers keep their digits, and an object may say the same key twice. */
export type Tree =
  | { readonly kind: 'object'; readonly members: [string, Tree][] }
  | { readonly kind: 'array'; readonly items: Tree[] }
  | { readonly kind: 'scalar'; readonly text: string };

/** A tree of its own for a JSON value; what is undefined is not there. */
export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { kind: 'array', items: value.map(treeOf) };
  if (typeof value === 'object' && value !== null)
    return {
      kind: 'object',
      members: Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([key, each]): [string, Tree] => [key, treeOf(each)]),
    };
  return scalar(JSON.stringify(value) ?? 'null');
}

/** What stands for itself: a number, a string, or something that is no JSON at all. */
export function scalar(text: string): Tree {
  return { kind: 'scalar', text };
}

/** The JSON text of a tree. */
export function textOf(tree: Tree): string {
  if (tree.kind === 'scalar') return tree.text;
  if (tree.kind === 'array') return `[${tree.items.map(textOf).join(',')}]`;
  return `{${tree.members.map(([key, value]) => `${JSON.stringify(key)}:${textOf(value)}`).join(',')}}`;
}

/** A place in a tree where a value stands. */
export interface Place {
  readonly key: string | null;
  get(): Tree;
  set(value: Tree): void;
  remove(): void;
  /** Puts a copy of it beside it. */
  double(): void;
  rename(key: string): void;
}

/** All places of a tree but its root. */
export function placesIn(tree: Tree): readonly Place[] {
  const found: Place[] = [];
  const visit = (node: Tree): void => {
    if (node.kind === 'object')
      for (const member of node.members) {
        found.push(placeOf(node.members, member));
        visit(member[1]);
      }
    if (node.kind === 'array')
      for (const [index, item] of node.items.entries()) {
        found.push(itemPlace(node.items, index, item));
        visit(item);
      }
  };
  visit(tree);
  return found;
}

function placeOf(members: [string, Tree][], member: [string, Tree]): Place {
  const without = () => members.splice(members.indexOf(member), 1);
  return {
    key: member[0],
    get: () => member[1],
    set: (value) => {
      member[1] = value;
    },
    remove: without,
    double: () => members.splice(members.indexOf(member), 0, [member[0], member[1]]),
    rename: (key) => {
      member[0] = key;
    },
  };
}

function itemPlace(items: Tree[], index: number, item: Tree): Place {
  return {
    key: null,
    get: () => items[index] ?? item,
    set: (value) => {
      items[index] = value;
    },
    remove: () => items.splice(index, 1),
    double: () => items.splice(index, 0, item),
    rename: () => {},
  };
}
