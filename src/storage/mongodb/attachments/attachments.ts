import { AssiduError } from '../../../base/errors.ts';
import type { AttachmentStore, KeptAttachment } from '../../ports/attachment-store.ts';
import type { MongoContext } from '../context.ts';
import type { Gate } from '../gate.ts';
import { keyOf } from '../keys.ts';
import {
  ATTACHMENT_USES,
  ATTACHMENTS,
  type AttachmentFields,
  type AttachmentUseFields,
  UPLOAD_PARTS,
} from './attachments-collections.ts';

/** Ids of statements in one question at most. */
const TOGETHER = 1_000;

export function createAttachments({ model }: MongoContext, gate: Gate): AttachmentStore {
  const attachments = model(ATTACHMENTS);
  const uses = model(ATTACHMENT_USES);
  const parts = model(UPLOAD_PARTS);

  const usesOf = async (org: string, ids: readonly string[]): Promise<readonly AttachmentUseFields[]> => {
    const found: AttachmentUseFields[] = [];
    for (let from = 0; from < ids.length; from += TOGETHER)
      found.push(
        ...(await uses
          .find({ org, statement: { $in: ids.slice(from, from + TOGETHER) } })
          .lean<AttachmentUseFields[]>()),
      );
    return found;
  };

  return {
    sentWith: (org, ids) =>
      gate.run(async () => {
        const place = new Map(ids.map((id, index) => [id, index]));
        const found = [...(await usesOf(org, ids))].sort(
          (a, b) =>
            (place.get(a.statement) ?? 0) - (place.get(b.statement) ?? 0) || (a.sha2 < b.sha2 ? -1 : 1),
        );
        const first = new Map<string, KeptAttachment>();
        for (const { sha2, contentType } of found)
          if (!first.has(sha2)) first.set(sha2, { sha2, contentType });
        return [...first.values()];
      }),
    read: async function* (org, sha2) {
      const kept = await gate.run(() =>
        attachments.findOne({ _id: keyOf(org, sha2) }).lean<AttachmentFields | null>(),
      );
      if (!kept) throw new AssiduError('not-found', `no attachment ${sha2}`);
      for (let part = 0; ; part += 1) {
        const found = await gate.run(async () => parts.findOne({ _id: `${kept.upload}/${part}` }));
        if (!found) return;
        yield found.bytes;
      }
    },
  };
}
