import { createHash, randomUUID } from 'node:crypto';
import type { NewStatement, Registration, Storage } from '../../../src/storage/ports/index.ts';
import { NO_ORGANISATION } from '../../../src/storage/ports/index.ts';
import { accessKey } from '../contract/keys.ts';
import { direct, related, statement, writer } from '../contract/subject.ts';

const AT = Date.UTC(2026, 0, 5);
const ORGS = ['default', 'école «2»'];
const ANA = 'mbox|mailto:Ana@example.org';
const PLACE = { org: 'default', registrationId: 'r1', deployment: '1', courseId: '42' };
const LAUNCHED = { org: 'default', registrationId: 'r1', sub: '7' };
const FILE = Buffer.from('an attachment');
const SHA2 = createHash('sha256').update(FILE).digest('hex');

function registration(given: Partial<Registration>): Registration {
  return {
    id: 'r1',
    org: 'default',
    name: 'Université',
    issuer: 'https://lms.example',
    clientId: 'c',
    authUrl: 'https://lms.example/auth',
    tokenUrl: 'https://lms.example/token',
    jwksUrl: 'https://lms.example/jwks',
    deployments: ['1'],
    status: 'active',
    actorFormat: { homePage: 'https://lms.example', name: 'sub' },
    frameOrigins: [],
    createdAt: AT,
    roles: { 'membership#Mentor': 'observer' },
    ...given,
  };
}

const change = (learnerId: string, turn: number) => ({
  org: 'default',
  cohortId: turn % 2 === 0 ? 'spoc' : 'blended',
  enrolmentId: `e-${turn}`,
  learnerId,
  enrolledAt: AT,
  enrolledAtSource: 'stated' as const,
  endedAt: null,
  reason: null,
  suspensions: [[AT, null]] as const,
  source: 'api' as const,
  recordedAt: AT + turn,
});

/** Statements of many learners, some of which refer to others, void them, or are of another time. */
export async function appendStatements(storage: Storage, count: number): Promise<void> {
  const batch = 250;
  for (let from = 0; from < count; from += batch) {
    const some = Array.from({ length: Math.min(batch, count - from) }, (_, index): NewStatement => {
      const n = from + index;
      return statement({
        text: `{"id":"x","result":{"extensions":{"https://a.b/c.d":${n}.10}},"name":"é ${n}"}`,
        timestamp: n % 50 === 0 ? null : n % 77 === 0 ? 0 : AT + n,
        verb: `https://verbs.example/${n % 5}`,
        registration: n % 3 === 0 ? randomUUID() : null,
        agents: [...direct(`account|https://lms.example|${n % 40}`), ...related(ANA)],
        activities: [
          ...direct(`https://lms.example/unit/${n % 30}`),
          ...related('https://lms.example/course'),
        ],
        definitions: [
          { id: `https://lms.example/unit/${n % 30}`, definition: `{"name":{"fr":"${n % 30}"}}` },
        ],
        names: [{ actor: `account|https://lms.example|${n % 40}`, name: `Zoé ${n % 40}` }],
      });
    });
    const org = ORGS[(from / batch) % 2] ?? 'default';
    await storage.statements.append(org, writer(`key ${(from / batch) % 3}`, from % 500 === 0), some);
    const [one, other] = some;
    if (one === undefined || other === undefined) continue;
    const void1 = statement({ voids: one.id });
    const about = statement({ refersTo: other.id });
    await storage.statements.append(org, writer('any', true), [
      void1,
      about,
      statement({ refersTo: about.id }),
    ]);
  }
}

/** Fills a store with something of everything. */
export async function fillStore(storage: Storage, statements: number): Promise<void> {
  await appendStatements(storage, statements);
  const withFile = statement();
  await storage.statements.append(
    'default',
    writer('key 0'),
    [withFile],
    [
      {
        sha2: SHA2,
        length: FILE.length,
        bytes: FILE,
        usedBy: [{ statementId: withFile.id, contentType: 'text/plain' }],
      },
    ],
  );
  await fillAccess(storage);
  await fillLti(storage);
  await fillCohorts(storage);
  await fillExchange(storage);
  await fillErasures(storage);
  await storage.documents.write(
    { org: 'default', kind: 'state', activity: 'https://a.example', agent: ANA, registration: '', id: 's' },
    { contentType: 'text/plain', content: Buffer.from('été'), etag: '"1"', updatedAt: AT },
    'anything',
  );
  await storage.quarantine.put([
    {
      org: 'default',
      id: 'q1',
      keyId: 'key 0',
      receivedAt: AT,
      version: '1.0.3',
      text: '{"bad":é}',
      code: 'invalid-statement',
      problems: [{ path: 'verb', message: 'is needed' }],
    },
  ]);
}

