import { mailDigests } from '../../../../xapi/statement/mail-digests.ts';
import type { Row } from '../../embedded/connection.ts';
import { STATEMENT_COLUMNS } from '../../embedded/operations/statement-row.ts';
import { groupedBy } from '../../mongodb/grouped.ts';
import { keyOf } from '../../mongodb/keys.ts';
import { MAILBOXES } from '../../mongodb/said/said-collections.ts';
import { BATCHES, type BatchFields, batchId } from '../../mongodb/statements/batches-collection.ts';
import { createReferences } from '../../mongodb/statements/references.ts';
import { STATEMENTS, type StatementFields } from '../../mongodb/statements/statements-collection.ts';
import { markedTerms } from '../../mongodb/statements/terms.ts';
import { flagOf } from '../../ports/flagged.ts';
import { type Move, number, numberOrNull, puts, tableMove, text, textOrNull } from '../move.ts';
import { createTerms, type Links, linksBetween, type Terms } from './links.ts';

/** Positions whose links are read at one time. */
const STRETCH = 100_000;
/** Statements inserted at one time. */
const SIZE = 500;

function fieldsOf(row: Row, links: Links, verbs: ReadonlyMap<number, string>): StatementFields {
  const [seq, stored, timestamp] = [number(row, 'seq'), number(row, 'stored'), number(row, 'timestamp')];
  const voidedAt = numberOrNull(row, 'voided_at');
  return {
    _id: keyOf(text(row, 'org'), text(row, 'id')),
    org: text(row, 'org'),
    id: text(row, 'id'),
    seq,
    stored,
    timestamp,
    text: text(row, 'text'),
    verb: verbs.get(number(row, 'verb')) ?? '',
    registration: textOrNull(row, 'registration'),
    voids: textOrNull(row, 'voids'),
    refersTo: textOrNull(row, 'refers_to'),
    keyId: text(row, 'key_id'),
    standings: row.standings === 1,
    voidsAny: row.voids_any === 1,
    agents: markedTerms(links.agents.get(seq) ?? []),
    activities: markedTerms(links.activities.get(seq) ?? []),
    flagged: flagOf(timestamp, stored) !== null,
    ...(voidedAt === null ? {} : { voidedAt }),
  };
}

function statementsOf(rows: readonly Row[], links: Links, terms: Terms): readonly StatementFields[] {
  const verbs = terms(rows.map((row) => number(row, 'verb')));
  return rows.map((row) => fieldsOf(row, links, verbs));
}

/** Statements with their positions: id, `stored`, order and bytes stay. */
export const statementMove: Move = {
  name: 'statements',
  tables: ['statements', 'statement_agents', 'statement_activities', 'recent_links', 'terms'],
  total: (source) => source.count('statements'),
  pages: function* (source, after) {
    const terms = createTerms(source);
    const end = Number(source.all('SELECT max(seq) AS seq FROM statements')[0]?.seq ?? 0);
    let at = Number(after?.[0] ?? 0);
    while (at < end) {
      const upTo = at + STRETCH;
      const links = linksBetween(source, terms, at, upTo);
      for (;;) {
        const rows = source.all(
          `SELECT ${STATEMENT_COLUMNS}, s.verb, s.registration, s.voids, s.refers_to FROM statements s ` +
            'WHERE s.seq > ? AND s.seq <= ? ORDER BY s.seq LIMIT ?',
          at,
          upTo,
          SIZE,
        );
        const last = rows.at(-1);
        if (last === undefined) break;
        at = number(last, 'seq');
        yield { rows: rows.length, next: [at], puts: [puts(STATEMENTS, statementsOf(rows, links, terms))] };
      }
      at = upTo;
    }
  },
};

/** What statements refer to, which is told of those moved before. */
export const referenceMove: Move = tableMove({
  name: 'references',
  table: 'statements',
  key: ['org', 'seq'],
  columns: 'id',
  where: 'refers_to IS NOT NULL',
  records: () => [],
  work: async (rows, context) => {
    const references = createReferences(context);
    for (const [org, some] of groupedBy(rows, (row) => text(row, 'place_0'))) {
      const keys = some.map((row) => keyOf(org, text(row, 'id')));
      const found = await context
        .model(STATEMENTS)
        .find({ _id: { $in: keys } })
        .lean<StatementFields[]>();
      await references.note(org, found);
    }
  },
});

/** Where the order of statements goes on: behind all positions that were ever given. */
export const positionMove: Move = {
  name: 'positions',
  tables: [],
  total: (source) => Math.min(1, source.count('statements')),
  pages: function* (source, after) {
    const [kept] = source.all('SELECT max(seq) AS seq FROM statements');
    const [given] = source.all("SELECT seq FROM sqlite_sequence WHERE name = 'statements'");
    const seq = numberOrNull(kept ?? {}, 'seq');
    if (after !== null || seq === null) return;
    const [last] = source.all('SELECT stored FROM statements WHERE seq = ?', seq);
    const batch: BatchFields = {
      _id: batchId(1),
      n: 1,
      first: 1,
      last: Math.max(seq, Number(given?.seq ?? 0)),
      stored: Number(last?.stored),
      by: 'migration',
      state: 'done',
      kept: seq,
    };
    yield { rows: 1, next: [1], puts: [puts(BATCHES, [batch])] };
  },
};

/** Mailboxes that statements name. */
export const mailboxMove: Move = tableMove({
  name: 'mailboxes',
  table: 'terms',
  key: ['org', 'term'],
  where: "term >= 'mbox|' AND term < 'mbox}'",
  records: (rows) => [
    puts(
      MAILBOXES,
      rows.map((row) => {
        const [org, actor] = [text(row, 'org'), text(row, 'term')];
        return { _id: keyOf(org, actor), org, actor, digests: [...mailDigests(actor)] };
      }),
    ),
  ],
});
