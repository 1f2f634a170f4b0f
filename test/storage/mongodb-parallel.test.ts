import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongo } from '../../src/storage/mongodb/open-mongodb.ts';
import type { EnrolmentChange, LoginAttempt, Registration, Storage } from '../../src/storage/ports/index.ts';
import { mongoServer, newDatabase } from '../support/mongodb-server.ts';
import { dropDatabase } from '../support/open-mongodb.ts';
import { newOrg } from './contract/subject.ts';

const server = await mongoServer();
const AT = Date.UTC(2026, 0, 5);
const INSTANCES = 3;
const EACH = 6;

const login = (): LoginAttempt => ({
  state: randomUUID(),
  nonce: randomUUID(),
  bindHash: 'a hash',
  registrationId: 'registration',
  deployment: null,
  target: 'https://tool.example/lti/launch',
  expiresAt: AT + 300_000,
});

const change = (org: string, enrolmentId: string): EnrolmentChange => ({
  org,
  cohortId: 'spoc',
  enrolmentId,
  learnerId: 'learner',
  enrolledAt: AT,
  enrolledAtSource: 'stated',
  endedAt: null,
  reason: null,
  suspensions: [],
  source: 'api',
  recordedAt: AT,
});

const registration = (given: Partial<Registration>): Registration => ({
  id: randomUUID(),
  org: newOrg(),
  name: 'LMS',
  issuer: `https://${randomUUID()}.example`,
  clientId: 'client',
  authUrl: 'https://lms.example/auth',
  tokenUrl: 'https://lms.example/token',
  jwksUrl: 'https://lms.example/jwks',
  deployments: [],
  status: 'active',
  actorFormat: { homePage: 'https://lms.example', name: 'sub' },
  frameOrigins: [],
  createdAt: AT,
  ...given,
});

