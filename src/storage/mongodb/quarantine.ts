import type { Model } from 'mongoose';
import type {
  NewQuarantined,
  QuarantineEntry,
  QuarantineFilter,
  QuarantineStore,
} from '../ports/quarantine-store.ts';
import type { MongoContext } from './context.ts';
import { insertOnce } from './insert.ts';
import { keyOf } from './keys.ts';
import { QUARANTINE, type QuarantineFields } from './quarantine-collection.ts';
import { createTurns } from './turns.ts';

/** What a list leaves out. */
const LISTED = { _id: 0, text: 0 } as const;

/** An entry is inserted once; what comes again only counts. */
async function put(entries: Model<QuarantineFields>, entry: NewQuarantined): Promise<void> {
  const { receivedAt, version, code, problems } = entry;
  const _id = keyOf(entry.org, entry.id);
  const fresh = { ...entry, lastReceivedAt: receivedAt, times: 1, resolvedAt: null, resolution: null };
  if (await insertOnce(entries, { ...fresh, _id })) return;
  await entries.updateOne(
    { _id },
    { $inc: { times: 1 }, $max: { lastReceivedAt: receivedAt }, $set: { version, code, problems } },
  );
}

function stateOf({ state, keyId, after }: QuarantineFilter): Record<string, unknown> {
  const states = { open: { resolvedAt: null }, resolved: { resolvedAt: { $ne: null } }, all: {} };
  const beyond = after && {
    $or: [{ receivedAt: { $gt: after.receivedAt } }, { receivedAt: after.receivedAt, id: { $gt: after.id } }],
  };
  return { ...states[state], ...(keyId === undefined ? {} : { keyId }), ...beyond };
}

export function createQuarantine({ model }: MongoContext): QuarantineStore {
  const entries = model(QUARANTINE);
  const turns = createTurns();
  return {
    put: async (given) => {
      await Promise.all(
        given.map((entry) => turns.take(keyOf(entry.org, entry.id), () => put(entries, entry))),
      );
    },
    list: (org, filter) =>
      entries
        .find({ org, ...stateOf(filter) }, LISTED)
        .sort({ receivedAt: 1, id: 1 })
        .limit(filter.limit)
        .lean<QuarantineEntry[]>(),
    get: async (org, id) => {
      const found = await entries.findOne({ _id: keyOf(org, id) }).lean<QuarantineFields>();
      if (!found) return null;
      const { _id, ...entry } = found;
      return entry;
    },
    resolve: async (org, id, resolution, at) => {
      const _id = keyOf(org, id);
      await entries.updateOne(
        { _id, resolution: { $ne: 'replayed' } },
        { $set: { resolution, resolvedAt: at } },
      );
      return (await entries.exists({ _id })) !== null;
    },
  };
}
