import { mutateBytes } from '../mutate-bytes.ts';
import { mutateTree } from '../mutate-tree.ts';
import { WORDS } from '../odd.ts';
import { scalar, type Tree, textOf, treeOf } from '../tree.ts';
import type { Kind, Trial } from '../trial.ts';
import { escaped, oddParameters, type Parameters, queryOf } from './query.ts';
import { oddStatement } from './statements.ts';
import { toLrs } from './to-lrs.ts';

/** Few, so that what is kept for cohorts and their learners does not grow with the trials. */
const COHORTS = ['c', 'fuzz', 'other', 'none', '__proto__', 'é'];
const PEOPLE = 300;
const DATES = ['2026-03-25T10:00:00Z', '2026-04-01', '2030-01-01T00:00:00+01:00'];
const LISTS: Readonly<Record<string, Parameters>> = {
  '/cohorts': {},
  '/cohorts/c': {},
  '/cohorts/c/metrics': { asOf: DATES, knownAt: DATES },
  '/cohorts/c/learners': {
    asOf: DATES,
    knownAt: DATES,
    state: ['active', 'completed'],
    alert: ['quiet', 'late'],
  },
  '/quarantine': { state: ['open', 'resolved', 'all'], key: ['ak_0', ''] },
  '/quarantine/none': {},
  '/flagged-statements': {},
  '/forwards': {},
  '/forwards/1f0b3a52-6f0d-4a50-9e1c-2f3b5f1f9b11': {},
  '/forwards/1f0b3a52-6f0d-4a50-9e1c-2f3b5f1f9b11/dead-letters': {},
};
const PAGING = { limit: ['1', '1000', '0', '1001'], cursor: ['YzA', 'YzE', 'Yy0xIHg', 'Yw'] };

function changed({ random }: Trial, value: unknown): Tree {
  return mutateTree(random, treeOf(value), treeOf(value));
}

function sendTree(trial: Trial, method: string, path: string, tree: Tree) {
  const { random } = trial;
  const text = Buffer.from(textOf(tree));
  const type = random.chance(0.05)
    ? random.pick(['text/plain', 'application/x+json', 'application/json; charset=utf-16'])
    : 'application/json';
  const body = random.chance(0.1) ? mutateBytes(random, text) : text;
  return trial.send(toLrs(trial, method, `/api/v1${path}`, body, type));
}

function person(trial: Trial): unknown {
  return { account: { homePage: trial.world.platform.issuer, name: `p${trial.random.below(PEOPLE)}` } };
}

function enrolments(trial: Trial): Tree {
  const { random } = trial;
  const one = () => ({
    actor: person(trial),
    name: 'Someone',
    enrolledAt: random.pick(['2026-03-23T08:00:00Z', '2026-03-01T00:00:00+01:00']),
    ...(random.chance(0.3)
      ? { endedAt: '2026-04-20T08:00:00Z', reason: random.pick(['withdrawn', 'removed']) }
      : {}),
  });
  return changed(trial, Array.from({ length: random.below(5) }, one));
}

/** To addresses of this machine that nothing listens at, set last: no mutation leads to another machine. */
function forward(trial: Trial): Tree {
  const url = trial.random.pick([
    'http://127.0.0.1:9/xapi',
    'http://localhost:9',
    'http://[::1]:9/xapi/',
    '',
    'x',
    'file:///etc',
  ]);
  const given = {
    name: 'far',
    username: 'u',
    password: 'p',
    from: 'now',
    filter: { verbs: ['http://example.org/never'] },
  };
  const tree = changed(trial, given);
  if (tree.kind !== 'object') return scalar('[]');
  tree.members.push(['url', treeOf(url)]);
  return tree;
}

const WRITES: readonly ((trial: Trial) => Promise<unknown>)[] = [
  (trial) => {
    const { random, world } = trial;
    const id = random.pick(COHORTS);
    const definition = Object.assign({}, random.pick(world.corpus.definitions), { id });
    return sendTree(
      trial,
      'PUT',
      `/cohorts/${escaped(random.chance(0.95) ? id : random.pick(WORDS))}`,
      changed(trial, definition),
    );
  },
  (trial) =>
    sendTree(trial, 'POST', `/cohorts/${escaped(trial.random.pick(COHORTS))}/enrolments`, enrolments(trial)),
  (trial) => sendTree(trial, 'POST', `/cohorts/c/enrolments`, enrolments(trial)),
  (trial) =>
    trial.send(toLrs(trial, 'DELETE', `/api/v1/cohorts/${escaped(trial.random.pick(COHORTS.slice(1)))}`)),
  (trial) => {
    const asked = {
      actor: person(trial),
      registration: trial.random.uuid(),
      lifetimeMinutes: 5,
      name: 'content',
    };
    return sendTree(trial, 'POST', '/content-keys', changed(trial, asked));
  },
  async (trial) => {
    const added = await sendTree(trial, 'POST', '/forwards', forward(trial));
    if (added.status !== 201) return;
    const { id } = JSON.parse(added.body.toString());
    const main = { Authorization: trial.world.keys.main };
    await trial.send({ method: 'POST', path: `/api/v1/forwards/${id}/pause`, headers: main, body: null });
    await sendTree(trial, 'POST', `/forwards/${id}/dead-letters/replay`, changed(trial, { after: 0 }));
    await trial.send({ method: 'DELETE', path: `/api/v1/forwards/${id}`, headers: main, body: null });
  },
  async (trial) => {
    const { random } = trial;
    const list = await trial.send(toLrs(trial, 'GET', `/api/v1/quarantine?limit=${1 + random.below(20)}`));
    const entries: readonly { readonly id: string }[] =
      list.status === 200 ? JSON.parse(list.body.toString()) : [];
    const id = escaped(entries.length > 0 ? random.pick(entries).id : random.pick(WORDS));
    await trial.send(toLrs(trial, random.pick(['GET', 'DELETE', 'POST', 'PUT']), `/api/v1/quarantine/${id}`));
    await sendTree(
      trial,
      'POST',
      `/quarantine/${id}/replay`,
      random.chance(0.3) ? scalar('') : oddStatement(trial, new Set()),
    );
  },
];

export const apiKinds: readonly Kind[] = [
  {
    name: 'lists of the API',
    share: 30,
    run: (trial) => {
      const { random } = trial;
      const [path, parameters] = random.pick(Object.entries(LISTS));
      const query = queryOf(random, oddParameters(random, { ...parameters, ...PAGING }));
      return trial.send(toLrs(trial, 'GET', `/api/v1${path}${query}`));
    },
  },
  { name: 'changes through the API', share: 40, run: (trial) => trial.random.pick(WRITES)(trial) },
];
