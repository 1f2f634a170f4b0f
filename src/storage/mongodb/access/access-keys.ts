import type { AccessKey, KeyStore } from '../../ports/key-store.ts';
import type { MongoContext } from '../context.ts';
import { createDecisions } from '../decisions.ts';
import { keyOf } from '../keys.ts';
import { change } from '../put.ts';
import { ACCESS_KEYS, type AccessKeyFields, KEY_USES, type KeyUseFields } from './access-keys-collection.ts';

const revocationOf = (key: string): string => keyOf('key revoked', key);

function latest(one: number | null, other: number | null | undefined): number | null {
  if (one === null) return other ?? null;
  return Math.max(one, other ?? 0);
}

export function createAccessKeys(context: MongoContext): KeyStore {
  const keys = context.model(ACCESS_KEYS);
  const uses = context.model(KEY_USES);
  const decisions = createDecisions(context);

  /** With what happened to them since they were inserted. */
  const asTheyAre = async (found: readonly AccessKeyFields[]): Promise<readonly AccessKey[]> => {
    if (found.length === 0) return [];
    const [revoked, used] = await Promise.all([
      decisions.among(found.map(({ _id }) => revocationOf(_id))),
      uses.find({ _id: { $in: found.map(({ id }) => id) } }).lean<KeyUseFields[]>(),
    ]);
    const lastUses = new Map(used.map(({ _id, at }) => [_id, at]));
    return found.map(({ _id, id, value }) => {
      const key: AccessKey = JSON.parse(value);
      return {
        ...key,
        lastUsedAt: latest(key.lastUsedAt, lastUses.get(id)),
        revokedAt: key.revokedAt ?? revoked.get(revocationOf(_id))?.at ?? null,
      };
    });
  };
  const one = async (found: AccessKeyFields | null) => (await asTheyAre(found ? [found] : []))[0] ?? null;

  return {
    insert: async (key) => {
      const { id, org, createdAt } = key;
      const boundActor = key.boundTo?.actor ?? null;
      await keys.insertOne({ _id: key.key, id, org, boundActor, createdAt, value: JSON.stringify(key) });
    },
    find: async (key) => one(await keys.findOne({ _id: key }).lean<AccessKeyFields>()),
    byId: async (id) => one(await keys.findOne({ id }).lean<AccessKeyFields>()),
    list: async (org, kind) =>
      asTheyAre(
        await keys
          .find({ org, boundActor: kind === 'content' ? { $ne: null } : null })
          .sort({ createdAt: 1, id: 1 })
          .lean<AccessKeyFields[]>(),
      ),
    revoke: async (org, key, at) => {
      const found = await keys.findOne({ _id: key }).lean<AccessKeyFields>();
      if (found?.org !== org) return false;
      await decisions.decide({ _id: revocationOf(key), at });
      return true;
    },
    touch: (id, at) => change(uses, id, { $max: { at } }),
  };
}
