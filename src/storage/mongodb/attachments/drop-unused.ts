import type { Model } from 'mongoose';
import { insertOnce } from '../insert.ts';
import { keyOf } from '../keys.ts';
import type { AttachmentFields, AttachmentUseFields, UploadPartFields } from './attachments-collections.ts';

interface AttachmentModels {
  readonly attachments: Model<AttachmentFields>;
  readonly uses: Model<AttachmentUseFields>;
  readonly parts: Model<UploadPartFields>;
}

/**
 * Takes attached data from statements, and removes what no other one has. Whoever sends the same data meanwhile notes its
 * use first (uploads.ts), so that it is either seen here in the end, or finds the data gone and keeps its own.
 */
export async function dropAttachments(
  { attachments, uses, parts }: AttachmentModels,
  org: string,
  sha2: string,
  statements: readonly string[],
): Promise<void> {
  const own = { org, sha2, statement: { $in: statements } };
  const others = { org, sha2, statement: { $nin: statements } };
  const kept = await attachments.findOne({ _id: keyOf(org, sha2) }).lean<AttachmentFields | null>();
  if (!kept || (await uses.exists(others)) !== null) {
    await uses.deleteMany(own);
    return;
  }
  await attachments.deleteOne({ _id: kept._id });
  if ((await uses.exists(others)) === null) await parts.deleteMany({ upload: kept.upload });
  else await insertOnce(attachments, kept);
  await uses.deleteMany(own);
}
