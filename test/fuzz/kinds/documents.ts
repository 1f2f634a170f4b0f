import { mutateBytes } from '../mutate-bytes.ts';
import { mutateTree } from '../mutate-tree.ts';
import { WORDS } from '../odd.ts';
import { textOf, treeOf } from '../tree.ts';
import type { Kind, Trial } from '../trial.ts';
import { DOCUMENTS, RESOURCES } from './queries.ts';
import { oddParameters, queryOf } from './query.ts';
import { headerValue, toLrs } from './to-lrs.ts';

function content({ random }: Trial): Buffer {
  const tree = treeOf({ bookmark: 'page-3', score: 1.5, seen: [1, 2, 3], nested: { a: null } });
  const text = Buffer.from(textOf(mutateTree(random, tree, tree)));
  if (random.chance(0.3)) return mutateBytes(random, text);
  return random.chance(0.1) ? random.bytes(random.below(2_000)) : text;
}

function precondition({ random }: Trial, etag: string): Readonly<Record<string, string>> {
  const draw = random.below(10);
  if (draw < 3) return {};
  if (draw < 5) return { 'If-None-Match': '*' };
  if (draw < 7) return { 'If-Match': '*' };
  if (draw < 9 && etag !== '') return { 'If-Match': etag };
  return {
    [random.pick(['If-Match', 'If-None-Match'])]: headerValue(
      random.pick([...WORDS, '"a"', 'W/"a"', '"', '"a", *']),
    ),
  };
}

export const documentKind: Kind = {
  name: 'documents, changed and removed',
  share: 80,
  run: async (trial) => {
    const { random } = trial;
    const [path, needed] = random.pick(Object.entries(RESOURCES).slice(0, 3));
    const known = Object.fromEntries(needed.map((name) => [name, DOCUMENTS[name] ?? []]));
    const where = `${path}${queryOf(random, oddParameters(random, known, needed))}`;
    const method = random.pick(['PUT', 'PUT', 'POST', 'POST', 'DELETE']);
    const type = random.pick([
      'application/json',
      'application/json',
      'application/json',
      'text/plain',
      'a',
      '',
    ]);
    const seen = random.chance(0.3) ? await trial.send(toLrs(trial, 'GET', where)) : null;
    const etag = typeof seen?.headers.etag === 'string' ? seen.headers.etag : '';
    const sent = toLrs(trial, method, where, method === 'DELETE' ? null : content(trial), type);
    await trial.send({ ...sent, headers: { ...sent.headers, ...precondition(trial, etag) } });
  },
};