async function fillErasures({ erasures }: Storage): Promise<void> {
  const subject = { actors: ['account|https://lms.example|39'], learnerIds: [], users: [] };
  for (const id of ['er1', 'er2'])
    await erasures.begin({ id, org: 'default', begunAt: AT, subject, cohorts: ['spoc'] });
  await erasures.forgetSubject('er1', { learner: 1 });
  await erasures.finish('er1', AT + 1);
  const frozen = { org: 'default', cohortId: 'spoc', erasureId: 'er1', recordedAt: AT, metrics: '{"é":1}' };
  await erasures.freeze(frozen);
}

async function fillAccess({ keys, invitations, grants, organisations }: Storage): Promise<void> {
  const content = { actor: ANA, registration: null };
  for (const [n, given] of [{}, { revokedAt: AT + 9 }, { boundTo: content }].entries())
    await keys.insert(
      accessKey({ id: `k${n}`, key: `ak_${n}`, org: 'default', createdAt: AT + n, ...given }),
    );
  await keys.revoke('default', 'ak_2', AT + 3);
  await keys.touch('k0', AT + 60_000);
  for (const hash of ['used', 'unused'])
    await invitations.insert({
      hash,
      org: 'default',
      createdAt: AT,
      expiresAt: AT + 1_000,
      firstDeployment: true,
      usedAt: null,
      usedBy: null,
    });
  await invitations.use('used', 'r1', AT + 1);
  for (const id of ['g1', 'g2'])
    await grants.insert({
      id,
      ...LAUNCHED,
      role: 'staff',
      cohortId: null,
      tags: { 'a.b': 'c' },
      grantedBy: 'somebody',
      grantedAt: AT,
      expiresAt: null,
    });
  await grants.revoke('default', 'g2', 'somebody', AT + 5);
  await organisations.save({
    org: 'default',
    name: { fr: 'École', en: null },
    website: null,
    logo: null,
    changedAt: AT,
  });
}

async function fillLti(storage: Storage): Promise<void> {
  const { registrations, toolKeys, ltijsRecords, launches, courses, rosters, grades, contentSessions } =
    storage;
  await registrations.save(registration({}));
  await registrations.save(registration({ id: 'r2', org: ORGS[1] ?? '', issuer: 'https://canvas.example' }));
  await registrations.savePending(registration({ id: 'r3', org: NO_ORGANISATION, clientId: 'p' }), 10);
  await registrations.rememberWaiting({ registrationId: 'r1', deployment: '2', seenAt: AT }, 3);
  await toolKeys.insert({ kid: 'kid', publicJwk: '{}', sealedPrivateJwk: 'sealed', createdAt: AT });
  await ltijsRecords.insert({ collection: 'accesstoken', key: '{"a":1}', value: 'sealed', createdAt: AT });
  for (const state of ['waiting', 'taken'])
    await launches.saveLogin({
      state,
      nonce: state,
      bindHash: 'h',
      registrationId: 'r1',
      deployment: null,
      target: 'https://t.example',
      expiresAt: AT + 300_000,
    });
  await launches.takeLogin('taken', AT);
  await launches.saveSession({ hash: 'session', ...LAUNCHED, createdAt: AT, expiresAt: AT + 900_000 });
  await launches.saveLaunch({
    id: 'l1',
    sessionHash: 'session',
    ...LAUNCHED,
    deployment: '1',
    messageType: 'LtiResourceLinkRequest',
    name: 'Zoé',
    email: 'Zoe@example.org',
    role: 'learner',
    courseId: '42',
    courseTitle: null,
    resourceLinkId: 'link',
    resourceLinkTitle: null,
    groups: ['A'],
    cohortParameter: null,
    custom: { 'a.b': '' },
    locale: 'fr',
    returnUrl: null,
    createdAt: AT,
  });
  await courses.save({
    ...PLACE,
    membershipsUrl: 'https://m.example',
    lineItemsUrl: null,
    scopes: ['s'],
    seenAt: AT,
  });
  await courses.saveUsers(PLACE, [
    { sub: '7', learnerId: 'a', groups: ['g'] },
    { sub: '8', learnerId: 'b', groups: null },
  ]);
  const cohort = { org: 'default', cohortId: 'spoc' };
  const counts = { members: 3, learners: 2, enrolled: 1, resumed: 0, ended: 0, excluded: 0, held: 0 };
  for (const at of [AT, AT + 1])
    await rosters.keep(
      { ...cohort, at, ...counts, fault: null },
      { ...cohort, readPlaces: ['p'], held: { learnerIds: ['a'], share: 0.5, since: at } },
      [{ learnerId: 'a', present: at === AT }],
    );
  const line = { ...cohort, attempts: 1, nextAttemptAt: AT, lastError: 'é' };
  await grades.saveLine({
    ...line,
    key: 'k',
    registrationId: 'r1',
    courseId: '42',
    unit: null,
    url: 'https://i.example',
    gone: false,
  });
  await grades.saveSent({ ...line, line: 'k', sub: '7', value: '{}', timestamp: AT, dead: true });
  for (const id of ['open', 'over'])
    await contentSessions.insert({
      id,
      org: 'default',
      cohortId: 'spoc',
      enrolmentId: 'e-0',
      unit: 'https://u.example',
      actor: ANA,
      fetchHash: `hash of ${id}`,
      openedAt: AT,
      fetchExpiresAt: AT + 1_000,
      keyLifetime: 60_000,
      fetchedAt: null,
      key: null,
      endedAt: null,
    });
  await contentSessions.fetch('hash of open', AT);
  await contentSessions.setKey('open', 'ak_2');
  await contentSessions.end('over', AT);
}

