import { mutateBytes } from '../mutate-bytes.ts';
import { mutateTree } from '../mutate-tree.ts';
import { type Tree, textOf, treeOf } from '../tree.ts';
import type { Kind, Trial } from '../trial.ts';
import { oddParameters, queryOf } from './query.ts';
import { toLrs } from './to-lrs.ts';

/** A statement of the corpus, mutated; most have an id that nobody used before, which goes to `fresh`. */
export function oddStatement({ random, world }: Trial, fresh: Set<string>): Tree {
  const { statements } = world.corpus;
  const tree = treeOf(random.pick(statements));
  if (tree.kind === 'object' && !random.chance(0.05)) {
    const at = tree.members.findIndex(([key]) => key === 'id');
    if (at >= 0) tree.members.splice(at, 1);
    if (random.chance(0.6)) {
      const id = random.uuid();
      fresh.add(id);
      tree.members.push(['id', treeOf(id)]);
    }
    const object = tree.members.find(([key]) => key === 'object')?.[1];
    const reference = object?.kind === 'object' ? object.members.find(([key]) => key === 'id') : undefined;
    // What refers to others, voiding above all, refers to some that are there.
    if (reference && random.chance(0.3) && textOf(reference[1]).includes('1f0b3a52'))
      reference[1] = treeOf(random.pick(world.known));
  }
  return random.chance(0.4) ? tree : mutateTree(random, tree, treeOf(random.pick(statements)));
}

/** Mostly one statement, else a batch of them. */
export function oddBody(trial: Trial, fresh: Set<string>): string {
  const { random } = trial;
  if (random.chance(0.6)) return textOf(oddStatement(trial, fresh));
  const length = random.chance(0.02) ? 200 : random.below(6);
  return textOf({ kind: 'array', items: Array.from({ length }, () => oddStatement(trial, fresh)) });
}

const LENIENT = { 'assidu:onInvalid': ['skip', 'skip', 'skip', 'refuse'] };

async function send(trial: Trial, body: Buffer, fresh: ReadonlySet<string>): Promise<void> {
  const { random } = trial;
  const put = random.chance(0.15);
  const parameters = put ? { statementId: [random.uuid(), random.pick(trial.world.known)] } : LENIENT;
  const query = queryOf(random, oddParameters(random, parameters, put ? ['statementId'] : []));
  const answer = await trial.send(toLrs(trial, put ? 'PUT' : 'POST', `/xapi/statements${query}`, body));
  if (!put && answer.status === 200)
    await trial.taken(JSON.parse(answer.body.toString()), body.toString(), fresh);
}

export const statementKinds: readonly Kind[] = [
  {
    name: 'statements, changed in their parts',
    share: 360,
    run: async (trial) => {
      const fresh = new Set<string>();
      await send(trial, Buffer.from(oddBody(trial, fresh)), fresh);
    },
  },
  {
    name: 'statements, changed in their bytes',
    share: 120,
    run: async (trial) => {
      const { random, world } = trial;
      const text = random.chance(0.5)
        ? oddBody(trial, new Set())
        : JSON.stringify(random.pick(world.corpus.statements));
      await send(trial, mutateBytes(random, Buffer.from(text)), new Set());
    },
  },
];
