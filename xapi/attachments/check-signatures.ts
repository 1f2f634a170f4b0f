import { isError, type Problem } from '../../src/base/errors.ts';
import { mediaType } from '../multipart/boundary.ts';
import { tooLarge } from '../multipart/fault.ts';
import type { ReceivedPart } from '../multipart/receive.ts';
import { KEPT_IN_MEMORY } from '../multipart/spool.ts';
import type { AcceptLimits } from '../statement/accepted.ts';
import type { Statement, XapiVersion } from '../statement/types.ts';
import { SIGNATURE, verifySignature } from './verify-signature.ts';

/**
 * What is wrong with the signatures of a statement among the parts of its request (1.0.3 Data 2.6). One whose bytes are
 * elsewhere (fileUrl) cannot be looked at. Throws `too-large` for one that is too long to stay in memory.
 */
export async function signatureFaults(
  statement: Statement,
  parts: readonly ReceivedPart[],
  version: XapiVersion,
  limits: AcceptLimits,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const [place, attachment] of (statement.attachments ?? []).entries()) {
    if (attachment.usageType !== SIGNATURE) continue;
    const path = `attachments[${place}]`;
    if (mediaType(attachment.contentType) !== 'application/octet-stream') {
      const message = 'the contentType of a signature must be application/octet-stream (1.0.3 Data 2.6)';
      problems.push({ path, message });
      continue;
    }
    const bytes = parts.find(({ sha2 }) => sha2 === attachment.sha2.toLowerCase())?.bytes;
    if (bytes === undefined) continue;
    if ('fd' in bytes) throw tooLarge(path, `${KEPT_IN_MEMORY} bytes of a signature`);
    try {
      await verifySignature(statement, { path, bytes }, version, limits);
    } catch (error) {
      if (!isError(error, 'invalid-statement')) throw error;
      problems.push(...error.problems);
    }
  }
  return problems;
}
