import { AssiduError } from '../../base/errors.ts';
import type { Connection } from './connection.ts';

/** Triggers by which whatever changes a table makes the revision of the organisation another one. */
function countChanges(table: string): string {
  const count = (event: string, row: string) => `
  CREATE TRIGGER ${table}_${event.toLowerCase()} AFTER ${event} ON ${table} BEGIN
    INSERT INTO people_revisions (org, n) VALUES (${row}.org, 1) ON CONFLICT (org) DO UPDATE SET n = n + 1;
  END;`;
  return count('INSERT', 'NEW') + count('UPDATE', 'NEW') + count('DELETE', 'OLD');
}

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
    org TEXT NOT NULL, id TEXT NOT NULL,
    stored INTEGER NOT NULL, timestamp INTEGER NOT NULL,
    verb INTEGER NOT NULL, registration TEXT, voids TEXT, refers_to TEXT,
    key_id TEXT NOT NULL, standings INTEGER NOT NULL, voids_any INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (org, id)
  ) STRICT;
  CREATE INDEX statements_by_org ON statements (org, seq);
  CREATE INDEX statements_by_verb ON statements (verb, seq);
  CREATE INDEX statements_by_registration ON statements (org, registration, seq) WHERE registration IS NOT NULL;
  CREATE INDEX statements_by_voided ON statements (org, voids) WHERE voids IS NOT NULL;
  CREATE INDEX statements_by_referring ON statements (org, seq) WHERE refers_to IS NOT NULL;
  CREATE INDEX statements_flagged ON statements (org, seq)
    WHERE timestamp > stored + 86400000 OR timestamp < 946684800000;
  CREATE TABLE statement_agents (
    term INTEGER NOT NULL, seq INTEGER NOT NULL, related INTEGER NOT NULL, PRIMARY KEY (term, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE statement_activities (
    term INTEGER NOT NULL, seq INTEGER NOT NULL, related INTEGER NOT NULL, PRIMARY KEY (term, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE recent_links (
    seq INTEGER NOT NULL, kind INTEGER NOT NULL, term INTEGER NOT NULL, related INTEGER NOT NULL,
    PRIMARY KEY (seq, kind, term)
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
    scopes TEXT NOT NULL, created_at INTEGER NOT NULL, last_used_at INTEGER, revoked_at INTEGER, expires_at INTEGER,
    requests_per_minute INTEGER, statements_per_minute INTEGER, bound_actor TEXT, bound_registration TEXT,
    trusted_platform TEXT, on_invalid TEXT NOT NULL
  ) STRICT;
  CREATE INDEX keys_standing ON keys (org, created_at, id) WHERE bound_actor IS NULL;
  CREATE INDEX keys_of_content ON keys (org, created_at, id) WHERE bound_actor IS NOT NULL;

  CREATE TABLE forwards (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, value TEXT NOT NULL, position INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_attempt_at INTEGER, last_error TEXT, last_success_at INTEGER,
    paused INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, removed_at INTEGER,
    holder TEXT, held_until INTEGER NOT NULL DEFAULT 0, epoch INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE dead_letters (
    target TEXT NOT NULL, statement_id TEXT NOT NULL, org TEXT NOT NULL, seq INTEGER NOT NULL, reason TEXT NOT NULL,
    status INTEGER NOT NULL, at INTEGER NOT NULL, resolved_at INTEGER, PRIMARY KEY (target, statement_id)
  ) STRICT;
  CREATE INDEX dead_letters_by_seq ON dead_letters (target, seq) WHERE resolved_at IS NULL;
  CREATE TABLE pulls (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, url TEXT NOT NULL, key_id TEXT NOT NULL, value TEXT NOT NULL,
    progress TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_attempt_at INTEGER, last_error TEXT,
    last_success_at INTEGER, paused INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, removed_at INTEGER,
    holder TEXT, held_until INTEGER NOT NULL DEFAULT 0, epoch INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE quarantine (
    org TEXT NOT NULL, id TEXT NOT NULL, key_id TEXT NOT NULL, received_at INTEGER NOT NULL,
    last_received_at INTEGER NOT NULL, times INTEGER NOT NULL, version TEXT NOT NULL, code TEXT NOT NULL,
    problems TEXT NOT NULL, resolved_at INTEGER, resolution TEXT, text TEXT NOT NULL, PRIMARY KEY (org, id)
  ) STRICT;
  CREATE INDEX quarantine_by_receipt ON quarantine (org, received_at, id);
  CREATE INDEX quarantine_open ON quarantine (org, received_at, id) WHERE resolved_at IS NULL;

  CREATE TABLE registrations (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, issuer TEXT NOT NULL, client_id TEXT NOT NULL, created_at INTEGER NOT NULL,
    value TEXT NOT NULL, UNIQUE (issuer, client_id)
  ) STRICT;
  CREATE TABLE waiting_deployments (
    registration_id TEXT NOT NULL, deployment TEXT NOT NULL, seen_at INTEGER NOT NULL,
    PRIMARY KEY (registration_id, deployment)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE invitations (
    hash TEXT PRIMARY KEY, org TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    first_deployment INTEGER NOT NULL, used_at INTEGER, used_by TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE grants (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, registration_id TEXT NOT NULL, sub TEXT NOT NULL,
    granted_at INTEGER NOT NULL, value TEXT NOT NULL, revoked_at INTEGER, revoked_by TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX grants_of_person ON grants (org, registration_id, sub) WHERE revoked_at IS NULL;
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
  CREATE TABLE identity_mails (
    org TEXT NOT NULL, digest TEXT NOT NULL, learner_id TEXT NOT NULL, PRIMARY KEY (org, digest, learner_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX identity_mails_by_learner ON identity_mails (org, learner_id);
  CREATE TABLE identity_links (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    org TEXT NOT NULL, learner_id TEXT NOT NULL, other TEXT NOT NULL, value TEXT NOT NULL
  ) STRICT;
  CREATE INDEX identity_links_by_learner ON identity_links (org, learner_id);
  CREATE INDEX identity_links_by_other ON identity_links (org, other);
  CREATE TABLE identity_rules (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, org TEXT NOT NULL, value TEXT NOT NULL
  ) STRICT;
  CREATE INDEX identity_rules_by_org ON identity_rules (org, seq);

  CREATE TABLE erasures (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, begun_at INTEGER NOT NULL, finished_at INTEGER, value TEXT NOT NULL
  ) STRICT;
  CREATE TABLE frozen_figures (
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, erasure_id TEXT NOT NULL, recorded_at INTEGER NOT NULL,
    metrics TEXT NOT NULL, PRIMARY KEY (org, cohort_id, erasure_id)
  ) STRICT;

  CREATE TABLE people_revisions (org TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  ${['enrolment_changes', 'learners', 'identities', 'identity_links', 'identity_rules'].map(countChanges).join('')}

  CREATE TABLE organisations (org TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE leases (
    id TEXT PRIMARY KEY, holder TEXT, held_until INTEGER NOT NULL DEFAULT 0, epoch INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE courses (
    org TEXT NOT NULL, registration_id TEXT NOT NULL, deployment TEXT NOT NULL, course_id TEXT NOT NULL,
    memberships_url TEXT, line_items_url TEXT, scopes TEXT NOT NULL, seen_at INTEGER NOT NULL,
    PRIMARY KEY (org, registration_id, deployment, course_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE course_users (
    org TEXT NOT NULL, registration_id TEXT NOT NULL, course_id TEXT NOT NULL, sub TEXT NOT NULL,
    learner_id TEXT NOT NULL, groups TEXT, PRIMARY KEY (org, registration_id, course_id, sub)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE roster_states (
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (org, cohort_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE roster_known (
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, learner_id TEXT NOT NULL, present INTEGER NOT NULL,
    PRIMARY KEY (org, cohort_id, learner_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE roster_records (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, org TEXT NOT NULL, cohort_id TEXT NOT NULL, value TEXT NOT NULL
  ) STRICT;
  CREATE INDEX roster_records_by_cohort ON roster_records (org, cohort_id, seq);

  CREATE TABLE grade_lines (
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (org, cohort_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE grades_sent (
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, line TEXT NOT NULL, sub TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (org, cohort_id, line, sub)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE content_sessions (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, cohort_id TEXT NOT NULL, enrolment_id TEXT NOT NULL, unit TEXT NOT NULL,
    actor TEXT NOT NULL, fetch_hash TEXT NOT NULL UNIQUE, opened_at INTEGER NOT NULL, fetch_expires_at INTEGER NOT NULL,
    key_lifetime INTEGER NOT NULL, fetched_at INTEGER, key TEXT, ended_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX content_sessions_unended ON content_sessions (org, enrolment_id, unit, opened_at) WHERE ended_at IS NULL;

  CREATE TABLE fact_pages (
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL, facts TEXT NOT NULL,
    PRIMARY KEY (org, cohort_id, version, seq)
  ) STRICT;
  CREATE TABLE fold_positions (
    org TEXT NOT NULL, cohort_id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL,
    generation TEXT NOT NULL, PRIMARY KEY (org, cohort_id, version)
  ) STRICT, WITHOUT ROWID;
  `,
  // A row a statement, `links` as operations/links.ts spells them.
  `
  INSERT INTO statement_agents (term, seq, related)
    SELECT term, seq, related FROM recent_links WHERE kind = 0 ORDER BY term, seq;
  INSERT INTO statement_activities (term, seq, related)
    SELECT term, seq, related FROM recent_links WHERE kind = 1 ORDER BY term, seq;
  DROP TABLE recent_links;
  CREATE TABLE recent_links (seq INTEGER PRIMARY KEY, links TEXT NOT NULL) STRICT;
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

/** Whether this version of the product made the schema, or brought it up to date. */
export function isNewest(connection: Connection): boolean {
  return versionOf(connection) === STEPS.length;
}

/** How many steps the schema has taken; 0 where there is none yet. */
export function versionOf(connection: Connection): number {
  return Number(connection.get('PRAGMA user_version')?.user_version ?? 0);
}
