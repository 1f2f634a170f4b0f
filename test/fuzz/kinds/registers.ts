import { mutateBytes } from '../mutate-bytes.ts';
import { mutateTree } from '../mutate-tree.ts';
import { WORDS } from '../odd.ts';
import { textOf, treeOf } from '../tree.ts';
import type { Kind, Trial } from '../trial.ts';
import { BLENDED, ensureBlended, somebody, UNITS } from './blended.ts';
import { escaped, oddParameters, queryOf } from './query.ts';
import { toLrs } from './to-lrs.ts';

const INSTANTS = ['2026-03-25T10:00:00Z', '2026-04-01', '2030-01-01T00:00:00+01:00', '2026-02-30'];
const MINUTES = [0, 1, 119.5, 1e9, -1, null, '60'];
const PAGING = { limit: ['1', '1000', '0'], cursor: ['YzA', 'YzE', 'Yw'] };

/** Some of what is given, mutated most of the time. */
function body({ random }: Trial, given: unknown): Buffer {
  const tree = treeOf(given);
  const text = Buffer.from(textOf(random.chance(0.3) ? tree : mutateTree(random, tree, treeOf(given))));
  return random.chance(0.05) ? mutateBytes(random, text) : text;
}

function several({ random }: Trial, one: () => unknown): readonly unknown[] {
  return Array.from({ length: random.below(4) }, one);
}

/** A part of a path: one that may be there, or now and then a stranger. */
function part({ random }: Trial, known: readonly string[]): string {
  return escaped(random.chance(0.85) && known.length > 0 ? random.pick(known) : random.pick(WORDS));
}

function ask(trial: Trial, path: string, parameters: Readonly<Record<string, readonly string[]>>) {
  const { random } = trial;
  const query = queryOf(random, oddParameters(random, parameters));
  const sent = toLrs(trial, 'GET', `/api/v1${path}${query}`);
  const Accept = random.pick(['text/csv', 'text/csv;q=0', 'application/json, text/csv', '*/*']);
  return trial.send(random.chance(0.3) ? { ...sent, headers: { ...sent.headers, Accept } } : sent);
}

/** The ids of a list that is there; none when it may not be read. */
async function idsOf(trial: Trial, path: string, field: string): Promise<readonly string[]> {
  const headers = { Authorization: trial.world.keys.main };
  const { status, body: text } = await trial.send({
    method: 'GET',
    path: `/api/v1${path}`,
    headers,
    body: null,
  });
  const list: readonly Readonly<Record<string, unknown>>[] =
    status === 200 ? JSON.parse(text.toString()) : [];
  return list.map((each) => String(each[field]));
}

