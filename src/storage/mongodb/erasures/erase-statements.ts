import type { StatementErasure } from '../../ports/erasure-store.ts';
import { ATTACHMENT_USES, ATTACHMENTS, UPLOAD_PARTS } from '../attachments/attachments-collections.ts';
import { dropAttachments } from '../attachments/drop-unused.ts';
import type { MongoContext } from '../context.ts';
import { DEAD_LETTERS } from '../exchange/forwards-collection.ts';
import { REFERENCES, type ReferenceFields } from '../statements/references-collection.ts';
import { STATEMENTS } from '../statements/statements-collection.ts';
import { bothMarks } from '../statements/terms.ts';

/** Positions or ids in one question at most. */
const TOGETHER = 1_000;

/** Removes and rewrites statements; the statements themselves last, so that who repeats it finds what is left. */
export type EraseStatements = (org: string, erasure: StatementErasure) => Promise<void>;

export function createEraseStatements({ model }: MongoContext): EraseStatements {
  const statements = model(STATEMENTS);
  const references = model(REFERENCES);
  const letters = model(DEAD_LETTERS);
  const uses = model(ATTACHMENT_USES);
  const attached = { attachments: model(ATTACHMENTS), uses, parts: model(UPLOAD_PARTS) };

  /** A statement that was voided by these is voided by who else voids it, or stands again. */
  const unvoid = async (org: string, ids: readonly string[]): Promise<void> => {
    const from = { org, from: { $in: ids } };
    const voids = await references.find({ ...from, voidedFrom: { $exists: true } }).lean<ReferenceFields[]>();
    await references.deleteMany(from);
    for (const to of new Set(voids.map((each) => each.to))) {
      const others = await references
        .find({ org, to, voidedFrom: { $exists: true } }, { stored: 1 })
        .lean<Pick<ReferenceFields, 'stored'>[]>();
      const voidedAt = Math.min(...others.map(({ stored }) => stored));
      await statements.updateOne(
        { org, id: to },
        Number.isFinite(voidedAt) ? { $set: { voidedAt } } : { $unset: { voidedAt: '' } },
      );
    }
  };

  const remove = async (org: string, seqs: readonly number[]): Promise<void> => {
    const found = await statements
      .find({ org, seq: { $in: seqs } }, { id: 1 })
      .lean<{ readonly _id: string; readonly id: string }[]>();
    const ids = found.map(({ id }) => id);
    await detach(org, ids);
    await letters.deleteMany({ org, statementId: { $in: ids } });
    await unvoid(org, ids);
    // What refers to them waits for them again.
    await references.updateMany(
      { org, to: { $in: ids } },
      { $unset: { verb: '', registration: '', agents: '', activities: '', voidedFrom: '' } },
    );
    await statements.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
  };

  /** Takes attachments from statements: all of them, or those named. */
  const detach = async (org: string, ids: readonly string[], named?: readonly string[]): Promise<void> => {
    const digests =
      named ??
      (
        await uses.find({ org, statement: { $in: ids } }, { sha2: 1 }).lean<{ readonly sha2: string }[]>()
      ).map(({ sha2 }) => sha2);
    for (const sha2 of new Set(digests)) await dropAttachments(attached, org, sha2, ids);
  };

  const rewrite = async (org: string, { rewritten, actors }: StatementErasure): Promise<void> => {
    const marks = [...bothMarks(actors)];
    for (const { seq, id, text, detached } of rewritten) {
      const { matchedCount } = await statements.updateOne(
        { org, seq },
        { $set: { text }, $pullAll: { agents: marks } },
      );
      if (matchedCount === 0) continue;
      await references.updateMany({ org, to: id, agents: { $in: marks } }, { $pullAll: { agents: marks } });
      await detach(org, [id], detached);
    }
  };

  return async (org, erasure) => {
    for (let from = 0; from < erasure.removed.length; from += TOGETHER)
      await remove(org, erasure.removed.slice(from, from + TOGETHER));
    await rewrite(org, erasure);
  };
}
