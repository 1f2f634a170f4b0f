import type { MongoContext } from '../context.ts';
import { createDecisions, type Decisions } from '../decisions.ts';
import { keyOf } from '../keys.ts';
import { change } from '../put.ts';
import { ACCOUNT_MARKS, type AccountMarkFields } from './account-marks-collection.ts';

/** What befell an account at another LRS since it was inserted. */
export type AccountState = Omit<AccountMarkFields, '_id'> & { readonly removedAt: number | null };

/** What changes of accounts at other LRSs, forwarding and pulling alike; the accounts themselves never change. */
export interface AccountMarks {
  of(ids: readonly string[]): Promise<ReadonlyMap<string, AccountState>>;
  /** Changes what the holder of the lease notes; the last word stays. */
  note(id: string, noted: Partial<Omit<AccountMarkFields, '_id'>>): Promise<void>;
  /** True for the one who removed it. */
  remove(id: string, at: number): Promise<boolean>;
}

const NEW: AccountState = {
  attempts: 0,
  nextAttemptAt: null,
  lastError: null,
  lastSuccessAt: null,
  paused: false,
  failedAt: null,
  removedAt: null,
};

export type AccountKind = 'forward' | 'pull';

export const markOf = (kind: AccountKind, id: string): string => keyOf(kind, id);
export const removalOf = (kind: AccountKind, id: string): string => keyOf(`${kind} removed`, id);

export function createAccountMarks(context: MongoContext, kind: AccountKind): AccountMarks {
  const marks = context.model(ACCOUNT_MARKS);
  const decisions: Decisions = createDecisions(context);
  return {
    of: async (ids) => {
      const [found, removed] = await Promise.all([
        marks.find({ _id: { $in: ids.map((id) => markOf(kind, id)) } }).lean<AccountMarkFields[]>(),
        decisions.among(ids.map((id) => removalOf(kind, id))),
      ]);
      const known = new Map(found.map(({ _id, ...mark }) => [_id, mark]));
      return new Map(
        ids.map((id) => [
          id,
          { ...NEW, ...known.get(markOf(kind, id)), removedAt: removed.get(removalOf(kind, id))?.at ?? null },
        ]),
      );
    },
    note: (id, noted) => change(marks, markOf(kind, id), { $set: noted }),
    remove: (id, at) => decisions.decide({ _id: removalOf(kind, id), at }),
  };
}
