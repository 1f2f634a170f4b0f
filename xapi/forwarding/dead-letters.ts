import { AssiduError } from '../../src/base/errors.ts';
import type { DeadLetter, ForwardStore, ForwardTarget } from '../../src/storage/ports/forward-store.ts';
import type { StatementStore } from '../../src/storage/ports/statement-store.ts';
import { sendableOf } from './cut-page.ts';
import { type SendDeps, sendPiece } from './send-piece.ts';
import { noTarget } from './targets.ts';

/** How a replay ended. `stopped` says why it did not come to its end, if so. */
export interface Replayed {
  readonly taken: number;
  readonly refused: number;
  readonly stopped: string | null;
  /** Where to go on: there may be more after this position; null at the end. */
  readonly next: number | null;
}

/** What targets refused. Throws `not-found` for what is not there. */
export interface DeadLetters {
  /** Unresolved ones in the order of their statements, after a position. */
  deadLetters(org: string, id: string, after: number, limit: number): Promise<readonly DeadLetter[]>;
  /** Sends one, or up to 100 after a position, once more, one by one; those refused again stay. */
  replay(
    org: string,
    id: string,
    which: { readonly statementId: string } | { readonly after: number },
  ): Promise<Replayed>;
  /** Gives one, or all, up; answers how many. */
  discard(org: string, id: string, statementId: string | null): Promise<number>;
}

export interface DeadLettersDeps extends SendDeps {
  readonly store: ForwardStore;
  readonly statements: StatementStore;
  /** ms since the epoch. */
  readonly clock: () => number;
}

const AT_ONCE = 100;
const PAGE = 1_000;

export function createDeadLetters(deps: DeadLettersDeps): DeadLetters {
  const { store, statements, attachments, clock } = deps;
  const targetOf = async (org: string, id: string): Promise<ForwardTarget> => {
    const target = await store.find(org, id);
    if (target === null) throw noTarget(id);
    return target;
  };
  const find = async (org: string, id: string, statementId: string): Promise<readonly DeadLetter[]> => {
    for (let after = 0; ; ) {
      const page = await store.deadLetters(org, id, after, PAGE);
      const found = page.find((letter) => letter.statementId === statementId);
      if (found) return [found];
      const last = page.at(-1);
      if (!last) throw new AssiduError('not-found', `${statementId} is no dead letter of ${id}`);
      after = last.seq;
    }
  };

  return {
    deadLetters: async (org, id, after, limit) => {
      await targetOf(org, id);
      return store.deadLetters(org, id, after, limit);
    },
    replay: async (org, id, which) => {
      const target = await targetOf(org, id);
      const one = 'statementId' in which;
      const letters = one
        ? await find(org, id, which.statementId.toLowerCase())
        : await store.deadLetters(org, id, which.after, AT_ONCE);
      let [taken, refused] = [0, 0];
      const signal = new AbortController().signal;
      for (const letter of letters) {
        const kept = await statements.get(org, letter.statementId);
        if (kept === null) continue;
        const verdict = await sendPiece(target, [await sendableOf(kept, attachments)], deps, signal);
        if (verdict.kind === 'wait')
          return { taken, refused, stopped: verdict.reason, next: one ? null : letter.seq - 1 };
        const at = clock();
        if (verdict.kind === 'refused') {
          const { reason, status } = verdict;
          const { statementId, seq } = letter;
          await store.renewDeadLetter(org, id, { statementId, seq, reason, status, at });
          refused += 1;
        } else if (await store.resolveDeadLetter(org, id, letter.statementId, at)) taken += 1;
      }
      const next = one || letters.length < AT_ONCE ? null : (letters.at(-1)?.seq ?? null);
      return { taken, refused, stopped: null, next };
    },
    discard: async (org, id, statementId) => {
      await targetOf(org, id);
      if (statementId !== null) {
        if (await store.resolveDeadLetter(org, id, statementId.toLowerCase(), clock())) return 1;
        throw new AssiduError('not-found', `${statementId} is no dead letter of ${id}`);
      }
      let discarded = 0;
      for (;;) {
        const page = await store.deadLetters(org, id, 0, PAGE);
        if (page.length === 0) return discarded;
        for (const letter of page)
          if (await store.resolveDeadLetter(org, id, letter.statementId, clock())) discarded += 1;
      }
    },
  };
}
