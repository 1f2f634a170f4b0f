import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_SCOPES } from '../../src/storage/ports/key-store.ts';
import type { Answer } from '../support/start-assidu.ts';
import { type Outcome, type Outcomes, people } from './people.ts';
import { registeredRoutes } from './registered-routes.ts';
import { apiRows } from './routes/api.ts';
import { pageRows } from './routes/pages.ts';
import { publicRows } from './routes/public.ts';
import { xapiRows } from './routes/xapi.ts';
import type { KeyRow, PageRow } from './row.ts';
import { type Person, SECRET_NAME, SECRET_TITLE, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.assidu.close());

const keyRows = [...apiRows, ...xapiRows];
type Row = KeyRow | PageRow;
type Ids = Readonly<Record<string, string>>;

/** The address of a row: `:id` is the value given, else the one for the word before it. */
function addressOf({ route, query = '' }: Row, ids: Ids, values: Ids = {}): string {
  const [, path = ''] = route.split(' ');
  const parts = path.split('/');
  const filled = parts.map((part, index) => {
    if (!part.startsWith(':')) return part;
    const value = values[part.slice(1)] ?? ids[parts[index - 1] ?? ''];
    if (value === undefined) throw new Error(`${route}: world.ts has no id for ${part}; give it in values`);
    return encodeURIComponent(value);
  });
  return `${filled.join('/')}${query}`;
}

const names = (row: Row): boolean => /:(?!launch)/.test(row.route);
const absent = (ids: Ids): Ids => Object.fromEntries(Object.keys(ids).map((word) => [word, 'walk-absent']));
const outcomeOf = ({ status }: Answer): Outcome | number =>
  status === 401
    ? 'unknown'
    : status === 403
      ? 'forbidden'
      : status === 404
        ? 'absent'
        : status < 500
          ? 'ok'
          : status;

/** A text with everything taken out that differs between two people, two launches and two things. */
function plain({ text }: Answer, ...words: readonly string[]): string {
  return words
    .filter((word) => word.length > 4)
    .sort((one, other) => other.length - one.length)
    .reduce((rest, word) => rest.replaceAll(word, '…'), text)
    .replaceAll(/[\w-]{43}/g, '…');
}

/** Digital learning managers and executives, whatever course they come from. */
function seesPortfolio({ role, grant }: Person): boolean {
  const held = grant !== undefined && grant.expiresAt !== 1 && !grant.cohortId ? grant.role : undefined;
  return (held ?? role) === 'dlm' || held === 'executive';
}

/** Digital learning managers, whatever course they come from. */
function isDlm({ role, grant }: Person): boolean {
  const held = grant !== undefined && grant.expiresAt !== 1 && !grant.cohortId ? grant.role : undefined;
  return (held ?? role) === 'dlm';
}

/** What is to happen to a person. `found`: a front page has something for most, and nothing for others. */
function expectedOf(
  may: PageRow['may'],
  person: Person,
  outcomes: Outcomes,
  found: Outcome | number,
): Outcome | number {
  const { sub } = person;
  const { cohort, learner, 'whole cohort': whole } = outcomes;
  const shut = Object.values(outcomes).every((each) => each === cohort) && cohort !== 'ok';
  if (shut && cohort !== 'absent') return cohort;
  switch (may) {
    case 'everybody':
      return found === 'forbidden' ? found : 'ok';
    case 'nobody':
      return 'absent';
    case 'portfolio':
      return seesPortfolio(person) ? 'ok' : 'forbidden';
    case 'configure':
      return cohort === 'ok' && !isDlm(person) ? 'forbidden' : cohort;
    case 'new cohort':
      return isDlm(person) ? 'ok' : 'forbidden';
    case 'own work':
      return cohort === 'ok' && sub !== 'learner' ? 'forbidden' : cohort;
    case 'staff work':
      return learner === 'ok' && whole === 'absent' ? 'forbidden' : whole;
    default:
      return outcomes[may];
  }
}

const send = (row: Row, path: string, headers: Readonly<Record<string, string>>) => {
  const [method = 'GET'] = row.route.split(' ');
  const form = 'form' in row && row.form ? new URLSearchParams(row.form).toString() : undefined;
  return form === undefined
    ? world.assidu.request(method, path, row.body?.(world), headers)
    : world.assidu.request(method, path, form, {
        ...headers,
        'content-type': 'application/x-www-form-urlencoded',
      });
};

describe('the table of routes', () => {
  it('has every route that is registered, and no other: a new one wants a line in test/authorisation/routes', () => {
    const tabled = [...keyRows, ...pageRows, ...publicRows].map(({ route }) => route);
    expect(registeredRoutes(world.assidu.app.router)).toEqual([...tabled].sort());
  });
});

