import type { StatementQuery } from '../../ports/statement-store.ts';
import type { Row, SqlValue } from '../connection.ts';
import { type OperationContext, read } from '../operation.ts';
import { type PackedStatements, packStatements } from '../packed-statements.ts';
import { type LinkKind, linkTables } from './links.ts';
import { NOT_VOIDED, STATEMENT_COLUMNS } from './statement-row.ts';

/** References are followed this far: a chain longer than that is no honest data. */
const LONGEST_CHAIN = 16;
/** Beyond that many statements, which of two filters is rarer no longer matters. */
const COUNTED = 1_000;

/** A condition in SQL with the values of its question marks. */
interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A filter by a link table: who or what a statement names. */
interface Link {
  readonly kind: LinkKind;
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
  for (const [kind, term, related] of [
    ['agents', query.agent, query.relatedAgents],
    ['activities', query.activity, query.relatedActivities],
  ] as const) {
    if (term === undefined) continue;
    const number = terms.find(org, term);
    if (number === null) return null;
    links.push({ kind, term: number, related });
  }
  const verb = query.verb === undefined ? null : terms.find(org, query.verb);
  if (query.verb !== undefined && verb === null) return null;
  return { links, verb, registration: query.registration ?? null };
}

function linked({ kind, term, related }: Link, statement: 's' | 't'): Condition {
  const places = linkTables(kind, term, related);
  const sql = places.map(
    ({ from, where }) => `EXISTS (SELECT 1 FROM ${from} WHERE ${where} AND l.seq = ${statement}.seq)`,
  );
  return { sql: `(${sql.join(' OR ')})`, values: places.flatMap(({ values }) => values) };
}

function own({ verb, registration }: Asked, statement: 's' | 't'): readonly Condition[] {
  return [
    ...(verb === null ? [] : [{ sql: `${statement}.verb = ?`, values: [verb] }]),
    ...(registration === null ? [] : [{ sql: `${statement}.registration = ?`, values: [registration] }]),
  ];
}

/**
 * `since` and `until` as positions, since `stored` never falls as these grow: an index of positions then begins and ends
 * where it should.
 */
function between(context: OperationContext, { since, until }: StatementQuery): Omit<Range, 'after'> {
  return {
    from: since === undefined ? undefined : firstStoredAfter(context, since),
    to: until === undefined ? undefined : firstStoredAfter(context, until) - 1,
  };
}

/** The first position stored after an instant (ms), by halves; one beyond the last where there is none. */
function firstStoredAfter({ db }: OperationContext, instant: number): number {
  // One at a time, each is the end of an index; both together, SQLite looks at every row.
  let low = Number(db.get('SELECT min(seq) AS seq FROM statements')?.seq ?? 1);
  let high = Number(db.get('SELECT max(seq) AS seq FROM statements')?.seq ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = db.get('SELECT seq, stored FROM statements WHERE seq >= ? ORDER BY seq LIMIT 1', middle);
    if (row && Number(row.stored) <= instant) low = Number(row.seq) + 1;
    else high = middle;
  }
  return low;
}

/** Positions, inclusive; `after` is where a page before has ended. */
interface Range {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly after: number | undefined;
}

/** What is asked of every statement answered, whatever it refers to. */
function bounds(org: string, query: StatementQuery, range: Range, order: string): readonly Condition[] {
  const bound = (sql: string, value: SqlValue | undefined): readonly Condition[] =>
    value === undefined ? [] : [{ sql, values: [value] }];
  return [
    { sql: 's.org = ?', values: [org] },
    { sql: NOT_VOIDED, values: [] },
    ...bound(`${order} >= ?`, range.from),
    ...bound(`${order} <= ?`, range.to),
    ...bound('s.key_id = ?', query.writtenBy),
    ...bound(query.ascending ? `${order} > ?` : `${order} < ?`, range.after),
  ];
}

function select(
  { db }: OperationContext,
  from: string,
  order: string,
  conditions: readonly Condition[],
  query: StatementQuery,
  most: number,
): readonly Row[] {
  return db.all(
    `SELECT ${STATEMENT_COLUMNS} FROM ${from} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')} ` +
      `ORDER BY ${order} ${query.ascending ? 'ASC' : 'DESC'} LIMIT ?`,
    ...conditions.flatMap(({ values }) => values),
    most,
  );
}

/** Of two filters the one that fewer statements meet leads; counted no further than it matters. */
function rarestFirst({ db }: OperationContext, links: readonly Link[]): readonly Link[] {
  if (links.length < 2) return links;
  const counted = links.map((link) => {
    // What gathers of late is too little to matter.
    const sql = `SELECT count(*) AS n FROM (SELECT 1 FROM statement_${link.kind} WHERE term = ? LIMIT ${COUNTED})`;
    return { link, count: Number(db.get(sql, link.term)?.n) };
  });
  return counted.sort((a, b) => a.count - b.count).map(({ link }) => link);
}

/** Statements that match themselves, the most selective filter leading so that filter and order share an index. */
function matching(
  context: OperationContext,
  org: string,
  query: StatementQuery,
  asked: Asked,
  range: Range,
): readonly Row[] {
  const [leading, ...others] = rarestFirst(context, asked.links);
  const rest = [...others.map((link) => linked(link, 's')), ...own(asked, 's')];
  if (!leading) {
    const conditions = [...bounds(org, query, range, 's.seq'), ...rest];
    return select(context, 'statements s', 's.seq', conditions, query, query.limit + 1);
  }
  const inOrder = linkTables(leading.kind, leading.term, leading.related);
  const rows: Row[] = [];
  for (const { from, where, values } of query.ascending ? inOrder : inOrder.toReversed()) {
    const most = query.limit + 1 - rows.length;
    if (most === 0) break;
    const conditions = [{ sql: where, values }, ...bounds(org, query, range, 'l.seq'), ...rest];
    const both = `${from} CROSS JOIN statements s ON s.seq = l.seq`;
    rows.push(...select(context, both, 'l.seq', conditions, query, most));
  }
  return rows;
}

/** Statements whose target matches, directly or through a chain (1.0.3 Communication 2.1.4, "StatementRefs"). */
function referring(
  context: OperationContext,
  org: string,
  query: StatementQuery,
  asked: Asked,
  range: Range,
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
  const conditions = [
    { sql: 's.refers_to IS NOT NULL', values: [] },
    ...bounds(org, query, range, 's.seq'),
    chain,
  ];
  const from = 'statements s INDEXED BY statements_by_referring';
  return select(context, from, 's.seq', conditions, query, query.limit + 1);
}

/** A page; `next` is the position to go on from. */
interface PackedPage {
  readonly statements: PackedStatements;
  readonly next: number | null;
}

/** A page of statements in the order of their commits (xAPI 1.0.3 Communication 2.1.3). */
export const queryStatements = read(
  (context, input: { readonly org: string; readonly query: StatementQuery }): PackedPage => {
    const { org, query } = input;
    const asked = askedOf(context, org, query);
    const range = between(context, query);
    if (!asked) return { statements: packStatements([]), next: null };
    const within = { ...range, after: query.after };
    const found = new Map(
      [...matching(context, org, query, asked, within), ...referring(context, org, query, asked, within)].map(
        (row) => [Number(row.seq), row],
      ),
    );
    const rows = [...found.values()].sort(
      (a, b) => (Number(a.seq) - Number(b.seq)) * (query.ascending ? 1 : -1),
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const next = rows.length > query.limit && last ? Number(last.seq) : null;
    return { statements: packStatements(page), next };
  },
);
