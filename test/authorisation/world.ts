import { createHmac, randomUUID } from 'node:crypto';
import { deriveLtiKeys, hashOf } from '../../lti/secrets.ts';
import type { Grant } from '../../src/storage/ports/grant-store.ts';
import type { KeyScope } from '../../src/storage/ports/key-store.ts';
import type { Launch } from '../../src/storage/ports/launch-store.ts';
import { unitKey } from '../../src/units/own-units.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

export const ISSUER = 'https://lms.walk.example';
/** The learner of the cohort `walk-a`, as an actor. */
export const LEARNER = { account: { homePage: ISSUER, name: 'learner' } };
const UNIT = 'https://lms.example/unit/a';
export const SECRET_NAME = 'Prénom Secrète';
export const SECRET_TITLE = 'Cohorte dont nul ne sait rien';

/** Whoever opens pages: what their platform says of them, and what was granted. */
export interface Person {
  readonly role?: Launch['role'];
  readonly course?: string;
  readonly platform?: 'walk-ours' | 'walk-theirs' | 'walk-inactive';
  readonly sub?: string;
  readonly mentees?: readonly string[];
  readonly roles?: readonly string[];
  readonly grant?: Partial<Pick<Grant, 'role' | 'cohortId' | 'tags' | 'expiresAt'>>;
  /** `other`: of somebody else; `ended`: expired. */
  readonly session?: 'none' | 'other' | 'ended';
}

