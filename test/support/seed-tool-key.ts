import { randomBytes } from 'node:crypto';
import { deriveLtiKeys } from '../../lti/secrets.ts';
import { createToolKeys } from '../../lti/tool-keys.ts';
import { createSeal } from '../../src/base/seal.ts';
import type { ToolKey, ToolKeyStore } from '../../src/storage/ports/tool-key-store.ts';

/** One key of the tool for each master secret of this process: making one takes a third of a second. */
const made = new Map<string, Promise<ToolKey>>();

/** Gives a store its first key of the tool, so that the product starts with one. */
export async function seedToolKey(store: ToolKeyStore, secret: string): Promise<void> {
  const record = made.get(secret) ?? make(secret);
  made.set(secret, record);
  await store.insert(await record);
}

async function make(secret: string): Promise<ToolKey> {
  const records: ToolKey[] = [];
  const store: ToolKeyStore = {
    insert: async (record) => {
      records.push(record);
    },
    list: async () => records,
    remove: async () => undefined,
  };
  const seal = createSeal(deriveLtiKeys(secret).toolKeys, randomBytes);
  await createToolKeys({ store, seal, clock: Date.now }).ensure();
  const [record] = records;
  if (record === undefined) throw new Error('no key was made');
  return record;
}
