import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AssiduError } from '../../base/errors.ts';
import type { Storage } from '../ports/index.ts';
import { openConnection } from './connection.ts';
import { type Lane, openInlineLane, openThreadLane } from './lane.ts';
import { migrate } from './migrations.ts';
import type { InputOf, OperationName, OutputOf } from './operations/index.ts';
import { operations } from './operations/index.ts';

export interface EmbeddedOptions {
  /** Folder of the database; made when missing. */
  readonly folder: string;
  /** `threads` for a server: one writer, two readers. `inline` for commands and tests. */
  readonly mode: 'threads' | 'inline';
  /** ms since the epoch; only `inline` can take another clock than the machine's. */
  readonly clock?: () => number;
}

const READERS = 2;

/** Opens the embedded store (SQLite by libsql), with its schema brought up to date. */
export function openEmbedded(options: EmbeddedOptions): Storage {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const file = join(options.folder, 'assidu.sqlite');
  const first = openConnection(file, 'write');
  try {
    migrate(first);
  } finally {
    first.close();
  }

  const open = (access: 'read' | 'write'): Lane =>
    options.mode === 'threads'
      ? openThreadLane({ file, access })
      : openInlineLane({ file, access }, options.clock ?? Date.now);
  const writer = open('write');
  const readers = Array.from({ length: options.mode === 'threads' ? READERS : 1 }, () => open('read'));
  let turn = 0;

  async function call<Name extends OperationName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    turn += 1;
    const lane = operations[name].access === 'write' ? writer : (readers[turn % readers.length] ?? writer);
    return (await lane.run(name, input)) as OutputOf<Name>;
  }

  return storageOver(
    call,
    async () => {
      await Promise.all([writer, ...readers].map((lane) => lane.run('statements.head', null)));
    },
    async () => {
      try {
        await writer.close();
      } finally {
        await Promise.all(readers.map((reader) => reader.close()));
      }
    },
  );
}

type Call = <Name extends OperationName>(name: Name, input: InputOf<Name>) => Promise<OutputOf<Name>>;

/** The ports, each call an operation; `probe` asks every lane. */
function storageOver(call: Call, probe: () => Promise<void>, close: () => Promise<void>): Storage {
  const quiet = async (done: Promise<unknown>): Promise<void> => {
    await done;
  };
  return {
    statements: {
      append: (org, writer, batch, attachments = []) =>
        call('statements.append', { org, writer, batch, attachments }),
      get: (org, id) => call('statements.get', { org, id }),
      query: (org, query) => call('statements.query', { org, query }),
      feed: (after, limit) => call('statements.feed', { after, limit }),
      feedOf: (org, activities, after, upTo, limit) =>
        call('statements.feedOf', { org, activities, after, upTo, limit }),
      head: () => call('statements.head', null),
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
      list: (org) => call('keys.list', org),
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
    },
    ltijsRecords: {
      insert: (record) => call('ltijs.insert', record),
      replace: (record) => quiet(call('ltijs.replace', record)),
      list: (collection) => call('ltijs.list', collection),
      remove: (collection, key) => quiet(call('ltijs.remove', { collection, key })),
    },
    cohorts: {
      addVersion: (version) => call('cohorts.addVersion', version),
      currentVersions: (org) => call('cohorts.currentVersions', org),
      versions: (org, cohortId) => call('cohorts.versions', { org, cohortId }),
      addEnrolmentChanges: (changes) => quiet(call('cohorts.addEnrolmentChanges', changes)),
      enrolmentChanges: (org, cohortId) => call('cohorts.enrolmentChanges', { org, cohortId }),
      learnerOf: (org, actor, made) => call('cohorts.learnerOf', { org, actor, ...made }),
      findLearner: (org, actor) => call('cohorts.findLearner', { org, actor }),
      renameLearner: (org, learnerId, name) => quiet(call('cohorts.renameLearner', { org, learnerId, name })),
      learners: (org, cohortId) => call('cohorts.learners', { org, cohortId }),
    },
    facts: {
      advance: (facts, steps) => quiet(call('facts.advance', { facts, steps })),
      positions: () => call('facts.positions', null),
      facts: (org, cohortId, version) => call('facts.facts', { org, cohortId, version }),
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
    ready: () =>
      probe().then(
        () => true,
        () => false,
      ),
    close,
  };
}
