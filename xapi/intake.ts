import { AssiduError } from '../src/base/errors.ts';
import type { StatementStore, Writer } from '../src/storage/ports/statement-store.ts';
import { checkSignatures } from './attachments/check-signatures.ts';
import { matchParts } from './attachments/match-parts.ts';
import { indexStatement } from './index-statement.ts';
import type { ReceivedPart } from './multipart/receive.ts';
import type { Agent, XapiVersion } from './statement/types.ts';
import { type AcceptedStatement, type AcceptLimits, acceptStatements } from './statement/validate.ts';

/** Who sends statements: the organisation they go to, what the key may do, and the authority they get. */
export interface Sender {
  readonly org: string;
  readonly writer: Writer;
  readonly authority: Agent;
}

/** The one way into the store of statements. */
export interface Intake {
  /**
   * Checks and keeps a request body: one statement or an array; all of it or nothing. Durable when it resolves.
   * Answers the ids in order. Throws `invalid-request`, `invalid-statement`, `too-large`, and `conflict` when an id is
   * already kept with another content (xAPI 1.0.3 Communication 2.1.1, 2.1.2).
   * `parts` are the attachments that came with a request, none if []; without `parts`, as in an import, what statements
   * say of their attachments is taken on trust.
   */
  accept(
    sender: Sender,
    text: string,
    version: XapiVersion,
    putId?: string,
    parts?: readonly ReceivedPart[],
  ): Promise<readonly string[]>;
}

export interface IntakeDeps {
  readonly statements: StatementStore;
  /** Random UUIDs. */
  readonly newId: () => string;
  /** Called after statements were kept. */
  readonly onStored: () => void;
}

/** Bounds on one request: a statement is rarely 20 levels deep, a batch rarely over a few hundred statements. */
export const INTAKE_LIMITS: AcceptLimits = { maxDepth: 100, maxKeys: 500_000, maxStatements: 10_000 };

export function createIntake({ statements, newId, onStored }: IntakeDeps): Intake {
  return {
    accept: async (sender, text, version, putId, parts) => {
      const accepted = acceptStatements(text, version, INTAKE_LIMITS).map((each) =>
        putId === undefined ? each : withPutId(each, putId),
      );
      const own = accepted.map(({ statement }) => statement);
      const matched = parts === undefined ? [] : matchParts(own, parts);
      if (parts !== undefined) await checkSignatures(own, parts, version, INTAKE_LIMITS);
      if (accepted.length === 0) return [];
      const batch = accepted.map((each) =>
        indexStatement(each, { id: putId ?? newId(), authority: sender.authority, version }),
      );
      const attachments = matched.map(({ part, usedBy }) => ({
        sha2: part.sha2,
        length: part.length,
        bytes: part.bytes,
        usedBy: usedBy.flatMap(({ index, contentType }) => {
          const statementId = batch[index]?.id;
          return statementId === undefined ? [] : [{ statementId, contentType }];
        }),
      }));
      const result = await statements.append(sender.org, sender.writer, batch, attachments);
      if (result.kind === 'conflict') {
        const where = batch.length > 1 ? `[${result.index}].id` : 'id';
        throw new AssiduError('conflict', `statement ${result.id} is kept already with another content`, {
          problems: [
            { path: where, message: 'is the id of another statement (xAPI 1.0.3 Communication 2.1.1)' },
          ],
        });
      }
      onStored();
      return result.ids;
    },
  };
}

/** PUT names the id in the query; the statement may repeat it, not contradict it (1.0.3 Communication 2.1.1). */
function withPutId(accepted: AcceptedStatement, putId: string): AcceptedStatement {
  const { id } = accepted.statement;
  if (id !== undefined && id.toLowerCase() !== putId.toLowerCase())
    throw new AssiduError('invalid-statement', 'id: differs from the statementId parameter', {
      problems: [
        { path: 'id', message: 'differs from the statementId parameter (1.0.3 Communication 2.1.1)' },
      ],
    });
  return accepted;
}
