import { type Flag, flagOf } from '../src/storage/ports/flagged.ts';
import type { StatementStore } from '../src/storage/ports/statement-store.ts';
import type { Statement } from './statement/types.ts';

/** A statement that is kept although its timestamp is not believed. */
export interface FlaggedStatement {
  /** Position in the store. */
  readonly seq: number;
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly timestamp: string;
  readonly stored: string;
  /** `future`: more than 24 h after `stored`; `past`: before 2000. */
  readonly flag: Flag;
  readonly verb: string;
  readonly actor: Statement['actor'];
}

/** Flagged statements of an organisation after a position, in the order of their commits. */
export async function flaggedStatements(
  store: Pick<StatementStore, 'flagged'>,
  org: string,
  after: number,
  limit: number,
): Promise<readonly FlaggedStatement[]> {
  const found = await store.flagged(org, after, limit);
  return found.flatMap(({ seq, id, timestamp, stored, text }) => {
    const flag = flagOf(timestamp, stored);
    if (flag === null) return [];
    const { verb, actor }: Statement = JSON.parse(text);
    return [{ seq, id, timestamp: iso(timestamp), stored: iso(stored), flag, verb: verb.id, actor }];
  });
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