describe.skipIf(server === null)('several instances over one MongoDB', { timeout: 30_000 }, () => {
  const uri = server === null ? '' : newDatabase(server);
  let instances: readonly Storage[] = [];
  beforeAll(async () => {
    instances = Array.from({ length: INSTANCES }, () => openMongo({ uri }));
    // All at once: each of them makes the indexes.
    expect(await Promise.all(instances.map((instance) => instance.ready()))).toEqual([true, true, true]);
  }, 30_000);
  afterAll(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    await dropDatabase(uri);
  });
  const one = (): Storage => {
    const [first] = instances;
    if (first === undefined) throw new Error('no instance is open');
    return first;
  };
  /** The same work so many times on every instance, all at once; `turn` is another one each time. */
  const everywhere = <Result>(work: (instance: Storage, turn: number) => Promise<Result>) =>
    Promise.all(
      Array.from({ length: INSTANCES * EACH }, (_, turn) => work(instances[turn % INSTANCES] ?? one(), turn)),
    );

  it('let a login with its nonce be used once', async () => {
    const made = login();
    await one().launches.saveLogin(made);
    const taken = await everywhere((instance) => instance.launches.takeLogin(made.state, AT));
    expect(taken.filter((each) => each !== 'used')).toEqual([made]);
    const states = await everywhere((instance) => instance.launches.peekLogin(made.state));
    expect(new Set(states)).toEqual(new Set([null]));
  });

  it('see each other’s sessions and launches at once, and a revoked one nowhere', async () => {
    const hash = randomUUID();
    const session = { hash, org: newOrg(), registrationId: 'r', sub: '7', createdAt: AT, expiresAt: AT + 9 };
    await one().launches.saveSession(session);
    expect(await instances[1]?.launches.findSession(hash, AT)).toEqual(session);
    await instances[2]?.launches.revokeSession(hash);
    expect(await everywhere((instance) => instance.launches.findSession(hash, AT))).toEqual(
      Array(INSTANCES * EACH).fill(null),
    );
  });

  it('give a lease to one of them, and the next epoch to another when it has ended', async () => {
    const id = randomUUID();
    const leases = (now: number) =>
      everywhere((instance, turn) => instance.leases.lease(id, `holder ${now} ${turn}`, now, now + 10));
    expect((await leases(AT)).filter((epoch) => epoch !== null)).toEqual([1]);
    expect((await leases(AT + 9)).filter((epoch) => epoch !== null)).toEqual([]);
    expect((await leases(AT + 10)).filter((epoch) => epoch !== null)).toEqual([2]);
  });

  it('advance a target once from each position, and only for who holds the lease', async () => {
    const [id, org] = [randomUUID(), newOrg()];
    await one().forwards.insert({
      id,
      org,
      name: 'LRS',
      url: 'https://lrs.example/xapi',
      version: '1.0.3',
      username: 'u',
      sealedSecret: 's',
      filter: { cohorts: [], verbs: [], activities: [] },
      position: 0,
      createdAt: AT,
    });
    const epoch = (await one().forwards.lease(id, 'me', AT, AT + 10)) ?? -1;
    const step = { id, epoch, from: 0, sentAt: AT, dead: [] };
    const made = await everywhere((instance, turn) => instance.forwards.advance({ ...step, to: turn + 1 }));
    expect(made.filter(Boolean)).toHaveLength(1);
    const { position } = (await instances[1]?.forwards.find(org, id)) ?? { position: -1 };
    expect(position).toBe(made.indexOf(true) + 1);
    await instances[1]?.forwards.lease(id, 'other', AT + 10, AT + 20);
    expect(await one().forwards.advance({ ...step, from: position, to: 99 })).toBe(false);
  });

  it('number versions of a definition without gap or repetition', async () => {
    const org = newOrg();
    const version = { org, cohortId: 'spoc', removed: false, recordedAt: AT, recordedBy: 'a test' };
    const added = await everywhere((instance, turn) =>
      instance.cohorts.addVersion({ ...version, definition: `{"n":${turn}}` }),
    );
    const kept = await one().cohorts.versions(org, 'spoc');
    expect(kept.map((each) => each.version)).toEqual(added.map((_, index) => index + 1));
    expect(kept).toEqual(added.toSorted((a, b) => a.version - b.version));
  });

  it('keep enrolment changes in one order, the same for all', async () => {
    const org = newOrg();
    await everywhere((instance, turn) =>
      instance.cohorts.addEnrolmentChanges([change(org, `${turn} a`), change(org, `${turn} b`)]),
    );
    const [first, ...others] = await Promise.all(
      instances.map(({ cohorts }) => cohorts.enrolmentChanges(org, 'spoc')),
    );
    const ids = first?.map(({ enrolmentId }) => enrolmentId) ?? [];
    expect(ids.toSorted()).toEqual(
      Array.from({ length: INSTANCES * EACH }, (_, turn) => [`${turn} a`, `${turn} b`])
        .flat()
        .toSorted(),
    );
    for (const other of others) expect(other).toEqual(first);
    for (const [index, id] of ids.entries())
      if (id.endsWith(' a')) expect(ids[index + 1]).toBe(id.replace(' a', ' b'));
  });

  it('make a learner once, whichever of them meets them first', async () => {
    const org = newOrg();
    const people = ['mbox|mailto:a@example.org', 'mbox|mailto:b@example.org'];
    const made = await everywhere((instance, turn) =>
      instance.cohorts.learnersOf(
        org,
        people.map((actor) => ({ actor, learnerId: randomUUID(), name: `name ${turn}` })),
        AT,
      ),
    );
    expect(new Set(made.map((some) => JSON.stringify(some))).size).toBe(1);
    const { learners } = await one().cohorts.people(org, { actors: people });
    expect(learners.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      [...(made[0] ?? [])].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  it('see at once whom another one enrols, renames and links, however often they have looked before', async () => {
    const org = newOrg();
    const seen = async () => {
      const found = await Promise.all(
        instances.map(async ({ cohorts }) => {
          const { learners, links } = await cohorts.people(org, { cohortId: 'spoc' });
          const changes = await cohorts.enrolmentChanges(org, 'spoc');
          return [changes.length, learners.map(({ name }) => name), links.length];
        }),
      );
      expect(new Set(found.map((each) => JSON.stringify(each))).size).toBe(1);
      return found[0];
    };
    expect(await seen()).toEqual([0, [], 0]);
    const { cohorts } = one();
    await cohorts.learnerOf(org, 'mbox|mailto:a@example.org', { learnerId: 'learner', name: 'A', at: AT });
    await cohorts.addEnrolmentChanges([change(org, 'e1')]);
    expect(await seen()).toEqual([1, ['A'], 0]);
    await instances[1]?.cohorts.renameLearner(org, 'learner', 'B');
    expect(await seen()).toEqual([1, ['B'], 0]);
    const link = { org, learnerId: 'learner', other: 'x', linked: true, by: 'hand' as const };
    await instances[2]?.cohorts.addIdentityLinks([{ ...link, recordedAt: AT, recordedBy: 'a test' }]);
    expect(await seen()).toEqual([1, ['B'], 1]);
    const again = await cohorts.people(org, { cohortId: 'spoc' });
    expect(await cohorts.people(org, { cohortId: 'spoc' })).toBe(again);
  });

  it('let one registration have an issuer and client id, and lose no approval', async () => {
    const issuer = `https://${randomUUID()}.example`;
    const saved = await everywhere((instance) => instance.registrations.save(registration({ issuer })));
    expect(saved.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    const [kept] = (await instances[2]?.registrations.byIssuer(issuer)) ?? [];
    const id = kept?.id ?? '';
    await everywhere((instance, turn) => instance.registrations.approveDeployment(id, `d${turn}`));
    for (const instance of instances)
      expect((await instance.registrations.byId(id))?.deployments.toSorted()).toEqual(
        Array.from({ length: INSTANCES * EACH }, (_, turn) => `d${turn}`).toSorted(),
      );
  });

  it('forget old changes of registrations, and know all the same what they came to', async () => {
    const kept = registration({ deployments: ['1'] });
    await one().registrations.save(kept);
    for (let turn = 0; turn < 70; turn += 1)
      await one().registrations.setRoles(kept.org, kept.id, { [`membership#Role${turn}`]: 'staff' });
    const late = openMongo({ uri });
    const expected = { ...kept, roles: { 'membership#Role69': 'staff' } };
    expect(await late.registrations.byId(kept.id)).toEqual(expected);
    // It has read nothing since the test before.
    expect(await instances[1]?.registrations.byId(kept.id)).toEqual(expected);
    await late.close();
  });
});
