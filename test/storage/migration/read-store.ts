import type { Storage } from '../../../src/storage/ports/index.ts';
import { allOf, asking } from '../contract/subject.ts';

const ORG = 'default';
const AT = Date.UTC(2026, 0, 5);

/** All that `fillStore` made, as the ports answer it: the same for a store and the one that it was moved to. */
export async function readStore(storage: Storage): Promise<Readonly<Record<string, unknown>>> {
  const { statements, cohorts, forwards, grades, launches } = storage;
  const { seq } = await statements.head();
  const fed = [];
  for (let after = 0; ; ) {
    const page = await statements.feed(after, 1_000);
    const last = page.at(-1);
    if (last === undefined) break;
    fed.push(...page);
    after = last.seq;
  }
  const bytes: Uint8Array[] = [];
  const withFile = await storage.attachments.sentWith(
    ORG,
    fed.map(({ id }) => id),
  );
  for (const { sha2 } of withFile)
    for await (const chunk of storage.attachments.read(ORG, sha2)) bytes.push(chunk);
  const ask = { agent: 'account|https://lms.example|7', activity: 'https://lms.example/unit/7' };
  const document = await storage.documents.get({
    org: ORG,
    kind: 'state',
    activity: 'https://a.example',
    agent: 'mbox|mailto:Ana@example.org',
    registration: '',
    id: 's',
  });
  const session = await storage.contentSessions.unended(ORG, 'e-0', 'https://u.example');
  return {
    head: await statements.head(),
    fed,
    found: await allOf(
      storage,
      ORG,
      asking({ agent: ask.agent, activity: 'https://lms.example/course', relatedActivities: true }),
    ),
    direct: await allOf(storage, ORG, asking(ask)),
    ofVerb: await allOf(storage, ORG, asking({ verb: 'https://verbs.example/3', ascending: false })),
    flagged: await statements.flagged(ORG, 0, 1_000),
    feedOf: await statements.feedOf(ORG, ['https://lms.example/unit/3'], 0, seq, 1_000),
    definitions: await storage.profiles.definitions(ORG, ['https://lms.example/unit/3', 'unknown']),
    names: await storage.profiles.names(ORG, 'account|https://lms.example|7'),
    withFile,
    bytes: Buffer.concat(bytes).toString('utf8'),
    document: document && { ...document, content: Buffer.from(document.content).toString('utf8') },
    quarantine: await storage.quarantine.get(ORG, 'q1'),
    keys: [await storage.keys.list(ORG, 'standing'), await storage.keys.list(ORG, 'content')],
    invitations: [await storage.invitations.find('used'), await storage.invitations.find('unused')],
    grants: await storage.grants.list(ORG),
    organisation: await storage.organisations.find(ORG),
    registrations: await storage.registrations.list(null),
    waiting: await storage.registrations.waiting(),
    toolKeys: await storage.toolKeys.list(),
    ltijs: await storage.ltijsRecords.list('accesstoken'),
    logins: [
      await launches.peekLogin('waiting'),
      await launches.takeLogin('taken', AT),
      await launches.takeLogin('waiting', AT + 300_000),
    ],
    session: await launches.findSession('session', AT),
    launch: await launches.findLaunch('l1'),
    courses: await storage.courses.list(null),
    users: await storage.courses.users({ org: ORG, registrationId: 'r1', courseId: '42' }),
    roster: [
      await storage.rosters.state(ORG, 'spoc'),
      await storage.rosters.known(ORG, 'spoc'),
      await storage.rosters.records(ORG, 'spoc', 10),
    ],
    grades: [await grades.lines(ORG, 'spoc'), await grades.sent(ORG, 'spoc')],
    contentSessions: session,
    versions: [await cohorts.versions(ORG, 'spoc'), await cohorts.currentVersions(null)],
    enrolments: [await cohorts.enrolmentChanges(ORG, 'spoc'), await cohorts.enrolmentChanges(ORG, 'blended')],
    people: await cohorts.people(ORG, { cohortId: 'spoc' }),
    byMail: await cohorts.people(ORG, { actors: ['mbox|mailto:ana@example.org'] }),
    links: [await cohorts.identityLinks(ORG), await cohorts.identityRules(ORG)],
    erasures: [await storage.erasures.list(ORG), await storage.erasures.open(ORG)],
    frozen: await storage.erasures.frozen(ORG, 'spoc'),
    forwards: await forwards.list(null),
    deadLetters: await forwards.deadLetters(ORG, 'f1', 0, 10),
    pulls: await storage.pulls.list(null),
    pullKeys: await storage.pulls.keysOf(ORG, 'https://lrs.example/xapi'),
  };
}
