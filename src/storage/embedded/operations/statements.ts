import type { NewAttachment } from '../../ports/attachment-store.ts';
import type {
  AppendResult,
  NewStatement,
  StatementPage,
  StatementQuery,
  StoredStatement,
  Writer,
} from '../../ports/statement-store.ts';
import type { Row, SqlValue } from '../connection.ts';
import { type OperationContext, read, write } from '../operation.ts';
import { keepAttachments } from './attachments.ts';
import { keepDefinition, keepName } from './profiles.ts';

const COLUMNS =
  's.seq, s.id, s.org, s.text, s.stored, s.timestamp, s.key_id, s.standings, s.voids_any, ' +
  '(SELECT min(v.stored) FROM statements v WHERE v.org = s.org AND v.voids = s.id ' +
  'AND (v.key_id = s.key_id OR v.voids_any = 1) AND s.voids IS NULL) AS voided_at';

/** Not voided, in SQL: a voiding statement cannot be voided, and a key voids what it wrote (or all, with that right). */
const NOT_VOIDED =
  '(s.voids IS NOT NULL OR NOT EXISTS (SELECT 1 FROM statements v WHERE v.org = s.org AND v.voids = s.id ' +
  'AND (v.key_id = s.key_id OR v.voids_any = 1)))';

function toStored(row: Row): StoredStatement {
  return {
    seq: Number(row.seq),
    id: String(row.id),
    org: String(row.org),
    text: String(row.text),
    stored: Number(row.stored),
    timestamp: Number(row.timestamp),
    writer: {
      keyId: String(row.key_id),
      standings: row.standings === 1,
      voidsAny: row.voids_any === 1,
    },
    voidedAt: row.voided_at === null ? null : Number(row.voided_at),
  };
}

function insert(context: OperationContext, org: string, writer: Writer, statement: NewStatement): void {
  const { db, terms } = context;
  const stored = context.stored();
  const iso = new Date(stored).toISOString();
  const added =
    statement.timestamp === null ? `,"timestamp":"${iso}","stored":"${iso}"}` : `,"stored":"${iso}"}`;
  const row = db.get(
    'INSERT INTO statements (org, id, digest, stored, timestamp, verb, registration, voids, refers_to, key_id, ' +
      'standings, voids_any, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq',
    org,
    statement.id,
    statement.digest,
    stored,
    statement.timestamp ?? stored,
    terms.numberOf(org, statement.verb),
    statement.registration,
    statement.voids,
    statement.refersTo,
    writer.keyId,
    writer.standings ? 1 : 0,
    writer.voidsAny ? 1 : 0,
    statement.text.slice(0, statement.text.lastIndexOf('}')) + added,
  );
  const seq = Number(row?.seq);
  for (const { term, related } of statement.agents)
    db.run(
      'INSERT INTO statement_agents (term, seq, related) VALUES (?, ?, ?) ' +
        'ON CONFLICT (term, seq) DO UPDATE SET related = min(related, excluded.related)',
      terms.numberOf(org, term),
      seq,
      related ? 1 : 0,
    );
  for (const { term, related } of statement.activities)
    db.run(
      'INSERT INTO statement_activities (term, seq, related) VALUES (?, ?, ?) ' +
        'ON CONFLICT (term, seq) DO UPDATE SET related = min(related, excluded.related)',
      terms.numberOf(org, term),
      seq,
      related ? 1 : 0,
    );
  for (const said of statement.names) keepName(context, org, said);
  if (writer.defines ?? writer.voidsAny)
    for (const said of statement.definitions) keepDefinition(context, org, said);
}

const append = write(
  (
    context,
    input: {
      readonly org: string;
      readonly writer: Writer;
      readonly batch: readonly NewStatement[];
      readonly attachments: readonly NewAttachment[];
    },
  ): AppendResult => {
    const fresh: NewStatement[] = [];
    for (const [index, statement] of input.batch.entries()) {
      const kept = context.db.get(
        'SELECT digest FROM statements WHERE org = ? AND id = ?',
        input.org,
        statement.id,
      );
      if (!kept) fresh.push(statement);
      else if (kept.digest !== statement.digest) return { kind: 'conflict', index, id: statement.id };
    }
    for (const statement of fresh) insert(context, input.org, input.writer, statement);
    keepAttachments(context.db, input.org, input.attachments, new Set(fresh.map(({ id }) => id)));
    return {
      kind: 'stored',
      ids: input.batch.map(({ id }) => id),
      stored: context.stored(),
      lastSeq: Number(context.db.get('SELECT max(seq) AS seq FROM statements')?.seq ?? 0),
    };
  },
);

