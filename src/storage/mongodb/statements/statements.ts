import type { StatementStore, StoredStatement } from '../../ports/statement-store.ts';
import type { MongoContext } from '../context.ts';
import { keyOf } from '../keys.ts';
import type { Append } from './append.ts';
import type { Horizons } from './horizon.ts';
import type { Journal } from './journal.ts';
import { createRunQuery } from './query.ts';
import { STATEMENTS } from './statements-collection.ts';
import { STORED_FIELDS, type StoredFields, toStored } from './stored-statement.ts';
import { bothMarks } from './terms.ts';

/** So many activities are looked for together; each is a place of its own in the index. */
const FEW = 90;
/** A mark stays behind the clock by so much at most while nothing is stored, ms: a new one is a record. */
const MARKED_FOR = 1_000;
/** How many positions are looked through at a time where there are more, at most. */
const WIDEST = 50_000;

type Condition = Readonly<Record<string, unknown>>;

/** The statements: nothing beyond the horizon is shown. */
export function createStatements(
  context: MongoContext,
  append: Append,
  journal: Journal,
  horizons: Horizons,
): StatementStore {
  const { clock } = context;
  const statements = context.model(STATEMENTS);
  const runQuery = createRunQuery(context);

  const find = async (
    condition: Condition,
    after: number,
    upTo: number,
    limit: number,
  ): Promise<readonly StoredStatement[]> => {
    const found = await statements
      .find({ ...condition, seq: { $gt: after, $lte: upTo } }, STORED_FIELDS)
      .sort({ seq: 1 })
      .limit(limit)
      .lean<StoredFields[]>();
    return found.map(toStored);
  };
  const horizon = async (): Promise<number> => (await horizons.look()).seq;

  return {
    append: (org, writer, batch, attachments = []) => append(org, writer, batch, attachments),
    get: async (org, id) => {
      const found = await statements
        .findOne({ _id: keyOf(org, id) }, STORED_FIELDS)
        .lean<StoredFields | null>();
      if (!found) return null;
      const visible = found.seq <= horizons.known().seq || found.seq <= (await horizon());
      return visible ? toStored(found) : null;
    },
    query: async (org, query) => runQuery(org, query, await horizon()),
    feed: async (after, limit) => find({}, after, await horizon(), limit),
    feedOf: async (org, activities, after, upTo, limit) => {
      const end = Math.min(upTo, await horizon());
      const condition = { org, activities: { $in: bothMarks(activities) } };
      if (activities.length <= FEW) return find(condition, after, end, limit);
      const found: StoredStatement[] = [];
      // Stretch by stretch: sorting out all that is still to come for every page would cost the square of it.
      let width = limit;
      for (let from = after; from < end && found.length < limit; from += width) {
        if (from > after) width = Math.min(width * 2, WIDEST);
        found.push(...(await find(condition, from, Math.min(from + width, end), limit - found.length)));
      }
      return found;
    },
    flagged: async (org, after, limit) =>
      find({ org, flagged: true, voidedAt: null }, after, await horizon(), limit),
    head: async () => {
      const { kept } = await horizons.look();
      if (kept) return kept;
      // Nothing is known of batches: a database that was restored without them.
      const last = await statements
        .findOne({ seq: { $lte: await horizon() } }, STORED_FIELDS)
        .sort({ seq: -1 })
        .lean<StoredFields | null>();
      return { seq: last?.seq ?? 0, stored: last?.stored ?? 0 };
    },
    mark: async () => {
      let seen = await horizons.look();
      if (seen.open === null && clock() - seen.stored > MARKED_FOR) {
        await journal.mark();
        seen = await horizons.look();
      }
      return seen.open ? seen.open.stored : seen.stored + 1;
    },
  };
}
