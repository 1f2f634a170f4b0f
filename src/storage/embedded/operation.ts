import type { Connection } from './connection.ts';
import type { Seen } from './seen.ts';

/** What an operation runs with: the database, the clock of the transaction, and the numbers given to terms. */
export interface OperationContext {
  readonly db: Connection;
  /** `stored` of this transaction, ms: later than every earlier transaction's. */
  stored(): number;
  /** The first of so many positions that follow each other, given to nobody else. Only in a write. */
  nextSeq(count: number): number;
  readonly terms: TermNumbers;
  readonly seen: Seen;
  /** Terms and texts remembered hold no more: something was erased. */
  forget(): void;
}

export interface TermNumbers {
  /** The numbers of terms, made when new. Only in a write. */
  numbersOf(org: string, terms: readonly string[]): readonly number[];
  /** The number of a term, null when no statement ever named it. */
  find(org: string, term: string): number | null;
}

/**
 * A named piece of work on the database, plain data in and out, so that it can run in another thread.
 * Writes share a transaction with their neighbours (group commit); each has a savepoint of its own.
 */
export interface Operation<Input, Output> {
  readonly access: 'read' | 'write';
  /** How much there is to do, 1 for what takes no longer than a single statement; 1 where it is not said. */
  weight?(input: Input): number;
  run(context: OperationContext, input: Input): Output;
  /** The same for several of them that follow each other in one transaction, where that costs less than one by one. */
  runTogether?(context: OperationContext, inputs: readonly Input[]): readonly Output[];
}

export function read<Input, Output>(run: Operation<Input, Output>['run']): Operation<Input, Output> {
  return { access: 'read', run };
}

export function write<Input, Output>(run: Operation<Input, Output>['run']): Operation<Input, Output> {
  return { access: 'write', run };
}

/** A write that costs less for several inputs together than for each. */
export function writeTogether<Input, Output>(
  runTogether: NonNullable<Operation<Input, Output>['runTogether']>,
  weight: (input: Input) => number,
): Operation<Input, Output> {
  return {
    access: 'write',
    weight,
    runTogether,
    run: (context, input) => {
      const [output] = runTogether(context, [input]);
      if (output === undefined) throw new Error('an operation answered nothing');
      return output;
    },
  };
}
