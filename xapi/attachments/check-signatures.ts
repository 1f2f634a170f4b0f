import { AssiduError } from '../../src/base/errors.ts';
import { mediaType } from '../multipart/boundary.ts';
import { tooLarge } from '../multipart/fault.ts';
import type { ReceivedPart } from '../multipart/receive.ts';
import { KEPT_IN_MEMORY } from '../multipart/spool.ts';
import type { Statement, XapiVersion } from '../statement/types.ts';
import type { AcceptLimits } from '../statement/validate.ts';
import { SIGNATURE, verifySignature } from './verify-signature.ts';

/**
 * Verifies every signature among the parts of a request (1.0.3 Data 2.6). One whose bytes are elsewhere (fileUrl)
 * cannot be looked at. Throws `invalid-statement`, and `too-large` for one that is too long to stay in memory.
 */
export async function checkSignatures(
  statements: readonly Statement[],
  parts: readonly ReceivedPart[],
  version: XapiVersion,
  limits: AcceptLimits,
): Promise<void> {
  const bySha2 = new Map(parts.map((part) => [part.sha2, part]));
  for (const [index, statement] of statements.entries())
    for (const [place, attachment] of (statement.attachments ?? []).entries()) {
      if (attachment.usageType !== SIGNATURE) continue;
      const path = `${statements.length > 1 ? `[${index}].` : ''}attachments[${place}]`;
      if (mediaType(attachment.contentType) !== 'application/octet-stream') {
        const message = 'the contentType of a signature must be application/octet-stream (1.0.3 Data 2.6)';
        throw new AssiduError('invalid-statement', `${path}: ${message}`, { problems: [{ path, message }] });
      }
      const bytes = bySha2.get(attachment.sha2.toLowerCase())?.bytes;
      if (bytes === undefined) continue;
      if ('fd' in bytes) throw tooLarge(path, `${KEPT_IN_MEMORY} bytes of a signature`);
      await verifySignature(statement, { path, bytes }, version, limits);
    }
}
