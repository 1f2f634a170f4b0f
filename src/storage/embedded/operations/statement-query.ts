import type { StatementPage, StatementQuery } from '../../ports/statement-store.ts';
import type { Row, SqlValue } from '../connection.ts';
import { type OperationContext, read } from '../operation.ts';
import { NOT_VOIDED, STATEMENT_COLUMNS, toStored } from './statement-row.ts';

/** References are followed this far: a chain longer than that is no honest data. */
const LONGEST_CHAIN = 16;

/** A condition in SQL with the values of its question marks. */
interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A filter by a link table: who or what a statement names. */
interface Link {
  readonly table: 'statement_agents' | 'statement_activities';
  readonly term: number;
  readonly related: boolean;
}

/** What a query asks of the statement itself (links, verb, registration); null when nothing can match. */
interface Asked {
  readonly links: readonly Link[];
  readonly verb: number | null;
  readonly registration: string | null;
}

function askedOf({ terms }: OperationContext, org: string, query: StatementQuery): Asked | null {
  const links: Link[] = [];
  for (const [table, term, related] of [
    ['statement_agents', query.agent, query.relatedAgents],
    ['statement_activities', query.activity, query.relatedActivities],
  ] as const) {
    if (term === undefined) continue;
    const number = terms.find(org, term);
    if (number === null) return null;
    links.push({ table, term: number, related });
  }
  const verb = query.verb === undefined ? null : terms.find(org, query.verb);
  if (query.verb !== undefined && verb === null) return null;
  return { links, verb, registration: query.registration ?? null };
}

function linked({ table, term, related }: Link, statement: 's' | 't'): Condition {
  const condition = related ? '' : ' AND l.related = 0';
  return {
    sql: `EXISTS (SELECT 1 FROM ${table} l WHERE l.term = ? AND l.seq = ${statement}.seq${condition})`,
    values: [term],
  };
}

function own({ verb, registration }: Asked, statement: 's' | 't'): readonly Condition[] {
  return [
    ...(verb === null ? [] : [{ sql: `${statement}.verb = ?`, values: [verb] }]),
    ...(registration === null ? [] : [{ sql: `${statement}.registration = ?`, values: [registration] }]),
  ];
}

/** What is asked of every statement answered, whatever it refers to. */
function bounds(org: string, query: StatementQuery, order: string): readonly Condition[] {
  const bound = (sql: string, value: SqlValue | undefined): readonly Condition[] =>
    value === undefined ? [] : [{ sql, values: [value] }];
  return [
    { sql: 's.org = ?', values: [org] },
    { sql: NOT_VOIDED, values: [] },
    ...bound('s.stored > ?', query.since),
    ...bound('s.stored <= ?', query.until),
    ...bound('s.key_id = ?', query.writtenBy),
    ...bound(query.ascending ? `${order} > ?` : `${order} < ?`, query.after),
  ];
}

function select(
  { db }: OperationContext,
  from: string,
  order: string,
  conditions: readonly Condition[],
  query: StatementQuery,
): readonly Row[] {
  return db.all(
    `SELECT ${STATEMENT_COLUMNS} FROM ${from} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')} ` +
      `ORDER BY ${order} ${query.ascending ? 'ASC' : 'DESC'} LIMIT ?`,
    ...conditions.flatMap(({ values }) => values),
    query.limit + 1,
  );
}

/** Statements that match themselves, the most selective filter leading so that filter and order share an index. */
function matching(
  context: OperationContext,
  org: string,
  query: StatementQuery,
  asked: Asked,
): readonly Row[] {
  const [leading, ...others] = asked.links;
  const order = leading ? 'l.seq' : 's.seq';
  const from = leading ? `${leading.table} l CROSS JOIN statements s ON s.seq = l.seq` : 'statements s';
  const lead: readonly Condition[] = leading
    ? [{ sql: `l.term = ?${leading.related ? '' : ' AND l.related = 0'}`, values: [leading.term] }]
    : [];
  const conditions = [
    ...lead,
    ...bounds(org, query, order),
    ...others.map((link) => linked(link, 's')),
    ...own(asked, 's'),
  ];
  return select(context, from, order, conditions, query);
}

/** Statements whose target matches, directly or through a chain (1.0.3 Communication 2.1.4, "StatementRefs"). */
function referring(
  context: OperationContext,
  org: string,
  query: StatementQuery,
  asked: Asked,
): readonly Row[] {
  const target = [...asked.links.map((link) => linked(link, 't')), ...own(asked, 't')];
  // Without a filter on the statement itself, whatever refers to something matches already.
  if (target.length === 0) return [];
  const chain: Condition = {
    sql:
      'EXISTS (WITH RECURSIVE chain (id, step) AS (SELECT s.refers_to, 1 UNION ALL ' +
      'SELECT n.refers_to, chain.step + 1 FROM chain JOIN statements n ON n.org = ? AND n.id = chain.id ' +
      `WHERE n.refers_to IS NOT NULL AND chain.step < ${LONGEST_CHAIN}) ` +
      'SELECT 1 FROM chain JOIN statements t ON t.org = ? AND t.id = chain.id ' +
      `WHERE ${target.map(({ sql }) => sql).join(' AND ')})`,
    values: [org, org, ...target.flatMap(({ values }) => values)],
  };
  const conditions = [{ sql: 's.refers_to IS NOT NULL', values: [] }, ...bounds(org, query, 's.seq'), chain];
  return select(context, 'statements s INDEXED BY statements_by_referring', 's.seq', conditions, query);
}

/** A page of statements in the order of their commits (xAPI 1.0.3 Communication 2.1.3). */
export const queryStatements = read(
  (context, input: { readonly org: string; readonly query: StatementQuery }): StatementPage => {
    const { org, query } = input;
    const asked = askedOf(context, org, query);
    if (!asked) return { statements: [], next: null };
    const found = new Map(
      [...matching(context, org, query, asked), ...referring(context, org, query, asked)].map((row) => [
        Number(row.seq),
        row,
      ]),
    );
    const rows = [...found.values()].sort(
      (a, b) => (Number(a.seq) - Number(b.seq)) * (query.ascending ? 1 : -1),
    );
    const statements = rows.slice(0, query.limit).map(toStored);
    const last = statements.at(-1);
    return { statements, next: rows.length > query.limit && last ? last.seq : null };
  },
);
