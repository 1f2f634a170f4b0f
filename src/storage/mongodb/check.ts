import type { Model } from 'mongoose';
import type { AttachmentPlace, StoreCheck, StoreFault } from '../ports/check.ts';
import { ATTACHMENT_USES, ATTACHMENTS } from './attachments/attachments-collections.ts';
import { byKeys } from './by-keys.ts';
import type { MongoContext } from './context.ts';
import { keyOf } from './keys.ts';
import { REFERENCES } from './statements/references-collection.ts';
import { STATEMENTS } from './statements/statements-collection.ts';

/** How many records are looked at together. */
const TOGETHER = 1_000;

/** How many records name something that is not there. */
async function countOrphans<Of, Named extends { readonly _id: string }>(
  records: Model<Of>,
  named: Model<Named>,
  keyOfNamed: (record: Of) => string,
): Promise<number> {
  let count = 0;
  let keys = new Set<string>();
  const look = async () => {
    count += keys.size - (await byKeys(named, [...keys], ['_id'])).length;
    keys = new Set();
  };
  for await (const record of records.find().lean<Of[]>().cursor()) {
    keys.add(keyOfNamed(record));
    if (keys.size === TOGETHER) await look();
  }
  await look();
  return count;
}

/** What the server itself checks (its files and indexes) is not looked at. */
export function createCheck({ model }: MongoContext): StoreCheck {
  const statements = model(STATEMENTS);
  const references = model(REFERENCES);
  const attachments = model(ATTACHMENTS);
  const uses = model(ATTACHMENT_USES);
  const fault = (count: number, of: string, text: string): readonly StoreFault[] =>
    count === 0 ? [] : [{ of, fault: `${count} ${text}` }];
  return {
    faults: async () => {
      const [lost, missing] = await Promise.all([
        countOrphans(references, statements, ({ org, from }) => keyOf(org, from)),
        countOrphans(uses, attachments, ({ org, sha2 }) => keyOf(org, sha2)),
      ]);
      return [
        ...fault(lost, 'references', 'are of statements that are not there'),
        ...fault(missing, 'attachments', 'are named by statements and not kept'),
      ];
    },
    attachments: (org, after, limit) =>
      attachments
        .find({ org, sha2: { $gt: after } }, { _id: 0, upload: 0 })
        .sort({ sha2: 1 })
        .limit(limit)
        .lean<AttachmentPlace[]>(),
  };
}