/** A launch of a person, and the headers by which their browser comes back. */
export interface Visit {
  readonly launch: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Two organisations, with one of everything in ours that an address can name. */
export interface World {
  readonly assidu: RunningAssidu;
  /** Usual values of parameters, by the word before them in the path. */
  readonly ids: Readonly<Record<string, string>>;
  /** The same words: things of the other organisation. */
  readonly foreignIds: Readonly<Record<string, string>>;
  visit(person: Person): Promise<Visit>;
  newForward(): Promise<string>;
  newGrant(): Promise<string>;
  newQuarantined(): Promise<string>;
  /** Of somebody new in the cohort `walk-a`. */
  newEnrolment(): Promise<string>;
  /** Between two people whom nobody else is. */
  newLink(): Promise<string>;
  /** A key of the organisation with this one scope. */
  keyOf(scope: KeyScope): Promise<string>;
  /** Of the other organisation, with all that a key can have. */
  readonly foreignKey: string;
  /** What is no key, or none any more: absent, of another kind, wrong, revoked, expired. */
  readonly deadKeys: readonly string[];
}

/** Starts the product with cohorts in two courses of one organisation and one of another. */
export async function startWorld(): Promise<World> {
  const assidu = await startAssidu();
  const { storage } = assidu.services;
  const elsewhere = await assidu.newKey(['all', 'cohorts'], 'elsewhere');
  const forms = deriveLtiKeys(assidu.secret).forms;

  const platform = (id: string, org: string, status: 'active' | 'inactive') =>
    storage.registrations.save({
      id,
      org,
      name: id,
      issuer: ISSUER,
      clientId: id,
      authUrl: `${ISSUER}/auth`,
      tokenUrl: `${ISSUER}/token`,
      jwksUrl: `${ISSUER}/jwks`,
      deployments: ['1'],
      status,
      actorFormat: { homePage: ISSUER, name: 'sub' },
      frameOrigins: [],
      createdAt: 0,
    });
  await Promise.all([
    platform('walk-ours', 'default', 'active'),
    platform('walk-theirs', 'elsewhere', 'active'),
    platform('walk-inactive', 'default', 'inactive'),
  ]);
  const cohort = (id: string, course: string, authorization = assidu.authorization) =>
    assidu.request(
      'PUT',
      `/api/v1/cohorts/${id}`,
      {
        id,
        title: `${SECRET_TITLE} ${id}`,
        kind: 'spoc',
        startsOn: '2026-01-05',
        contexts: [{ platform: ISSUER, course }],
        units: [
          { id: UNIT, content: { url: 'https://content.example/', launch: 'xapi', markAsDone: true } },
          {
            id: `${UNIT}/session`,
            modality: 'in-person',
            satisfiedBy: 'Attended',
            startsAt: '2026-01-06T09:00:00Z',
            endsAt: '2026-01-06T12:00:00Z',
          },
        ],
      },
      { authorization },
    );
  await cohort('walk-a', 'course-1');
  await cohort('walk-b', 'course-1');
  await cohort('walk-c', 'course-2');
  await cohort('walk-theirs', 'course-1', elsewhere);

  const enrol = async (id: string, sub: string, org = 'default', authorization = assidu.authorization) => {
    const actor = { account: { homePage: ISSUER, name: sub } };
    const enrolled = await assidu.request('POST', `/api/v1/cohorts/${id}/enrolments`, [{ actor }], {
      authorization,
    });
    if (enrolled.status !== 200) throw new Error(enrolled.text);
    const learner = await storage.cohorts.findLearner(org, actorKey(actor) ?? '');
    if (learner === null) throw new Error(`${sub} was not enrolled`);
    await storage.cohorts.renameLearner(org, learner.id, SECRET_NAME);
    return learner.id;
  };
  const learner = await enrol('walk-a', 'learner');
  await enrol('walk-b', 'other');
  await enrol('walk-c', 'elsewhere');
  const foreignLearner = await enrol('walk-theirs', 'theirs', 'elsewhere', elsewhere);

  const headersOf = (authorization: string) => ({ authorization });
  const newForward = async (authorization = assidu.authorization): Promise<string> => {
    const target = { name: 'walk', url: 'http://localhost:9/xapi', username: 'u', password: 'p' };
    const { json } = await assidu.request('POST', '/api/v1/forwards', target, headersOf(authorization));
    await assidu.request('POST', `/api/v1/forwards/${json.id}/pause`, undefined, headersOf(authorization));
    return String(json.id);
  };
  const newGrant = async (authorization = assidu.authorization, id = 'walk-ours'): Promise<string> => {
    const grant = { platform: id, sub: randomUUID(), role: 'observer' };
    const { json } = await assidu.request('POST', '/api/v1/grants', grant, headersOf(authorization));
    return String(json.id);
  };
  const newQuarantined = async (authorization = assidu.authorization): Promise<string> => {
    const spoilt = [{ verb: randomUUID() }];
    const path = '/xapi/statements?assidu:onInvalid=skip';
    await assidu.request('POST', path, spoilt, headersOf(authorization));
    const { json } = await assidu.request('GET', '/api/v1/quarantine?limit=1000', undefined, {
      authorization,
    });
    return String(json.at(-1).id);
  };

  const enrolmentIn = async (id: string, authorization = assidu.authorization): Promise<string> => {
    const { json } = await assidu.request('GET', `/api/v1/cohorts/${id}/enrolments`, undefined, {
      authorization,
    });
    return String(json[0].enrolmentId);
  };
  const newEnrolment = async (): Promise<string> => {
    const sub = randomUUID();
    await enrol('walk-a', sub);
    const { json } = await assidu.request('GET', '/api/v1/cohorts/walk-a/enrolments?limit=1000');
    const found = json.find(
      (row: { actor: { account?: { name: string } } }) => row.actor.account?.name === sub,
    );
    return String(found.enrolmentId);
  };
  const newLink = async (authorization = assidu.authorization, cohort = 'walk-b'): Promise<string> => {
    const actors = [randomUUID(), randomUUID()].map((name) => ({ account: { homePage: ISSUER, name } }));
    const entries = actors.map((actor) => ({ actor }));
    await assidu.request('POST', `/api/v1/cohorts/${cohort}/enrolments`, entries, { authorization });
    await assidu.request('POST', '/api/v1/identities', { actors }, { authorization });
    const { json } = await assidu.request('GET', '/api/v1/identities?limit=1000', undefined, {
      authorization,
    });
    return String(json.at(-1).id);
  };

  const revoked = await assidu.newKey(['all', 'cohorts']);
  const [name = ''] = Buffer.from(revoked.slice(6), 'base64').toString().split(':');
  await storage.keys.revoke('default', name, Date.now());
  const expired = await assidu.newKey(['all', 'cohorts'], 'default', { expiresAt: Date.now() - 1 });
  const wrong = `Basic ${Buffer.from(`${name}:wrong`).toString('base64')}`;
  const keys = new Map<KeyScope, Promise<string>>();
  const keyOf = (scope: KeyScope): Promise<string> => {
    const key = keys.get(scope) ?? assidu.newKey([scope]);
    keys.set(scope, key);
    return key;
  };

  const visit = async (person: Person): Promise<Visit> => {
    const { platform: registrationId = 'walk-ours', sub = randomUUID(), grant } = person;
    const org = registrationId === 'walk-theirs' ? 'elsewhere' : 'default';
    const [id, secret, now] = [randomUUID(), randomUUID(), Date.now()];
    const session = async (of: string, hash: string, expiresAt: number) =>
      storage.launches.saveSession({ hash, org, registrationId, sub: of, createdAt: now, expiresAt });
    const own = hashOf(secret);
    await session(sub, own, person.session === 'ended' ? now - 1 : now + 60_000);
    const owner = person.session === 'other' ? hashOf(randomUUID()) : own;
    if (owner !== own) await session('somebody', owner, now + 60_000);
    const grants = { id: randomUUID(), org, registrationId, sub, role: 'staff', cohortId: null } as const;
    if (grant)
      await storage.grants.insert({
        ...grants,
        grantedBy: 'walk',
        grantedAt: now,
        expiresAt: null,
        ...grant,
      });
    await storage.launches.saveLaunch({
      id,
      sessionHash: owner,
      org,
      registrationId,
      deployment: '1',
      messageType: 'LtiResourceLinkRequest',
      sub,
      name: null,
      email: null,
      role: person.role ?? 'learner',
      ...(person.roles ? { roles: person.roles } : {}),
      ...(person.mentees ? { mentees: person.mentees } : {}),
      courseId: person.course ?? 'course-1',
      courseTitle: null,
      resourceLinkId: '1',
      resourceLinkTitle: null,
      groups: [],
      cohortParameter: null,
      custom: {},
      locale: 'fr',
      returnUrl: null,
      createdAt: now,
    });
    return {
      launch: id,
      headers: {
        authorization: '',
        origin: assidu.url,
        'x-csrf-token': createHmac('sha256', forms).update(`${own} ${id}`).digest('base64url'),
        ...(person.session === 'none' ? {} : { cookie: `__Host-assidu=${secret}` }),
      },
    };
  };

  return {
    assidu,
    ids: {
      cohorts: 'walk-a',
      learners: learner,
      units: unitKey(UNIT),
      sessions: '2',
      enrolments: await enrolmentIn('walk-a'),
      identities: await newLink(),
      forwards: await newForward(),
      grants: await newGrant(),
      quarantine: await newQuarantined(),
    },
    foreignIds: {
      cohorts: 'walk-theirs',
      learners: foreignLearner,
      enrolments: await enrolmentIn('walk-theirs', elsewhere),
      identities: await newLink(elsewhere, 'walk-theirs'),
      forwards: await newForward(elsewhere),
      grants: await newGrant(elsewhere, 'walk-theirs'),
      quarantine: await newQuarantined(elsewhere),
    },
    visit,
    newForward: () => newForward(),
    newGrant: () => newGrant(),
    newQuarantined: () => newQuarantined(),
    newEnrolment,
    newLink: () => newLink(),
    keyOf,
    foreignKey: elsewhere,
    deadKeys: ['', 'Bearer x', wrong, revoked, expired],
  };
}
