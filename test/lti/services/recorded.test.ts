import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAccessTokens } from '../../../lti/services/access-tokens.ts';
import { createLineItems } from '../../../lti/services/line-items.ts';
import { createMemberships } from '../../../lti/services/memberships.ts';
import { createScores } from '../../../lti/services/scores.ts';
import { sharedPath } from '../../support/shared.ts';
import { type Reply, registration, type Sent, scripted, TOKEN_URL } from './scripted-fetch.ts';

const exchange = z.object({
  name: z.string(),
  request: z.object({ method: z.string(), url: z.string(), body: z.unknown().optional() }),
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
});
type Exchange = z.output<typeof exchange>;

const folder = sharedPath('data/moodle');
const recorded = (file: string): readonly Exchange[] =>
  z.array(exchange).parse(JSON.parse(readFileSync(`${folder}/${file}.json`, 'utf8')));
/** The recorded answer, byte for byte but for what fetch does itself. */
const replyOf = ({ response }: Exchange): Reply => {
  const { 'content-type': type, link, date } = response.headers;
  const headers = Object.entries({ 'content-type': type, link, date }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { status: response.status, headers: Object.fromEntries(headers), body: response.body };
};
const named = (list: readonly Exchange[], name: string): Exchange => {
  const found = list.find((each) => each.name.startsWith(name));
  if (!found) throw new Error(`no recording is called ${name}`);
  return found;
};

describe.skipIf(folder === null)('what Moodle 4.1 was recorded to answer', () => {
  const byUrl =
    (list: readonly Exchange[]) =>
    (request: Sent): Reply => {
      const found = list.find(
        ({ request: { url, method } }) => url === request.url && method === request.method,
      );
      return found ? replyOf(found) : { status: 404 };
    };
  const read = (file: string, url: string, name?: string) => {
    const list = recorded(file);
    const world = scripted(name === undefined ? byUrl(list) : () => replyOf(named(list, name)));
    return createMemberships(world).read(registration, url);
  };
  const roster = 'http://localhost:8090/mod/lti/services.php/CourseSection/2/bindings/1/memberships';

  it('is a roster, the same in one page or in three', async () => {
    const whole = await read('nrps-memberships', roster);
    expect(whole.fault).toBeNull();
    expect(whole.members).toHaveLength(6);
    expect(whole.members.filter(({ role }) => role === 'staff').map(({ sub }) => sub)).toEqual(['3']);
    expect(whole.members[0]).toMatchObject({
      sub: '4',
      name: 'Amélie Durand',
      email: 'amelie.durand@etu.univ-exemple.fr',
      username: 'amelie.durand',
      active: true,
    });
    expect(await read('nrps-memberships', `${roster}?limit=2`)).toEqual(whole);
  });

  it('leaves a suspended person out, and calls a non-editing teacher a learner', async () => {
    const { members } = await read('nrps-memberships', roster, 'contexte complet après ajout');
    expect(members.map(({ sub }) => sub)).not.toContain('9');
    expect(members.find(({ sub }) => sub === '10')).toMatchObject({ role: 'learner', name: 'Marc Petit' });
  });

  it('names nobody where names are hidden', async () => {
    const url = 'http://localhost:8090/mod/lti/services.php/CourseSection/2/bindings/2/memberships';
    const { members, fault } = await read('nrps-memberships-anonyme', url);
    expect([members.length, fault]).toEqual([7, null]);
    expect(
      members.every(({ name, email, username }) => name === null && email === null && username === null),
    ).toBe(true);
  });

  it.each(['rlid inconnu', 'Accept: application/json', 'sans jeton', 'cours inexistant', 'jeton faux'])(
    'is no whole roster: %s',
    async (name) => {
      expect(await read('nrps-memberships', roster, name)).toMatchObject({ members: [] });
      expect((await read('nrps-memberships', roster, name)).fault).toMatch(/the platform answered 40[014]/);
    },
  );

  it('is a token, though called text/html, or a refusal in its words', async () => {
    for (const each of recorded('token-endpoint')) {
      const scene = scripted(() => replyOf(each), false);
      const outcome = await createAccessTokens(scene).tokenFor(registration, ['s']);
      expect(outcome.kind, each.name).toBe(each.response.status === 200 ? 'token' : 'failed');
      if (outcome.kind === 'failed')
        expect(outcome.reason).toMatch(
          /400 (invalid_|unsupported_|Expired token|\{ "error" : ""kid" invalid)/,
        );
    }
  });

  it('is a list of line items, to the end though its links are malformed', async () => {
    const list = recorded('ags-lineitems');
    const made = named(list, 'création');
    const asked: string[] = [];
    const world = scripted((request) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.method === 'POST') return replyOf(made);
      const page = request.url.includes('from=2') ? 'liste limit=2 from=2' : 'liste limit=2';
      return request.url.includes('from=4') ? { body: [] } : replyOf(named(list, page));
    });
    const url = 'http://localhost:8090/mod/lti/services.php/2/lineitems?type_id=1';
    const outcome = await createLineItems(world).ensure(registration, url, {
      label: 'Promotion',
      scoreMaximum: 100,
      resourceId: 'promotion',
    });
    expect(outcome).toEqual({
      kind: 'item',
      url: z.object({ id: z.string() }).parse(made.response.body).id,
    });
    expect(asked.map((line) => line.replace(/resource_id=|tag=/g, ''))).toHaveLength(4);
    expect(asked.at(-1)).toBe(`POST ${url}`);
    expect(JSON.parse(world.sent.at(-1)?.body ?? '')).toEqual({
      label: 'Promotion',
      scoreMaximum: 100,
      resourceId: 'promotion',
      tag: 'assidu',
    });
    expect(world.sent.at(-1)?.headers.get('content-type')).toBe('application/vnd.ims.lis.v2.lineitem+json');
  });

  const score = { scoreGiven: 12, scoreMaximum: 20, activityProgress: 'Completed' } as const;
  const lineItem = 'http://localhost:8090/mod/lti/services.php/2/lineitems/4/lineitem?type_id=1';
  const at = Date.parse('2026-11-22T04:59:13.141Z');

  it.each([
    ['note simple', 'taken'],
    ['enseignant', 'refused'],
    ['utilisateur non inscrit', 'refused'],
    ['userId inconnu', 'refused'],
    ['userId non numérique', 'wait'],
    ['lineitem inexistant', 'gone'],
    ['jeton NRPS', 'wait'],
    ['sans jeton', 'wait'],
    ['Content-Type application/json', 'refused'],
  ])('is said of a score: %s is %s', async (name, kind) => {
    const world = scripted(() => replyOf(named(recorded('ags-scores'), name)));
    const outcome = await createScores(world.client).send(registration, lineItem, '5', score, at);
    expect(outcome.kind).toBe(kind);
  });

  it('is 409 within the same second, and a later second is taken', async () => {
    const list = recorded('ags-score-sequence');
    const replies = [named(list, '2 même seconde'), named(list, '3 deux secondes plus tard')];
    const world = scripted(() => {
      const next = replies.shift();
      return next ? replyOf(next) : { status: 500 };
    });
    const outcome = await createScores(world.client).send(registration, lineItem, '8', score, at);
    expect(outcome.kind).toBe('taken');
    const posts = world.sent.filter(({ url }) => url !== TOKEN_URL);
    expect(posts.map(({ url }) => url)).toEqual(
      Array(2).fill('http://localhost:8090/mod/lti/services.php/2/lineitems/4/lineitem/scores?type_id=1'),
    );
    const [first, second] = posts.map(({ body }) => JSON.parse(body));
    expect(first).toEqual({
      userId: '8',
      ...score,
      timestamp: '2026-11-22T04:59:13.141Z',
      gradingProgress: 'FullyGraded',
    });
    expect(Date.parse(second.timestamp)).toBeGreaterThanOrEqual(at + 1_000);
  });
});
