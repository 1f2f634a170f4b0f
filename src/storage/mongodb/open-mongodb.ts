import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Storage } from '../ports/index.ts';
import { createAccessKeys } from './access/access-keys.ts';
import { createGrants } from './access/grants.ts';
import { createInvitations } from './access/invitations.ts';
import { createOrganisations } from './access/organisations.ts';
import { createAttachments } from './attachments/attachments.ts';
import { createCheck } from './check.ts';
import { createCohorts } from './cohort-records/cohort-store.ts';
import { connect, ensureIndexes, newConnection } from './connection.ts';
import { contextOver, type MongoContext } from './context.ts';
import { createDocuments } from './documents.ts';
import { createErasures } from './erasures/erasures.ts';
import { createSubjects } from './erasures/subjects.ts';
import { createForwards } from './exchange/forwards.ts';
import { createNamedLeases } from './exchange/named-leases.ts';
import { createPulls } from './exchange/pulls.ts';
import { createFacts } from './facts/facts.ts';
import { createGate, guarded } from './gate.ts';
import { createContentSessions } from './lti/content-sessions.ts';
import { createCourses } from './lti/courses.ts';
import { createGrades } from './lti/grades.ts';
import { createLaunches } from './lti/launches.ts';
import { createRegistrations } from './lti/registrations.ts';
import { createRosters } from './lti/rosters.ts';
import { createLtijsRecords, createToolKeys } from './lti/tool-keys.ts';
import { refuseUnfinished } from './migration-collection.ts';
import { createQuarantine } from './quarantine.ts';
import { createProfiles } from './said/profiles.ts';
import { openStatements } from './statements/open-statements.ts';
import { LEASE } from './statements/sweeper.ts';

/** A database that takes longer to answer, ms, is not ready. */
const READY_WITHIN = 5_000;

export interface MongoOptions {
  /** Names the database, too: `mongodb://host/assidu`. */
  readonly uri: string;
  /** ms since the epoch. */
  readonly clock?: () => number;
  readonly newId?: () => string;
  /** After how long, ms, statements that another instance has accepted and left are finished by this one. */
  readonly lease?: number;
}

/**
 * Opens the store in a MongoDB database, or in that of any server that speaks its protocol. Connecting and making the
 * indexes begins at once; the first call waits for it.
 */
export function openMongo(options: MongoOptions): Storage {
  const connection = newConnection();
  const newId = options.newId ?? randomUUID;
  const gate = createGate(async () => {
    await connect(connection, options.uri);
    await refuseUnfinished(context);
    await ensureIndexes(connection);
  });
  const context = contextOver(connection, options.clock ?? Date.now, newId);
  const port = <Port extends object>(make: (context: MongoContext) => Port): Port =>
    guarded(gate, make(context));
  const { statements, sweeper, horizons } = openStatements(context, options.lease ?? LEASE);
  // What fails is tried again at the next turn.
  const sweep = () => void gate.run(() => sweeper.sweep()).catch(() => undefined);
  const sweeping = setInterval(sweep, (options.lease ?? LEASE) / 3).unref();
  // Begun, not awaited: who asks first learns what became of it.
  sweep();

  return {
    statements: guarded(gate, statements),
    attachments: createAttachments(context, gate),
    keys: port(createAccessKeys),
    registrations: port(createRegistrations),
    invitations: port(createInvitations),
    launches: port(createLaunches),
    toolKeys: port(createToolKeys),
    ltijsRecords: port(createLtijsRecords),
    cohorts: port(createCohorts),
    facts: port(createFacts),
    documents: port(createDocuments),
    profiles: port(createProfiles),
    forwards: port(createForwards),
    pulls: port(createPulls),
    quarantine: port(createQuarantine),
    courses: port(createCourses),
    rosters: port(createRosters),
    grades: port(createGrades),
    contentSessions: port(createContentSessions),
    grants: port(createGrants),
    organisations: port(createOrganisations),
    subjects: guarded(gate, createSubjects(context, horizons)),
    erasures: port(createErasures),
    check: port(createCheck),
    leases: port(createNamedLeases),
    ready: () => {
      const answers = gate
        .run(async () => connection.db?.admin().ping())
        .then(
          (answer) => answer !== undefined,
          () => false,
        );
      return Promise.race([answers, pause(READY_WITHIN, false, { ref: false })]);
    },
    close: async () => {
      clearInterval(sweeping);
      await gate.close();
      await connection.close();
    },
  };
}
