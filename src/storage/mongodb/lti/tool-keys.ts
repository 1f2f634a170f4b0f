import type { LtijsRecord, LtijsRecordStore, ToolKeyStore } from '../../ports/tool-key-store.ts';
import type { MongoContext } from '../context.ts';
import { insertOnce } from '../insert.ts';
import { keyOf } from '../keys.ts';
import { put } from '../put.ts';
import {
  LTIJS_RECORDS,
  type LtijsRecordFields,
  TOOL_KEYS,
  type ToolKeyFields,
} from './tool-keys-collection.ts';

export function createToolKeys({ model }: MongoContext): ToolKeyStore {
  const keys = model(TOOL_KEYS);
  return {
    insert: async ({ kid, ...key }) => {
      await keys.insertOne({ _id: kid, ...key });
    },
    list: async () => {
      const found = await keys.find().sort({ createdAt: -1, _id: 1 }).lean<ToolKeyFields[]>();
      return found.map(({ _id, ...key }) => ({ kid: _id, ...key }));
    },
    remove: async (kid) => {
      await keys.deleteOne({ _id: kid });
    },
  };
}

export function createLtijsRecords({ model }: MongoContext): LtijsRecordStore {
  const records = model(LTIJS_RECORDS);
  const fieldsOf = ({ collection, ...record }: LtijsRecord): LtijsRecordFields => ({
    _id: keyOf(collection, record.key),
    of: collection,
    ...record,
  });
  return {
    insert: (record) => insertOnce(records, fieldsOf(record)),
    replace: (record) => put(records, fieldsOf(record)),
    list: async (collection) => {
      const found = await records
        .find({ of: collection })
        .sort({ createdAt: 1, key: 1 })
        .lean<LtijsRecordFields[]>();
      return found.map(({ _id, of, ...record }) => ({ collection: of, ...record }));
    },
    remove: async (collection, key) => {
      await records.deleteOne({ _id: keyOf(collection, key) });
    },
  };
}