const ACTIONS: readonly ((trial: Trial, cohort: string) => Promise<unknown>)[] = [
  (trial, cohort) => {
    const { random } = trial;
    const entry = () => ({
      actor: somebody(trial),
      session: random.pick(UNITS),
      status: random.pick(['present', 'present', 'absent', 'excused', 'late']),
      ...(random.chance(0.4) ? { minutes: random.pick(MINUTES) } : {}),
    });
    return trial.send(
      toLrs(trial, 'POST', `/api/v1/cohorts/${cohort}/attendance`, body(trial, several(trial, entry))),
    );
  },
  (trial, cohort) => {
    const entry = () => ({ actor: somebody(trial), session: trial.random.pick(UNITS) });
    return trial.send(
      toLrs(trial, 'DELETE', `/api/v1/cohorts/${cohort}/attendance`, body(trial, several(trial, entry))),
    );
  },
  (trial, cohort) => ask(trial, `/cohorts/${cohort}/attendance`, { ...PAGING, session: UNITS }),
  (trial, cohort) => {
    const { random } = trial;
    const waive = random.chance(0.6);
    const entry = () => ({
      actor: somebody(trial),
      unit: random.pick(UNITS),
      ...(waive ? { reason: random.pick(['Known already', ' ', 'x'.repeat(501)]) } : {}),
    });
    const path = `/api/v1/cohorts/${cohort}/waivers`;
    return trial.send(toLrs(trial, waive ? 'POST' : 'DELETE', path, body(trial, several(trial, entry))));
  },
  (trial, cohort) => ask(trial, `/cohorts/${cohort}/waivers`, PAGING),
  async (trial, cohort) => {
    const { random } = trial;
    const path = `/cohorts/${cohort}/enrolments`;
    const id = part(trial, await idsOf(trial, `${path}?limit=20`, 'enrolmentId'));
    const correction = {
      enrolledAt: random.pick(['2026-03-01T08:00:00Z', '2026-04-01T08:00:00+02:00']),
      endedAt: random.pick(['2026-04-20T08:00:00Z', null]),
      reason: random.pick(['withdrawn', 'removed', 'transferred', 'excluded', null]),
      suspensions: several(trial, () => ({ from: '2026-03-05T08:00:00Z', to: '2026-03-09T08:00:00Z' })),
    };
    const [kept] = [Object.entries(correction).filter(() => random.chance(0.5))];
    return random.chance(0.8)
      ? trial.send(toLrs(trial, 'PATCH', `/api/v1${path}/${id}`, body(trial, Object.fromEntries(kept))))
      : trial.send(toLrs(trial, 'DELETE', `/api/v1${path}/${id}`));
  },
  (trial, cohort) =>
    ask(trial, `/cohorts/${cohort}/enrolments`, { ...PAGING, asOf: INSTANTS, knownAt: INSTANTS }),
  (trial, cohort) =>
    ask(trial, `/cohorts/${cohort}/enrolments/history`, {
      ...PAGING,
      actor: [JSON.stringify(somebody(trial))],
      knownAt: INSTANTS,
    }),
  async (trial) => {
    const { random } = trial;
    const draw = random.below(6);
    if (draw < 2) {
      const link = { actors: [somebody(trial), somebody(trial)], linked: random.chance(0.6) };
      return trial.send(toLrs(trial, 'POST', '/api/v1/identities', body(trial, link)));
    }
    if (draw === 2)
      return trial.send(
        toLrs(trial, 'PUT', '/api/v1/identities/rules/email', body(trial, { on: random.chance(0.5) })),
      );
    if (draw === 3) return ask(trial, '/identities', { ...PAGING, actor: [JSON.stringify(somebody(trial))] });
    if (draw === 4) return ask(trial, '/identities/rules/email', {});
    const id = part(trial, await idsOf(trial, '/identities?limit=20', 'id'));
    return trial.send(toLrs(trial, 'DELETE', `/api/v1/identities/${id}`));
  },
  (trial, cohort) =>
    ask(trial, `/cohorts/${cohort}/retention`, {
      asOf: INSTANTS,
      knownAt: INSTANTS,
      clock: ['cohort', 'learner'],
      population: ['started', 'enrolled'],
    }),
  (trial) =>
    ask(trial, '/comparison', {
      cohort: [BLENDED, `${BLENDED},c`, 'none', ','],
      day: ['0', '30', '-1', '1e9', '1.5'],
      knownAt: INSTANTS,
    }),
  async (trial) => {
    const { random, world } = trial;
    const grant = {
      platform: random.pick(['fuzz', world.platform.issuer]),
      sub: `p${random.below(40)}`,
      role: random.pick(['lcm', 'dlm', 'observer', 'learner']),
      ...(random.chance(0.5) ? { cohort: random.pick([BLENDED, 'c', 'none']) } : {}),
    };
    const draw = random.below(3);
    if (draw === 0) return trial.send(toLrs(trial, 'POST', '/api/v1/grants', body(trial, grant)));
    if (draw === 1) return ask(trial, '/grants', PAGING);
    const id = part(trial, await idsOf(trial, '/grants?limit=100', 'id'));
    return trial.send(toLrs(trial, 'DELETE', `/api/v1/grants/${id}`));
  },
  (trial, cohort) => ask(trial, `/cohorts/${cohort}/frozen`, PAGING),
  (trial, cohort) =>
    ask(trial, `/cohorts/${cohort}/${trial.random.pick(['learners', 'metrics', 'roster'])}`, {
      ...PAGING,
      asOf: INSTANTS,
      knownAt: INSTANTS,
    }),
];

/** What people record of learners, and what analysts ask, through the API. */
export const registerKind: Kind = {
  name: 'registers, waivers, enrolments, people',
  share: 70,
  run: async (trial) => {
    await ensureBlended(trial);
    const { random } = trial;
    for (let actions = 0; actions < 3; actions += 1)
      await random.pick(ACTIONS)(trial, part(trial, [BLENDED, BLENDED, BLENDED, 'c']));
  },
};
