import { ATTACHMENTS, UPLOAD_PARTS } from '../attachments/attachments-collections.ts';
import type { MongoContext } from '../context.ts';
import { BATCH_PARTS, BATCHES } from './batches-collection.ts';

/** What was written for a batch and is this old, ms, belongs to a batch by now, or to none: its request is long over. */
const LEFT_AFTER = 86_400_000;

/** Removes bytes that were written for batches which then were not accepted. */
export async function sweepLeft({ model, clock }: MongoContext): Promise<void> {
  const [batches, batchParts] = [model(BATCHES), model(BATCH_PARTS)];
  const [attachments, uploadParts] = [model(ATTACHMENTS), model(UPLOAD_PARTS)];
  const before = clock() - LEFT_AFTER;
  for (const batch of await batchParts.distinct('batch', { at: { $lt: before } }))
    if ((await batches.exists({ by: batch, state: 'open' })) === null) await batchParts.deleteMany({ batch });
  for await (const { upload } of uploadParts.find({ part: 0, at: { $lt: before } }, { upload: 1 }).cursor())
    if ((await attachments.exists({ upload })) === null) await uploadParts.deleteMany({ upload });
}
