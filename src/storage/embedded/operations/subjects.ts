import { mailDigests } from '../../../../xapi/statement/mail-digests.ts';
import type {
  DataSubject,
  PersonalRecord,
  PlatformUser,
  QuarantinedText,
} from '../../ports/subject-store.ts';
import type { Connection, Row } from '../connection.ts';
import { read } from '../operation.ts';
import { type PackedStatements, packStatements } from '../packed-statements.ts';
import { AGENT_LINKS } from './link-tables.ts';
import { GIVEN, givenValues, PERSONAL_TABLES } from './personal-tables.ts';
import { STATEMENT_COLUMNS } from './statement-row.ts';

interface OfSubject {
  readonly org: string;
  readonly subject: DataSubject;
}

/** Actor keys of all mailboxes that statements named, and identities have, with one of these digests. */
function sameMailbox(db: Connection, org: string, digests: ReadonlySet<string>): readonly string[] {
  const named = db.all(
    "SELECT term FROM terms WHERE org = ?1 AND term >= 'mbox|' AND term < 'mbox}' " +
      "UNION SELECT actor FROM identities WHERE org = ?1 AND actor >= 'mbox|' AND actor < 'mbox}'",
    org,
  );
  const mailboxes = named.map(({ term }) => String(term));
  return mailboxes.filter((mailbox) => mailDigests(mailbox).some((digest) => digests.has(digest)));
}

/** Users of platforms that are these learners, accounts or mailboxes. */
function usersOf(db: Connection, org: string, { actors, learnerIds }: DataSubject): readonly PlatformUser[] {
  const rows = db.all(
    'SELECT registration_id, sub FROM course_users WHERE org = ?1 ' +
      'AND learner_id IN (SELECT value FROM json_each(?2)) ' +
      "UNION SELECT r.id, substr(j.value, length('account|' || r.issuer || '|') + 1) FROM registrations r " +
      "JOIN json_each(?3) j ON substr(j.value, 1, length('account|' || r.issuer || '|')) = 'account|' || r.issuer || '|' " +
      'WHERE r.org = ?1 ' +
      "UNION SELECT json_extract(l.value, '$.registrationId'), json_extract(l.value, '$.sub') FROM launches l " +
      "JOIN json_each(?3) j ON j.value = 'mbox|mailto:' || json_extract(l.value, '$.email') COLLATE NOCASE " +
      "WHERE json_extract(l.value, '$.org') = ?1",
    org,
    JSON.stringify(learnerIds),
    JSON.stringify(actors),
  );
  return rows.map((row) => ({ registrationId: String(row.registration_id), sub: String(row.sub) }));
}

function shown(row: Row, hidden: readonly string[]): Readonly<Record<string, unknown>> {
  const kept = Object.entries(row).filter(
    ([column]) => column !== 'org' && column !== '_metadata' && !hidden.includes(column),
  );
  return Object.fromEntries(
    kept.flatMap(([column, value]) => {
      if (column === 'value') return Object.entries<unknown>(JSON.parse(String(value)));
      const bytes: unknown = value;
      if (bytes instanceof ArrayBuffer || bytes instanceof Uint8Array)
        return [[`${column}Base64`, Buffer.from(new Uint8Array(bytes)).toString('base64')]];
      return [[column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value]];
    }),
  );
}

/** A condition that a column contains one of some texts; its values stand in ?2 as a JSON array of patterns. */
const containing = (column: string): string =>
  `EXISTS (SELECT 1 FROM json_each(?2) p WHERE ${column} LIKE p.value ESCAPE '!')`;

/** Patterns of LIKE for texts that stand anywhere. */
export function patternsOf(texts: readonly string[]): string {
  return JSON.stringify(texts.map((text) => `%${text.replaceAll(/[!%_]/g, '!$&')}%`));
}

export const subjectOperations = {
  'subjects.completed': read(({ db }, { org, subject }: OfSubject): DataSubject => {
    const digests = new Set(subject.actors.flatMap(mailDigests));
    const actors = new Set(subject.actors);
    if (digests.size > 0) for (const actor of sameMailbox(db, org, digests)) actors.add(actor);
    for (const actor of actors) for (const digest of mailDigests(actor)) actors.add(`mbox_sha1sum|${digest}`);
    const known = { ...subject, actors: [...actors] };
    const users = [...subject.users, ...usersOf(db, org, known)];
    return {
      ...known,
      users: [
        ...new Map(users.map((each) => [`${each.registrationId}\n${each.sub}`, each] as const)).values(),
      ],
    };
  }),
  'subjects.statements': read(
    (
      { db },
      input: {
        readonly org: string;
        readonly actors: readonly string[];
        readonly after: number;
        readonly limit: number;
      },
    ): PackedStatements => {
      const linked = AGENT_LINKS.map(
        (from) =>
          `SELECT l.seq FROM ${from} ` +
          'WHERE t.org = ?1 AND t.term IN (SELECT value FROM json_each(?2)) AND l.seq > ?3',
      ).join(' UNION ');
      return packStatements(
        db.all(
          `SELECT ${STATEMENT_COLUMNS} FROM statements s WHERE s.seq IN (${linked}) AND s.org = ?1 ORDER BY s.seq LIMIT ?4`,
          input.org,
          JSON.stringify(input.actors),
          input.after,
          input.limit,
        ),
      );
    },
  ),
  'subjects.mentioning': read(
    (
      { db },
      input: {
        readonly org: string;
        readonly texts: readonly string[];
        readonly after: number;
        readonly limit: number;
      },
    ): PackedStatements =>
      packStatements(
        db.all(
          `SELECT ${STATEMENT_COLUMNS} FROM statements s WHERE s.org = ?1 AND ${containing('s.text')} ` +
            'AND s.seq > ?3 ORDER BY s.seq LIMIT ?4',
          input.org,
          patternsOf(input.texts),
          input.after,
          input.limit,
        ),
      ),
  ),
  'subjects.quarantined': read(
    (
      { db },
      input: { readonly org: string; readonly texts: readonly string[] },
    ): readonly QuarantinedText[] =>
      db
        .all(
          `SELECT id, text FROM quarantine WHERE org = ?1 AND ${containing('text')} ORDER BY received_at, id`,
          input.org,
          patternsOf(input.texts),
        )
        .map((row) => ({ id: String(row.id), text: String(row.text) })),
  ),
  'subjects.records': read(({ db }, { org, subject }: OfSubject): readonly PersonalRecord[] =>
    PERSONAL_TABLES.flatMap(({ kind, table, where, hidden = [] }) =>
      db
        .all(`${GIVEN} SELECT * FROM ${table} WHERE ${where}`, ...givenValues(org, subject))
        .map((row) => ({ kind, value: shown(row, hidden) })),
    ),
  ),
};
