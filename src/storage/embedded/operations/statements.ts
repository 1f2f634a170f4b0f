import type { NewAttachment } from '../../ports/attachment-store.ts';
import type { AppendResult, NewStatement, StoredStatement, Writer } from '../../ports/statement-store.ts';
import { type OperationContext, read, write } from '../operation.ts';
import { keepAttachments } from './attachments.ts';
import { keepDefinition, keepName } from './profiles.ts';
import { queryStatements } from './statement-query.ts';
import { STATEMENT_COLUMNS, toStored } from './statement-row.ts';

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
    keepAttachments(context.db, input.org, input.attachments);
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
    `SELECT ${STATEMENT_COLUMNS} FROM statements s WHERE s.org = ? AND s.id = ?`,
    input.org,
    input.id,
  );
  return row ? toStored(row) : null;
});

const feed = read(
  (context, input: { readonly after: number; readonly limit: number }): readonly StoredStatement[] =>
    context.db
      .all(
        `SELECT ${STATEMENT_COLUMNS} FROM statements s WHERE s.seq > ? ORDER BY s.seq LIMIT ?`,
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
        const row = context.db.get(`SELECT ${STATEMENT_COLUMNS} FROM statements s WHERE s.seq = ?`, seq);
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
  'statements.query': queryStatements,
  'statements.feed': feed,
  'statements.feedOf': feedOf,
  'statements.head': head,
};