const get = read((context, input: { readonly org: string; readonly id: string }): StoredStatement | null => {
  const row = context.db.get(
    `SELECT ${COLUMNS} FROM statements s WHERE s.org = ? AND s.id = ?`,
    input.org,
    input.id,
  );
  return row ? toStored(row) : null;
});

/** The tables and conditions of a query, the most selective filter leading; null when nothing can match. */
function plan(
  context: OperationContext,
  org: string,
  query: StatementQuery,
): {
  readonly from: string;
  readonly order: string;
  readonly where: string[];
  readonly values: SqlValue[];
} | null {
  const where = ['s.org = ?', NOT_VOIDED];
  const values: SqlValue[] = [org];
  let from = 'statements s';
  let order = 's.seq';
  const link = (table: string, term: string, related: boolean): boolean => {
    const number = context.terms.find(org, term);
    if (number === null) return false;
    const condition = related ? '' : ' AND l.related = 0';
    if (order === 's.seq') {
      from = `${table} l CROSS JOIN statements s ON s.seq = l.seq`;
      order = 'l.seq';
      where.unshift(`l.term = ?${condition}`);
      values.unshift(number);
    } else {
      where.push(`EXISTS (SELECT 1 FROM ${table} l WHERE l.term = ? AND l.seq = s.seq${condition})`);
      values.push(number);
    }
    return true;
  };
  if (query.agent !== undefined && !link('statement_agents', query.agent, query.relatedAgents)) return null;
  if (query.activity !== undefined && !link('statement_activities', query.activity, query.relatedActivities))
    return null;
  if (query.verb !== undefined) {
    const verb = context.terms.find(org, query.verb);
    if (verb === null) return null;
    where.push('s.verb = ?');
    values.push(verb);
  }
  const condition = (sql: string, value: SqlValue | undefined) => {
    if (value === undefined) return;
    where.push(sql);
    values.push(value);
  };
  condition('s.registration = ?', query.registration);
  condition('s.stored > ?', query.since);
  condition('s.stored <= ?', query.until);
  condition('s.key_id = ?', query.writtenBy);
  condition(query.ascending ? `${order} > ?` : `${order} < ?`, query.after);
  return { from, order, where, values };
}

const query = read(
  (context, input: { readonly org: string; readonly query: StatementQuery }): StatementPage => {
    const planned = plan(context, input.org, input.query);
    if (!planned) return { statements: [], next: null };
    const rows = context.db.all(
      `SELECT ${COLUMNS} FROM ${planned.from} WHERE ${planned.where.join(' AND ')} ` +
        `ORDER BY ${planned.order} ${input.query.ascending ? 'ASC' : 'DESC'} LIMIT ?`,
      ...planned.values,
      input.query.limit + 1,
    );
    const statements = rows.slice(0, input.query.limit).map(toStored);
    const last = statements.at(-1);
    return { statements, next: rows.length > input.query.limit && last ? last.seq : null };
  },
);

const feed = read(
  (context, input: { readonly after: number; readonly limit: number }): readonly StoredStatement[] =>
    context.db
      .all(
        `SELECT ${COLUMNS} FROM statements s WHERE s.seq > ? ORDER BY s.seq LIMIT ?`,
        input.after,
        input.limit,
      )
      .map(toStored),
);

const feedOf = read(
  (
    context,
    input: {
      readonly org: string;
      readonly activities: readonly string[];
      readonly after: number;
      readonly upTo: number;
      readonly limit: number;
    },
  ): readonly StoredStatement[] => {
    const numbers = input.activities
      .map((activity) => context.terms.find(input.org, activity))
      .filter((number) => number !== null);
    const seqs = new Set<number>();
    for (const number of numbers)
      for (const row of context.db.all(
        'SELECT seq FROM statement_activities WHERE term = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
        number,
        input.after,
        input.upTo,
        input.limit,
      ))
        seqs.add(Number(row.seq));
    return [...seqs]
      .sort((a, b) => a - b)
      .slice(0, input.limit)
      .flatMap((seq) => {
        const row = context.db.get(`SELECT ${COLUMNS} FROM statements s WHERE s.seq = ?`, seq);
        return row ? [toStored(row)] : [];
      });
  },
);

const head = read((context, _input: null): { readonly seq: number; readonly stored: number } => {
  const row = context.db.get('SELECT seq, stored FROM statements ORDER BY seq DESC LIMIT 1');
  return row ? { seq: Number(row.seq), stored: Number(row.stored) } : { seq: 0, stored: 0 };
});

export const statementOperations = {
  'statements.append': append,
  'statements.get': get,
  'statements.query': query,
  'statements.feed': feed,
  'statements.feedOf': feedOf,
  'statements.head': head,
};
