import type { Model } from 'mongoose';
import type { StatementPage, StatementQuery } from '../../ports/statement-store.ts';
import { byKeys } from '../by-keys.ts';
import type { MongoContext } from '../context.ts';
import { keyOf } from '../keys.ts';
import { REFERENCES } from './references-collection.ts';
import { STATEMENTS, type StatementFields } from './statements-collection.ts';
import { STORED_FIELDS, type StoredFields, toStored } from './stored-statement.ts';
import { naming } from './terms.ts';

/** A condition on fields. */
type Condition = Readonly<Record<string, unknown>>;

/** Positions from one to another, both inclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** What is asked of a statement, or of what it refers to; null where nothing is. */
function askedOf(query: StatementQuery): Condition | null {
  const asked = {
    ...(query.agent === undefined ? {} : { agents: naming([query.agent], query.relatedAgents) }),
    ...(query.activity === undefined
      ? {}
      : { activities: naming([query.activity], query.relatedActivities) }),
    ...(query.verb === undefined ? {} : { verb: query.verb }),
    ...(query.registration === undefined ? {} : { registration: query.registration }),
  };
  return Object.keys(asked).length === 0 ? null : asked;
}

/** The last position stored at or before an instant (ms), or anything below the first one after it. */
async function lastUpTo(statements: Model<StatementFields>, org: string, instant: number): Promise<number> {
  const next = await statements
    .findOne({ org, stored: { $gt: instant } }, { seq: 1 })
    .sort({ stored: 1, seq: 1 })
    .lean<{ readonly seq: number } | null>();
  return next ? next.seq - 1 : Number.MAX_SAFE_INTEGER;
}

/** Runs queries up to a position. */
export type RunQuery = (org: string, query: StatementQuery, horizon: number) => Promise<StatementPage>;

/** Pages of statements in the order of their commits (xAPI 1.0.3 Communication 2.1.3). */
export function createRunQuery({ model }: MongoContext): RunQuery {
  const statements = model(STATEMENTS);
  const references = model(REFERENCES);

  /** `stored` never falls as positions grow: instants become positions, by which all indexes are sorted. */
  const rangeOf = async (org: string, query: StatementQuery, horizon: number): Promise<Range> => {
    const { since, until, after, ascending } = query;
    const before = since === undefined ? 0 : await lastUpTo(statements, org, since);
    const last = until === undefined ? horizon : Math.min(horizon, await lastUpTo(statements, org, until));
    if (after === undefined) return { from: before + 1, to: last };
    return ascending
      ? { from: Math.max(before, after) + 1, to: last }
      : { from: before + 1, to: Math.min(last, after - 1) };
  };

  const conditionOf = (org: string, { writtenBy }: StatementQuery, { from, to }: Range): Condition => ({
    org,
    seq: { $gte: from, $lte: to },
    ...(writtenBy === undefined ? {} : { keyId: writtenBy }),
  });

  const matching = (
    org: string,
    query: StatementQuery,
    asked: Condition | null,
    range: Range,
  ): Promise<StoredFields[]> =>
    statements
      .find({ ...conditionOf(org, query, range), ...asked, voidedAt: null }, STORED_FIELDS)
      .sort({ seq: query.ascending ? 1 : -1 })
      .limit(query.limit + 1)
      .lean<StoredFields[]>();

  /** Statements whose target matches, directly or through others (1.0.3 Communication 2.1.4 "StatementRefs"). */
  const referring = async (
    org: string,
    query: StatementQuery,
    asked: Condition,
    given: Range,
  ): Promise<readonly StoredFields[]> => {
    const most = query.limit + 1;
    const found = new Map<number, StoredFields>();
    for (let range = given; found.size < most; ) {
      const page = await references
        .find({ ...conditionOf(org, query, range), ...asked }, { from: 1, seq: 1 })
        .sort({ seq: query.ascending ? 1 : -1 })
        .limit(most)
        .lean<{ readonly from: string; readonly seq: number }[]>();
      const keys = [...new Set(page.map(({ from }) => keyOf(org, from)))];
      for (const each of await byKeys(statements, keys, STORED_FIELDS))
        if (each.voidedAt === undefined) found.set(each.seq, each);
      const last = page.at(-1);
      if (page.length < most || !last) break;
      range = query.ascending ? { ...range, from: last.seq + 1 } : { ...range, to: last.seq - 1 };
    }
    return [...found.values()];
  };

  return async (org, query, horizon) => {
    const asked = askedOf(query);
    const range = await rangeOf(org, query, horizon);
    // Without a filter on the statement itself, whatever refers to something matches already.
    const [own, others] = await Promise.all([
      matching(org, query, asked, range),
      asked === null ? [] : referring(org, query, asked, range),
    ]);
    const found = new Map([...own, ...others].map((each) => [each.seq, each]));
    const inOrder = [...found.values()].sort((a, b) => (a.seq - b.seq) * (query.ascending ? 1 : -1));
    const page = inOrder.slice(0, query.limit);
    const last = page.at(-1);
    return {
      statements: page.map(toStored),
      next: inOrder.length > query.limit && last ? last.seq : null,
    };
  };
}
