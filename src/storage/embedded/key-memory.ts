import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessKey, KeyStore } from '../ports/key-store.ts';

/** Keys remembered at once. */
const MOST = 10_000;
/** How long one is remembered without being read again, in ms: for a change that was kept but could not be told. */
const LONGEST = 1_000;

/**
 * Remembers keys, which are asked for at every request. What is made or revoked counts at once in every process: each
 * change lets a file grow by a byte, and its size is looked at every time, in a tenth of the time of a query.
 */
export function rememberingKeys(keys: KeyStore, folder: string, clock: () => number): KeyStore {
  const file = join(folder, 'keys.changes');
  appendFileSync(file, '', { mode: 0o600 });
  const known = new Map<string, { readonly key: AccessKey; readonly at: number }>();
  let seen = -1;

  const lookAround = () => {
    const { size } = statSync(file);
    if (size !== seen || known.size >= MOST) known.clear();
    seen = size;
  };
  const tell = () => {
    known.clear();
    appendFileSync(file, '.');
  };

  return {
    ...keys,
    insert: async (key) => {
      await keys.insert(key);
      tell();
    },
    find: async (name) => {
      lookAround();
      const remembered = known.get(name);
      if (remembered && clock() - remembered.at < LONGEST) return remembered.key;
      const before = seen;
      const key = await keys.find(name);
      // What was read while something changed may be what it was before.
      if (key && before === seen) known.set(name, { key, at: clock() });
      return key;
    },
    revoke: async (org, key, at) => {
      const revoked = await keys.revoke(org, key, at);
      tell();
      return revoked;
    },
    touch: async (id, at) => {
      await keys.touch(id, at);
      for (const [name, { key, at: read }] of known)
        if (key.id === id)
          known.set(name, { key: { ...key, lastUsedAt: Math.max(key.lastUsedAt ?? 0, at) }, at: read });
    },
  };
}