describe.each(keyRows)('$route', (row) => {
  const address = async (allowed: boolean) =>
    addressOf(row, world.ids, allowed ? await row.values?.(world) : undefined);

  it('is for keys with the scopes it asks for', async () => {
    const walked = await Promise.all(
      KEY_SCOPES.map(async (scope) => {
        const allowed = row.may === 'public' || row.may.includes(scope);
        const authorization = await world.keyOf(scope);
        const outcome = outcomeOf(await send(row, await address(allowed), { authorization }));
        // Of what has no name in the address there may be none yet.
        const fine = outcome === 'absent' && allowed && !names(row) ? 'ok' : outcome;
        return [scope, fine, allowed ? 'ok' : 'forbidden'] as const;
      }),
    );
    expect(walked.map(([scope, outcome]) => [scope, outcome])).toEqual(
      walked.map(([scope, , expected]) => [scope, expected]),
    );
  });

  if (row.may !== 'public')
    it('is shut to keys that are none, revoked or expired', async () => {
      const outcomes = await Promise.all(
        world.deadKeys.map(async (authorization) =>
          outcomeOf(await send(row, await address(false), { authorization })),
        ),
      );
      expect(outcomes).toEqual(world.deadKeys.map(() => 'unknown'));
    });

  it('shows another organisation nothing of ours, not even that it is there', async () => {
    const authorization = world.foreignKey;
    const ours = addressOf(row, world.ids, row.foreign === 'own' ? await row.values?.(world) : undefined);
    const answer = await send(row, ours, { authorization });
    expect([SECRET_NAME, `${SECRET_TITLE} walk-a`].filter((secret) => answer.text.includes(secret))).toEqual(
      [],
    );
    if (!names(row) || row.foreign === 'own') return expect(outcomeOf(answer)).not.toBe('unknown');
    const nothing = await send(row, addressOf(row, absent(world.ids)), { authorization });
    // A body may be at fault before anything is looked for.
    expect([outcomeOf(answer), answer.status >= 400]).toEqual([outcomeOf(nothing), true]);
    expect(plain(answer, ...Object.values(world.ids))).toBe(plain(nothing, 'walk-absent'));
  });
});

describe.each(pageRows)('$route', (row) => {
  const open = async (person: Person, ids: Ids) => {
    const visit = await world.visit(person);
    const answer = await send(row, addressOf(row, ids, { launch: visit.launch }), visit.headers);
    return { answer, visit };
  };

  it('is open to those whom it should be open to, and to them alone', async () => {
    const walked = await Promise.all(
      people.map(async ([name, person, outcomes]) => {
        const { answer } = await open(person, world.ids);
        const outcome = outcomeOf(answer);
        const seesThePath = outcome === 'ok' && (outcomes.learner === 'ok' || person.sub === 'learner');
        const secrets = [...(seesThePath ? [] : [SECRET_NAME]), ...(outcome === 'ok' ? [] : [SECRET_TITLE])];
        const told = secrets.filter((secret) => answer.text.includes(secret));
        return { name, outcome, told, expected: expectedOf(row.may, person, outcomes, outcome) };
      }),
    );
    expect(walked.map(({ name, outcome, told }) => [name, outcome, told])).toEqual(
      walked.map(({ name, expected }) => [name, expected, []]),
    );
  });

  if (names(row))
    it('things of another organisation are as if they were not, to a dlm too', async () => {
      const dlm: Person = { role: 'dlm' };
      const { answer: nothing, visit: one } = await open(dlm, absent(world.ids));
      for (const word of Object.keys(world.foreignIds).filter((each) => row.route.includes(`/${each}/:`))) {
        const mixed = { ...world.ids, [word]: world.foreignIds[word] ?? '' };
        const { answer, visit } = await open(dlm, mixed);
        expect(outcomeOf(answer), word).toBe('absent');
        const told = plain(answer, visit.launch, ...Object.values(visit.headers), ...Object.values(mixed));
        expect(told).toBe(plain(nothing, one.launch, ...Object.values(one.headers), 'walk-absent'));
      }
    });

  if (!row.route.startsWith('GET'))
    it('takes no form from elsewhere, nor without its token', async () => {
      for (const bad of [{ origin: 'https://evil.example' }, { 'x-csrf-token': 'guessed' }]) {
        const visit = await world.visit({ role: 'dlm' });
        const path = addressOf(row, world.ids, { launch: visit.launch });
        expect(outcomeOf(await send(row, path, { ...visit.headers, ...bad }))).toBe('forbidden');
      }
    });
});

describe.each(publicRows)('$route', ({ route, status }) => {
  it('answers without session and key, and names nothing of ours', async () => {
    const [method = 'GET', path = ''] = route.replace('*', 'PUT').split(' ');
    const answer = await world.assidu.request(method, path, undefined, { authorization: '' });
    expect(status).toContain(answer.status);
    expect(answer.text).not.toContain(SECRET_TITLE);
  });
});

describe('what nobody was allowed to do', () => {
  it('was not done: all that addresses named is still there', async () => {
    for (const word of ['cohorts', 'forwards', 'grants', 'quarantine', 'identities']) {
      const id = world.ids[word] ?? '';
      const { status, text } = await world.assidu.request('GET', `/api/v1/${word}?limit=1000`);
      expect([status, text.includes(id)], word).toEqual([200, true]);
    }
  });
});
