import { AssiduError, type Problem } from '../../src/base/errors.ts';
import { mediaType } from '../multipart/boundary.ts';
import { partName } from '../multipart/fault.ts';
import type { ReceivedPart } from '../multipart/receive.ts';
import type { Statement } from '../statement/types.ts';
import { type DeclaredAttachment, declaredAttachments } from './declared.ts';

/** A part, and the statements (by their place in the batch) that have it, with the media type each gives it. */
export interface MatchedPart {
  readonly part: ReceivedPart;
  readonly usedBy: readonly { readonly index: number; readonly contentType: string }[];
}

interface Declaration extends DeclaredAttachment {
  readonly index: number;
}

const CLAUSE = '1.0.3 Communication 1.5.2';

/**
 * Brings parts and descriptions together, by hash alone (1.0.3 Communication 1.5.2): no description without fileUrl
 * lacks its part in this very request, no part is undescribed, what both say agrees. `length` is held against a part's
 * Content-Length only: that is all the standard asks. Throws `invalid-statement` with every fault.
 */
export function matchParts(
  statements: readonly Statement[],
  parts: readonly ReceivedPart[],
): readonly MatchedPart[] {
  const declared = statements.flatMap((statement, index): readonly Declaration[] =>
    declaredAttachments(statement).map((each) => ({
      ...each,
      index,
      path: statements.length > 1 ? `[${index}].${each.path}` : each.path,
    })),
  );
  // The same bytes sent twice count once.
  const bySha2 = new Map(parts.map((part) => [part.sha2, part]));
  const problems = declared.flatMap((each) => faultsOf(each, bySha2.get(each.attachment.sha2.toLowerCase())));
  const described = new Set(declared.map(({ attachment }) => attachment.sha2.toLowerCase()));
  for (const part of parts)
    if (!described.has(part.sha2))
      problems.push({
        path: `${partName(part.number)}, X-Experience-API-Hash`,
        message: `is the sha2 of no attachment of these statements (${CLAUSE})`,
      });
  const [first] = problems;
  if (first) throw new AssiduError('invalid-statement', `${first.path}: ${first.message}`, { problems });
  return [...bySha2.values()].map((part) => ({
    part,
    usedBy: declared
      .filter(({ attachment }) => attachment.sha2.toLowerCase() === part.sha2)
      .map(({ index, attachment }) => ({ index, contentType: attachment.contentType })),
  }));
}

function faultsOf({ path, attachment }: Declaration, part: ReceivedPart | undefined): Problem[] {
  if (!part) {
    if (attachment.fileUrl !== undefined) return [];
    return [{ path, message: `has no fileUrl, and no part of the request has its sha2 (${CLAUSE})` }];
  }
  const problems: Problem[] = [];
  const { number, contentType, length, lengthSaid } = part;
  // Parameters are left aside: the standard's own example describes `text/plain; charset=ascii` and sends `text/plain`.
  if (contentType !== undefined && mediaType(contentType) !== mediaType(attachment.contentType))
    problems.push({
      path: `${path}.contentType`,
      message: `differs from the Content-Type of ${partName(number)} (${CLAUSE})`,
    });
  if (lengthSaid && length !== attachment.length)
    problems.push({
      path: `${path}.length`,
      message: `differs from the Content-Length of ${partName(number)} (${CLAUSE})`,
    });
  return problems;
}
