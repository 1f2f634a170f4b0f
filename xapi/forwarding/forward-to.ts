import type { ForwardStore, ForwardTarget, NewDeadLetter } from '../../src/storage/ports/forward-store.ts';
import type { StatementStore } from '../../src/storage/ports/statement-store.ts';
import { backoff } from '../client/backoff.ts';
import { withLease } from '../client/with-lease.ts';
import { cutPage, type Piece, split } from './cut-page.ts';
import { type MatchingDeps, matcherOf } from './matching.ts';
import { type SendDeps, sendPiece } from './send-piece.ts';

export interface ForwardingDeps extends SendDeps, MatchingDeps {
  readonly store: ForwardStore;
  readonly statements: StatementStore;
  /** What this process is called among those that share the store. */
  readonly holder: string;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
}

/** Statements looked at a time. */
const PAGE = 500;

/**
 * Sends a target what it has not seen, in the order of the store, until there is nothing more or the target has to
 * wait. Only who is refused for what it is leaves the line, as a dead letter. Answers whether the cursor moved.
 */
export async function forwardTo(
  { org, id }: ForwardTarget,
  deps: ForwardingDeps,
  signal: AbortSignal,
): Promise<boolean> {
  const moved = await withLease(id, deps, async (epoch) => {
    // Read again under the lease: another process may have come further.
    const target = await deps.store.find(org, id);
    if (target === null) return false;
    try {
      return await follow(target, epoch, deps, signal);
    } catch (error) {
      const failure = { reason: 'something failed here; the log says what', retryAfter: undefined };
      await postpone(target, epoch, target.attempts + 1, failure, deps);
      throw error;
    }
  });
  return moved ?? false;
}

async function follow(
  target: ForwardTarget,
  epoch: number,
  deps: ForwardingDeps,
  signal: AbortSignal,
): Promise<boolean> {
  let { position, attempts } = target;
  let moved = false;
  const advance = async (to: number, sent: boolean, dead: readonly NewDeadLetter[]): Promise<boolean> => {
    const sentAt = sent ? deps.clock() : null;
    const done = await deps.store.advance({ id: target.id, epoch, from: position, to, sentAt, dead });
    if (done) [position, attempts, moved] = [to, 0, true];
    return done;
  };

  for (;;) {
    const now = await deps.store.find(target.org, target.id);
    const page = now === null || now.paused ? [] : await deps.statements.feed(position, PAGE);
    if (page.length === 0) return moved;
    const queue: Piece[] = [...(await cutPage(page, await matcherOf(target, deps), deps.attachments))];
    for (let piece = queue.shift(); piece !== undefined; piece = queue.shift()) {
      if (signal.aborted) return moved;
      const { statements, to } = piece;
      const [first] = statements;
      if (first === undefined) {
        if (!(await advance(to, false, []))) return moved;
        continue;
      }
      const verdict = await sendPiece(target, statements, deps, signal);
      if (signal.aborted && verdict.kind === 'wait') return moved;
      if (verdict.kind === 'wait') {
        await postpone(target, epoch, attempts + 1, verdict, deps);
        return moved;
      }
      const alone = statements.length === 1;
      if (verdict.kind === 'taken' || (alone && verdict.kind === 'known')) {
        if (!(await advance(to, true, []))) return moved;
      } else if (alone && verdict.kind === 'refused') {
        const { reason, status } = verdict;
        const letter = { statementId: first.id, seq: first.seq, reason, status, at: deps.clock() };
        if (!(await advance(to, false, [letter]))) return moved;
      } else queue.unshift(...split(piece, verdict.kind === 'known' ? 'singles' : 'halves'));
    }
  }
}

async function postpone(
  { id }: ForwardTarget,
  epoch: number,
  attempts: number,
  failure: { readonly reason: string; readonly retryAfter: string | undefined },
  { store, clock, random }: ForwardingDeps,
): Promise<void> {
  const now = clock();
  const nextAttemptAt = now + backoff(attempts, failure.retryAfter, { now, random });
  await store.postpone(id, epoch, { attempts, nextAttemptAt, lastError: failure.reason });
}
