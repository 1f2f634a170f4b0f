import { AssiduError } from '../src/base/errors.ts';
import type { StatementStore, Writer } from '../src/storage/ports/statement-store.ts';
import { indexStatement } from './index-statement.ts';
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
   */
  accept(sender: Sender, text: string, version: XapiVersion, putId?: string): Promise<readonly string[]>;
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
    accept: async (sender, text, version, putId) => {
      const accepted = acceptStatements(text, version, INTAKE_LIMITS).map((each) =>
        putId === undefined ? each : withPutId(each, putId),
      );
      if (accepted.length === 0) return [];
      const batch = accepted.map((each) =>
        indexStatement(each, { id: putId ?? newId(), authority: sender.authority, version }),
      );
      const result = await statements.append(sender.org, sender.writer, batch);
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
