import { AssiduError } from '../../base/errors.ts';
import type { Connection } from './connection.ts';

/**
 * The schema, one step an entry; a step that was released is never changed again.
 * Times are integers, ms since the epoch. `terms` gives IRIs and actor keys a small number for the link tables.
 */
const STEPS: readonly string[] = [
  `
  CREATE TABLE terms (
    id INTEGER PRIMARY KEY, org TEXT NOT NULL, term TEXT NOT NULL, UNIQUE (org, term)
  ) STRICT;
  CREATE TABLE statements (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    org TEXT NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL,
    stored INTEGER NOT NULL, timestamp INTEGER NOT NULL,
    verb INTEGER NOT NULL, registration TEXT, voids TEXT, refers_to TEXT,
    key_id TEXT NOT NULL, standings INTEGER NOT NULL, voids_any INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (org, id)
  ) STRICT;
  CREATE INDEX statements_by_org ON statements (org, seq);
  CREATE INDEX statements_by_stored ON statements (stored);
  CREATE INDEX statements_by_verb ON statements (verb, seq);
  CREATE INDEX statements_by_registration ON statements (org, registration, seq) WHERE registration IS NOT NULL;
  CREATE INDEX statements_by_voided ON statements (org, voids) WHERE voids IS NOT NULL;
  CREATE INDEX statements_by_referring ON statements (org, seq) WHERE refers_to IS NOT NULL;
  CREATE TABLE statement_agents (
    term INTEGER NOT NULL, seq INTEGER NOT NULL, related INTEGER NOT NULL, PRIMARY KEY (term, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE statement_activities (
    term INTEGER NOT NULL, seq INTEGER NOT NULL, related INTEGER NOT NULL, PRIMARY KEY (term, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE activities (
    org TEXT NOT NULL, id TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (org, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE agent_names (
    org TEXT NOT NULL, actor TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (org, actor, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE documents (
    org TEXT NOT NULL, kind TEXT NOT NULL, activity TEXT NOT NULL, agent TEXT NOT NULL, registration TEXT NOT NULL,
    id TEXT NOT NULL, content_type TEXT NOT NULL, content BLOB NOT NULL, etag TEXT NOT NULL, updated_at INTEGER NOT NULL,
    PRIMARY KEY (org, kind, activity, agent, registration, id)
  ) STRICT;
  CREATE TABLE attachments (
    org TEXT NOT NULL, sha2 TEXT NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (org, sha2)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE statement_attachments (
    org TEXT NOT NULL, statement TEXT NOT NULL, sha2 TEXT NOT NULL, content_type TEXT NOT NULL,
    PRIMARY KEY (org, statement, sha2)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE attachment_parts (
    org TEXT NOT NULL, sha2 TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (org, sha2, part)
  ) STRICT;

  CREATE TABLE keys (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, key TEXT NOT NULL UNIQUE, secret_hash TEXT NOT NULL, name TEXT NOT NULL,
    scopes TEXT NOT NULL, created_at INTEGER NOT NULL, last_used_at INTEGER, revoked_at INTEGER
  ) STRICT;

  CREATE TABLE registrations (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, issuer TEXT NOT NULL, client_id TEXT NOT NULL, created_at INTEGER NOT NULL,
    value TEXT NOT NULL, UNIQUE (issuer, client_id)
  ) STRICT;
  CREATE TABLE tool_keys (
    kid TEXT PRIMARY KEY, public_jwk TEXT NOT NULL, sealed_private_jwk TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE ltijs_records (
    collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, created_at INTEGER NOT NULL,
    PRIMARY KEY (collection, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE logins (
    state TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER
  ) STRICT;
  CREATE INDEX logins_by_expiry ON logins (expires_at);
  CREATE TABLE sessions (
    hash TEXT PRIMARY KEY, org TEXT NOT NULL, registration_id TEXT NOT NULL, sub TEXT NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_expiry ON sessions (expires_at);
  CREATE TABLE launches (
    id TEXT PRIMARY KEY, session_hash TEXT NOT NULL, created_at INTEGER NOT NULL, value TEXT NOT NULL
  ) STRICT;
  CREATE INDEX launches_by_session ON launches (session_hash);

  CREATE TABLE definitions (
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, version INTEGER NOT NULL, definition TEXT NOT NULL,
    removed INTEGER NOT NULL, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL,
    PRIMARY KEY (org, cohort_id, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE enrolment_changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, enrolment_id TEXT NOT NULL, learner_id TEXT NOT NULL,
    recorded_at INTEGER NOT NULL, value TEXT NOT NULL
  ) STRICT;
  CREATE INDEX enrolment_changes_by_cohort ON enrolment_changes (org, cohort_id, seq);
  CREATE TABLE learners (
    org TEXT NOT NULL, id TEXT NOT NULL, name TEXT, PRIMARY KEY (org, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE identities (
    org TEXT NOT NULL, actor TEXT NOT NULL, learner_id TEXT NOT NULL, recorded_at INTEGER NOT NULL,
    PRIMARY KEY (org, actor)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX identities_by_learner ON identities (org, learner_id);

  CREATE TABLE facts (
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, version INTEGER NOT NULL, statement_id TEXT NOT NULL,
    actor TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (org, cohort_id, version, statement_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE fold_positions (
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (org, cohort_id, version)
  ) STRICT, WITHOUT ROWID;
  `,
];

/**
 * Brings the schema to the newest step, each step in a transaction of its own; safe when several processes start at
 * once. Throws `storage` when a newer version of this product made the file.
 */
export function migrate(connection: Connection): void {
  if (versionOf(connection) > STEPS.length)
    throw new AssiduError('storage', 'the database was made by a newer version of Assidu');
  for (let step = versionOf(connection); step < STEPS.length; step = versionOf(connection)) {
    connection.exec('BEGIN IMMEDIATE');
    try {
      const sql = STEPS[versionOf(connection)];
      if (sql !== undefined) {
        connection.exec(sql);
        connection.exec(`PRAGMA user_version = ${versionOf(connection) + 1}`);
      }
      connection.exec('COMMIT');
    } catch (error) {
      connection.exec('ROLLBACK');
      throw error;
    }
  }
}

function versionOf(connection: Connection): number {
  return Number(connection.get('PRAGMA user_version')?.user_version ?? 0);
}
