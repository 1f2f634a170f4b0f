import { AssiduError } from '../../base/errors.ts';
import type { Storage } from '../ports/index.ts';
import { createRememberedRecords } from '../remembered-records.ts';
import type { InputOf, OperationName, OutputOf } from './operations/index.ts';
import { packBatch } from './packed-batch.ts';
import { unpackStatements } from './packed-statements.ts';

/** Runs an operation by its name. */
export type Call = <Name extends OperationName>(name: Name, input: InputOf<Name>) => Promise<OutputOf<Name>>;

/** What a storage is made of. */
export interface StorageParts {
  readonly call: Call;
  /** Asks every lane. */
  readonly probe: () => Promise<void>;
  readonly scrub: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The ports, each call an operation. */
export function storageOver({ call, probe, scrub, close }: StorageParts): Storage {
  const quiet = async (done: Promise<unknown>): Promise<void> => {
    await done;
  };
  const remembered = createRememberedRecords((org) => call('cohorts.revision', org));
  return {
    statements: {
      append: (org, writer, batch, attachments = []) =>
        call('statements.append', { org, writer, batch: packBatch(batch), attachments }),
      get: async (org, id) => unpackStatements(await call('statements.get', { org, id }))[0] ?? null,
      query: async (org, query) => {
        const { statements, next } = await call('statements.query', { org, query });
        return { statements: unpackStatements(statements), next };
      },
      feed: async (after, limit) => unpackStatements(await call('statements.feed', { after, limit })),
      feedOf: async (org, activities, after, upTo, limit) =>
        unpackStatements(await call('statements.feedOf', { org, activities, after, upTo, limit })),
      flagged: async (org, after, limit) =>
        unpackStatements(await call('statements.flagged', { org, after, limit })),
      head: () => call('statements.head', null),
      mark: () => call('statements.mark', null),
    },
    attachments: {
      sentWith: (org, statements) => call('attachments.sentWith', { org, statements }),
      read: async function* (org, sha2) {
        for (let part = 0; ; part += 1) {
          const chunk = await call('attachments.chunk', { org, sha2, part });
          if (chunk === null && part === 0) throw new AssiduError('not-found', `no attachment ${sha2}`);
          if (chunk === null) return;
          yield chunk;
        }
      },
    },
    keys: {
      insert: (key) => quiet(call('keys.insert', key)),
      find: (key) => call('keys.find', key),
      byId: (id) => call('keys.byId', id),
      list: (org, kind) => call('keys.list', { org, kind }),
      revoke: (org, key, at) => call('keys.revoke', { org, key, at }),
      touch: (id, at) => quiet(call('keys.touch', { id, at })),
    },
    registrations: {
      save: (registration) => call('registrations.save', registration),
      find: (issuer, clientId) => call('registrations.find', { issuer, clientId }),
      byIssuer: (issuer) => call('registrations.byIssuer', issuer),
      byId: (id) => call('registrations.byId', id),
      list: (org) => call('registrations.list', org),
      remove: (org, id) => call('registrations.remove', { org, id }),
      savePending: (registration, limit) => call('registrations.savePending', { registration, limit }),
      setRoles: (org, id, roles) => call('registrations.setRoles', { org, id, roles }),
      approveDeployment: (id, deployment) => call('registrations.approveDeployment', { id, deployment }),
      approveFirstDeployment: (id, deployment, now) =>
        call('registrations.approveFirstDeployment', { id, deployment, now }),
      rememberWaiting: (waiting, limit) => quiet(call('registrations.rememberWaiting', { waiting, limit })),
      waiting: () => call('registrations.waiting', null),
    },
    invitations: {
      insert: (invitation) => quiet(call('invitations.insert', invitation)),
      find: (hash) => call('invitations.find', hash),
      use: (hash, registrationId, now) => call('invitations.use', { hash, registrationId, now }),
    },
    launches: {
      saveLogin: (login) => quiet(call('launches.saveLogin', login)),
      peekLogin: (state) => call('launches.peekLogin', state),
      takeLogin: (state, now) => call('launches.takeLogin', { state, now }),
      saveSession: (session) => quiet(call('launches.saveSession', session)),
      findSession: (hash, now) => call('launches.findSession', { hash, now }),
      renewSession: (hash, expiresAt) => quiet(call('launches.renewSession', { hash, expiresAt })),
      revokeSession: (hash) => quiet(call('launches.revokeSession', hash)),
      saveLaunch: (launch) => quiet(call('launches.saveLaunch', launch)),
      findLaunch: (id) => call('launches.findLaunch', id),
      sweep: (now) => quiet(call('launches.sweep', now)),
    },
    toolKeys: {
      insert: (key) => quiet(call('toolKeys.insert', key)),
      list: () => call('toolKeys.list', null),
      remove: (kid) => quiet(call('toolKeys.remove', kid)),
    },
    ltijsRecords: {
      insert: (record) => call('ltijs.insert', record),
      replace: (record) => quiet(call('ltijs.replace', record)),
      list: (collection) => call('ltijs.list', collection),
      remove: (collection, key) => quiet(call('ltijs.remove', { collection, key })),
    },
    cohorts: {
      addVersion: (version) => call('cohorts.addVersion', version),
      addVersionAfter: (version, newest) => call('cohorts.addVersionAfter', { version, newest }),
      currentVersions: (org) => call('cohorts.currentVersions', org),
      versions: (org, cohortId) => call('cohorts.versions', { org, cohortId }),
      addEnrolmentChanges: (changes) => quiet(call('cohorts.addEnrolmentChanges', changes)),
      enrolmentChanges: (org, cohortId) =>
        remembered(org, `changes ${cohortId}`, () => call('cohorts.enrolmentChanges', { org, cohortId })),
      learnerOf: (org, actor, made) => call('cohorts.learnerOf', { org, actor, ...made }),
      learnersOf: (org, people, at) => call('cohorts.learnersOf', { org, people, at }),
      findLearner: (org, actor) => call('cohorts.findLearner', { org, actor }),
      renameLearner: (org, learnerId, name) => quiet(call('cohorts.renameLearner', { org, learnerId, name })),
      people: (org, asked) =>
        remembered(org, `people ${JSON.stringify(asked)}`, () => call('cohorts.people', { org, asked })),
      addIdentityLinks: (links) => quiet(call('cohorts.addIdentityLinks', links)),
      identityLinks: (org) => call('cohorts.identityLinks', org),
      addIdentityRule: (rule) => quiet(call('cohorts.addIdentityRule', rule)),
      identityRules: (org) => call('cohorts.identityRules', org),
    },
    facts: {
      advance: (facts, steps) => quiet(call('facts.advance', { facts, steps })),
      positions: () => call('facts.positions', null),
      facts: (org, cohortId, version, after) => call('facts.facts', { org, cohortId, version, after }),
      forget: (org, cohortId, before) => quiet(call('facts.forget', { org, cohortId, before })),
    },
    documents: {
      get: (key) => call('documents.get', key),
      write: (key, document, expected) => call('documents.write', { key, document, expected }),
      remove: (key, expected) => call('documents.remove', { key, expected }),
      list: (scope, since) => call('documents.list', { scope, since }),
      removeAll: (scope) => quiet(call('documents.removeAll', scope)),
    },
    profiles: {
      definitions: (org, activities) => call('profiles.definitions', { org, activities }),
      names: (org, actor) => call('profiles.names', { org, actor }),
    },
    forwards: {
      insert: (target) => quiet(call('forwards.insert', target)),
      find: (org, id) => call('forwards.find', { org, id }),
      list: (org) => call('forwards.list', org),
      setPaused: (org, id, paused) => call('forwards.setPaused', { org, id, paused }),
      remove: (org, id, at) => call('forwards.remove', { org, id, at }),
      lease: (id, holder, now, until) => call('forwards.lease', { id, holder, now, until }),
      release: (id, holder) => quiet(call('forwards.release', { id, holder })),
      advance: (step) => call('forwards.advance', step),
      postpone: (id, epoch, failure) => call('forwards.postpone', { id, epoch, ...failure }),
      deadLetters: (org, target, after, limit) => call('forwards.deadLetters', { org, target, after, limit }),
      resolveDeadLetter: (org, target, statementId, at) =>
        call('forwards.resolveDeadLetter', { org, target, statementId, at }),
      renewDeadLetter: (org, target, letter) =>
        quiet(call('forwards.renewDeadLetter', { org, target, letter })),
    },
    quarantine: {
      put: (entries) => quiet(call('quarantine.put', entries)),
      list: (org, filter) => call('quarantine.list', { org, filter }),
      get: (org, id) => call('quarantine.get', { org, id }),
      resolve: (org, id, resolution, at) => call('quarantine.resolve', { org, id, resolution, at }),
    },
    pulls: {
      insert: (source) => quiet(call('pulls.insert', source)),
      find: (org, id) => call('pulls.find', { org, id }),
      list: (org) => call('pulls.list', org),
      keysOf: (org, url) => call('pulls.keysOf', { org, url }),
      setPaused: (org, id, paused) => call('pulls.setPaused', { org, id, paused }),
      remove: (org, id, at) => call('pulls.remove', { org, id, at }),
      lease: (id, holder, now, until) => call('pulls.lease', { id, holder, now, until }),
      release: (id, holder) => quiet(call('pulls.release', { id, holder })),
      progress: (id, epoch, progress) => call('pulls.progress', { id, epoch, progress }),
      end: (id, epoch, look) => call('pulls.end', { id, epoch, ...look }),
    },
    courses: {
      save: (course) => quiet(call('courses.save', course)),
      list: (org) => call('courses.list', org),
      saveUsers: (course, users) => quiet(call('courses.saveUsers', { course, users })),
      users: (course) => call('courses.users', course),
    },
    rosters: {
      state: (org, cohortId) => call('rosters.state', { org, cohortId }),
      known: (org, cohortId) => call('rosters.known', { org, cohortId }),
      keep: (record, state, known) => quiet(call('rosters.keep', { record, state, known })),
      records: (org, cohortId, limit) => call('rosters.records', { org, cohortId, limit }),
    },
    grades: {
      lines: (org, cohortId) => call('grades.lines', { org, cohortId }),
      saveLine: (line) => quiet(call('grades.saveLine', line)),
      sent: (org, cohortId) => call('grades.sent', { org, cohortId }),
      saveSent: (sent) => quiet(call('grades.saveSent', sent)),
      retry: (org, cohortId) => call('grades.retry', { org, cohortId }),
    },
    grants: {
      insert: (grant) => quiet(call('grants.insert', grant)),
      of: (org, registrationId, sub) => call('grants.of', { org, registrationId, sub }),
      list: (org) => call('grants.list', org),
      revoke: (org, id, by, at) => call('grants.revoke', { org, id, by, at }),
    },
    contentSessions: {
      insert: (session) => quiet(call('contentSessions.insert', session)),
      fetch: (fetchHash, now) => call('contentSessions.fetch', { fetchHash, now }),
      setKey: (id, key) => call('contentSessions.setKey', { id, key }),
      unended: (org, enrolmentId, unit) => call('contentSessions.unended', { org, enrolmentId, unit }),
      end: (id, now) => call('contentSessions.end', { id, now }),
    },
    organisations: {
      find: (org) => call('organisations.find', org),
      save: (record) => quiet(call('organisations.save', record)),
    },
    subjects: {
      completed: (org, subject) => call('subjects.completed', { org, subject }),
      statements: async (org, actors, after, limit) =>
        unpackStatements(await call('subjects.statements', { org, actors, after, limit })),
      mentioning: async (org, texts, after, limit) =>
        unpackStatements(await call('subjects.mentioning', { org, texts, after, limit })),
      quarantined: (org, texts) => call('subjects.quarantined', { org, texts }),
      records: (org, subject) => call('subjects.records', { org, subject }),
    },
    erasures: {
      begin: (erasure) => quiet(call('erasures.begin', erasure)),
      open: (org) => call('erasures.open', org),
      list: (org) => call('erasures.list', org),
      freeze: (figures) => quiet(call('erasures.freeze', figures)),
      frozen: (org, cohortId) => call('erasures.frozen', { org, cohortId }),
      statements: (org, erasure) => quiet(call('erasures.statements', { org, erasure })),
      records: (org, subject, quarantined) => call('erasures.records', { org, subject, quarantined }),
      forgetSubject: (id, removed) => quiet(call('erasures.forgetSubject', { id, removed })),
      finish: (id, at) => quiet(call('erasures.finish', { id, at })),
      scrub,
    },
    check: {
      faults: () => call('check.faults', null),
      attachments: (org, after, limit) => call('check.attachments', { org, after, limit }),
    },
    leases: {
      lease: (id, holder, now, until) => call('leases.lease', { id, holder, now, until }),
      release: (id, holder) => quiet(call('leases.release', { id, holder })),
    },
    ready: () =>
      probe().then(
        () => true,
        () => false,
      ),
    close,
  };
}
