import type { NewAttachment } from '../src/storage/ports/attachment-store.ts';
import { matchParts } from './attachments/match-parts.ts';
import { indexStatement } from './index-statement.ts';
import type { SentStatement } from './keep-statements.ts';
import type { ReceivedPart } from './multipart/receive.ts';
import type { Sender } from './sender.ts';
import { isAbout } from './standing-rights.ts';
import type { AcceptedStatement } from './statement/accepted.ts';
import type { XapiVersion } from './statement/types.ts';

/** Valid statements of a request and its attachments, as the store takes them; `newId` names those without an id. */
export function toStore(
  accepted: readonly AcceptedStatement[],
  parts: readonly ReceivedPart[],
  {
    sender,
    version,
    newId,
  }: { readonly sender: Sender; readonly version: XapiVersion; readonly newId: () => string },
): { readonly batch: readonly SentStatement[]; readonly attachments: readonly NewAttachment[] } {
  const { authority, trustedPlatform, writer } = sender;
  const batch = accepted.map((each): SentStatement => {
    const { statement } = each;
    const indexed = indexStatement(each, { id: newId(), authority, version });
    if (!trustedPlatform || writer.standings) return { statement, indexed };
    return { statement, indexed: { ...indexed, standings: isAbout(statement, trustedPlatform) } };
  });
  const matched = matchParts(
    accepted.map(({ statement }) => statement),
    parts,
  );
  const attachments = matched.map(({ part, usedBy }) => ({
    sha2: part.sha2,
    length: part.length,
    bytes: part.bytes,
    usedBy: usedBy.flatMap(({ index, contentType }) => {
      const statementId = batch[index]?.indexed.id;
      return statementId === undefined ? [] : [{ statementId, contentType }];
    }),
  }));
  return { batch, attachments };
}
