import { AssiduError, type Problem } from '../src/base/errors.ts';
import type { StatementStore } from '../src/storage/ports/statement-store.ts';
import { signatureFaults } from './attachments/check-signatures.ts';
import { declaresAttachments } from './attachments/declared.ts';
import { attachmentFaults, bySha2, strayParts } from './attachments/match-parts.ts';
import { keepStatements } from './keep-statements.ts';
import type { ReceivedPart } from './multipart/receive.ts';
import type { Sender } from './sender.ts';
import type { AcceptedStatement, AcceptLimits } from './statement/accepted.ts';
import { isBatch } from './statement/raw-json.ts';
import type { Statement, XapiVersion } from './statement/types.ts';
import { acceptStatements, inBatch, refusalOf } from './statement/validate.ts';
import { toStore } from './to-store.ts';

export type { Sender } from './sender.ts';

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

/** Statements that were just kept. */
export interface KeptReport {
  readonly org: string;
  readonly keyId: string;
  /** How many have a timestamp that is not believed (ports/flagged.ts). */
  readonly flagged: number;
}

export interface IntakeDeps {
  readonly statements: Pick<StatementStore, 'append'>;
  /** Random UUIDs. */
  readonly newId: () => string;
  /** Called after statements were kept. */
  readonly onStored: (report: KeptReport) => void;
  /** Other bounds on a request than the usual ones. */
  readonly limits?: AcceptLimits;
}

/** Bounds on one request: a statement is rarely 20 levels deep, a batch rarely over a few hundred statements. */
export const INTAKE_LIMITS: AcceptLimits = { maxDepth: 100, maxKeys: 500_000, maxStatements: 10_000 };

export function createIntake({ statements, newId, onStored, limits = INTAKE_LIMITS }: IntakeDeps): Intake {
  return {
    accept: async (sender, text, version, putId, parts) => {
      const listed = isBatch(text);
      const accepted = acceptStatements(text, version, limits).map((each) =>
        putId === undefined ? each : withPutId(each, putId),
      );
      const own = accepted.map(({ statement }) => statement);
      await sender.admit?.(own.map((statement, index) => ({ statement, index: listed ? index : null })));
      if (parts !== undefined) await checkAttachments(own, parts, version, listed);
      if (accepted.length === 0) return [];
      const { batch, attachments } = toStore(accepted, parts ?? [], {
        sender,
        version,
        newId: () => putId ?? newId(),
      });
      const ids = batch.map(({ indexed }) => indexed.id);
      const kept = await keepStatements(statements, sender, batch, attachments);
      if (kept.kind === 'conflict') throw conflictOf(kept.indexes, ids, listed);
      onStored({ org: sender.org, keyId: sender.writer.keyId, flagged: kept.flagged });
      return ids;
    },
  };
}

/** What is wrong with a statement whose id is another one's. */
export const CONFLICT: Problem = {
  path: 'id',
  message: 'is the id of another statement (xAPI 1.0.3 Communication 2.1.1)',
};

function conflictOf(indexes: readonly number[], ids: readonly string[], listed: boolean): AssiduError {
  const named = indexes.map((index) => ids[index]).join(', ');
  return new AssiduError(
    'conflict',
    `${indexes.length > 1 ? `statements ${named} are` : `statement ${named} is`} kept already with another content`,
    { problems: indexes.map((index) => inBatch(CONFLICT, listed ? index : null)) },
  );
}

/** Throws `invalid-statement` when attachments and parts do not fit, or a signature is not what it should be. */
async function checkAttachments(
  statements: readonly Statement[],
  parts: readonly ReceivedPart[],
  version: XapiVersion,
  listed: boolean,
): Promise<void> {
  if (parts.length === 0 && !statements.some(declaresAttachments)) return;
  const received = bySha2(parts);
  const inPlace = (index: number) => (listed ? index : null);
  const faults = [
    ...statements.flatMap((statement, index) =>
      attachmentFaults(statement, received).map((problem) => ({ index: inPlace(index), problem })),
    ),
    ...strayParts(statements, parts).map((problem) => ({ index: null, problem })),
  ];
  if (faults.length > 0) throw refusalOf(faults);
  for (const [index, statement] of statements.entries()) {
    const problems = await signatureFaults(statement, parts, version, INTAKE_LIMITS);
    if (problems.length > 0) throw refusalOf(problems.map((problem) => ({ index: inPlace(index), problem })));
  }
}

/** PUT names the id in the query; the statement may repeat it, not contradict it (1.0.3 Communication 2.1.1). */
function withPutId(accepted: AcceptedStatement, putId: string): AcceptedStatement {
  const { id } = accepted.statement;
  if (id !== undefined && id.toLowerCase() !== putId.toLowerCase())
    throw new AssiduError('invalid-statement', 'id: differs from the statementId parameter', {
      problems: [
        { path: 'id', message: 'differs from the statementId parameter (xAPI 1.0.3 Communication 2.1.1)' },
      ],
    });
  return accepted;
}