async function fillCohorts({ cohorts }: Storage): Promise<void> {
  for (const [n, cohortId] of ['spoc', 'spoc', 'blended'].entries())
    await cohorts.addVersion({
      org: 'default',
      cohortId,
      definition: `{"n":${n}}`,
      removed: n === 1,
      recordedAt: AT + n,
      recordedBy: 'é',
    });
  const people = Array.from({ length: 40 }, (_, n) => ({
    actor: `account|https://lms.example|${n}`,
    learnerId: `learner ${n}`,
    name: n % 2 === 0 ? `Zoé ${n}` : null,
  }));
  await cohorts.learnersOf('default', [...people, { actor: ANA, learnerId: 'ana', name: null }], AT);
  await cohorts.renameLearner('default', 'learner 0', 'renamed');
  for (let turn = 0; turn < 60; turn += 6)
    await cohorts.addEnrolmentChanges(
      Array.from({ length: 6 }, (_, n) => change(`learner ${(turn + n) % 40}`, turn + n)),
    );
  const told = { org: 'default', recordedAt: AT, recordedBy: 'x' };
  const link = { ...told, learnerId: 'learner 0', other: 'ana', linked: true, by: 'hand' as const };
  await cohorts.addIdentityLinks([link]);
  await cohorts.addIdentityLinks([{ ...link, linked: false }]);
  await cohorts.addIdentityRule({ ...told, rule: 'email', on: true });
}

async function fillExchange({ forwards, pulls }: Storage): Promise<void> {
  const account = {
    org: 'default',
    name: 'Entrepôt',
    url: 'https://lrs.example/xapi',
    version: '1.0.3' as const,
    username: 'u',
    sealedSecret: 'sealed',
    createdAt: AT,
  };
  const filter = { cohorts: [], verbs: ['https://v.example'], activities: [] };
  for (const id of ['f1', 'f2', 'f3']) await forwards.insert({ ...account, id, filter, position: 5 });
  const epoch = (await forwards.lease('f1', 'me', AT, AT + 10)) ?? -1;
  const dead = [6, 7].map((seq) => ({ statementId: `s${seq}`, seq, reason: '400', status: 400, at: AT }));
  await forwards.advance({ id: 'f1', epoch, from: 5, to: 9, sentAt: AT + 1, dead });
  await forwards.resolveDeadLetter('default', 'f1', 's6', AT + 2);
  await forwards.postpone('f1', epoch, { attempts: 2, nextAttemptAt: AT + 5, lastError: '503' });
  await forwards.setPaused('default', 'f2', true);
  await forwards.remove('default', 'f3', AT);
  for (const id of ['p1', 'p2'])
    await pulls.insert({
      ...account,
      id,
      keyId: `pull:${id}`,
      trusted: true,
      attachments: false,
      every: 60_000,
      cursor: null,
    });
  const held = (await pulls.lease('p1', 'me', AT, AT + 10)) ?? -1;
  const read = {
    cursor: '2026-01-05T10:00:00Z',
    reached: null,
    more: '/x',
    lookFrom: null,
    taken: 3,
    refused: 1,
  };
  await pulls.progress('p1', held, read);
  await pulls.end('p1', held, { attempts: 0, nextAttemptAt: AT + 9, lastError: null, succeededAt: AT + 1 });
  await pulls.remove('default', 'p2', AT);
}
