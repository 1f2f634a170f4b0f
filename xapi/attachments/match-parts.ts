import type { Problem } from '../../src/base/errors.ts';
import { mediaType } from '../multipart/boundary.ts';
import { partName } from '../multipart/fault.ts';
import type { ReceivedPart } from '../multipart/receive.ts';
import type { Statement } from '../statement/types.ts';
import { type DeclaredAttachment, declaredAttachments } from './declared.ts';

/** A part, and the statements (by their place in the list) that have it, with the media type each gives it. */
export interface MatchedPart {
  readonly part: ReceivedPart;
  readonly usedBy: readonly { readonly index: number; readonly contentType: string }[];
}

const CLAUSE = 'xAPI 1.0.3 Communication 1.5.2';

/**
 * What is wrong with the attachments of a statement: one without fileUrl lacks its part in this very request, or what
 * both say differs. `length` is held against a part's Content-Length only: that is all the standard asks.
 */
export function attachmentFaults(
  statement: Statement,
  parts: ReadonlyMap<string, ReceivedPart>,
): readonly Problem[] {
  return declaredAttachments(statement).flatMap((each) =>
    faultsOf(each, parts.get(each.attachment.sha2.toLowerCase())),
  );
}

/** Parts that none of these statements describes, each a fault of the request (1.0.3 Communication 1.5.2). */
export function strayParts(
  statements: readonly Statement[],
  parts: readonly ReceivedPart[],
): readonly Problem[] {
  if (parts.length === 0) return [];
  const described = new Set(
    statements.flatMap(declaredAttachments).map(({ attachment }) => attachment.sha2.toLowerCase()),
  );
  return parts
    .filter(({ sha2 }) => !described.has(sha2))
    .map(({ number }) => ({
      path: `${partName(number)}, X-Experience-API-Hash`,
      message: `is the sha2 of no attachment of these statements (${CLAUSE})`,
    }));
}

/** Brings parts and descriptions together, by hash alone (1.0.3 Communication 1.5.2). */
export function matchParts(
  statements: readonly Statement[],
  parts: readonly ReceivedPart[],
): readonly MatchedPart[] {
  if (parts.length === 0) return [];
  const declared = statements.flatMap((statement, index) =>
    declaredAttachments(statement).map(({ attachment }) => ({ ...attachment, index })),
  );
  return [...bySha2(parts).values()].map((part) => ({
    part,
    usedBy: declared
      .filter(({ sha2 }) => sha2.toLowerCase() === part.sha2)
      .map(({ index, contentType }) => ({ index, contentType })),
  }));
}

/** Parts by their hash; the same bytes sent twice count once. */
export function bySha2(parts: readonly ReceivedPart[]): ReadonlyMap<string, ReceivedPart> {
  return new Map(parts.map((part) => [part.sha2, part]));
}

function faultsOf({ path, attachment }: DeclaredAttachment, part: ReceivedPart | undefined): Problem[] {
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
