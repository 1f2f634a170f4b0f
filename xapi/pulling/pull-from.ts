import type { Seal } from '../../src/base/seal.ts';
import type { PullProgress, PullSource, PullStore } from '../../src/storage/ports/pull-store.ts';
import { sealContext } from '../client/account-secret.ts';
import { backoff } from '../client/backoff.ts';
import type { LrsClient } from '../client/lrs-client.ts';
import type { Sender } from '../sender.ts';
import { readPage, type SourcePage } from './read-page.ts';
import { type TakeInDeps, takeIn } from './take-in.ts';

export interface PullingDeps extends TakeInDeps {
  readonly store: PullStore;
  readonly client: LrsClient;
  readonly seal: Seal;
  readonly random: (bytes: number) => Buffer;
  /** homePage of the authority of what is pulled. */
  readonly publicUrl: string;
}

/** Statements asked for at a time. */
const PAGE = '100';
/** How far back "complete up to" is believed, ms: an LRS that never moves it would have everything read again. */
const LONGEST_LAG = 10 * 60_000;
/** Answers to a `more` that is not known any more. */
const GONE: ReadonlySet<number> = new Set([400, 404, 410]);

/**
 * Reads a source from where it was left to its end, keeping how far it came after every page. What is read twice is
 * known by its id. Answers whether it got somewhere; a failure is noted with the time of the next look.
 */
export async function pullFrom(
  source: PullSource,
  epoch: number,
  deps: PullingDeps,
  signal: AbortSignal,
  onProgress: (progress: PullProgress) => void = () => undefined,
): Promise<boolean> {
  const { store, client, seal, clock } = deps;
  const password = seal.open(source.sealedSecret, sealContext(source));
  if (password === null) {
    const reason = 'its password cannot be read: ASSIDU_SECRET is not the one it was kept under';
    await noteFailure(source, epoch, { reason, retryAfter: undefined }, deps);
    return false;
  }
  const { cursor, reached, more, lookFrom, taken, refused } = source;
  let progress: PullProgress = { cursor, reached, more, lookFrom, taken, refused };
  for (;;) {
    const now = await store.find(source.org, source.id);
    if (signal.aborted || now === null || now.paused) return false;
    if (progress.more === null) progress = { ...progress, lookFrom: progress.cursor };
    const page = await readPage(source, password, questionOf(source, progress), client, signal);
    if (page.kind === 'none') {
      if (signal.aborted) return false;
      if (progress.more === null || !GONE.has(page.status)) {
        await noteFailure(source, epoch, page, deps);
        return false;
      }
      progress = { ...progress, more: null, reached: null };
    } else {
      try {
        const parts = page.body?.parts ?? null;
        const result = await takeIn(senderOf(source, deps), page.statements, source.version, parts, deps);
        progress = after(progress, page, result.refused);
      } finally {
        await page.body?.drop();
      }
    }
    if (!(await store.progress(source.id, epoch, progress))) return false;
    onProgress(progress);
    if (page.kind === 'page' && progress.more === null) {
      const at = clock();
      const nextAttemptAt = at + source.every;
      await store.end(source.id, epoch, { attempts: 0, nextAttemptAt, lastError: null, succeededAt: at });
      return true;
    }
  }
}

/** `since` is exclusive and several statements may share an instant: one begins a millisecond earlier. */
function questionOf({ attachments }: PullSource, { more, cursor }: PullProgress) {
  if (more !== null) return { more };
  const since = cursor === null ? Number.NaN : Date.parse(cursor);
  return {
    query: {
      ascending: 'true',
      limit: PAGE,
      ...(Number.isNaN(since) ? {} : { since: new Date(since - 1).toISOString() }),
      ...(attachments ? { attachments: 'true' } : {}),
    },
  };
}

/** How far a source was read after one more page. */
function after(before: PullProgress, page: SourcePage, refused: number): PullProgress {
  const seen = page.statements.map(storedOf).filter((stored) => stored !== null);
  const instants = [before.reached ?? before.cursor, ...seen].filter((stored) => stored !== null);
  // A page of one instant does not tell whether the source answers oldest first, as it was asked to.
  const rises = seen[0] !== undefined && earlier(seen[0], seen.at(-1));
  const inOrder =
    before.reached === null &&
    rises &&
    instants.every((stored, index) => index === 0 || !earlier(stored, instants[index - 1]));
  const greatest = instants.reduce<string | null>(
    (latest, stored) => (latest === null || earlier(latest, stored) ? stored : latest),
    null,
  );
  const over = page.more === null || page.more === before.more;
  // A look begins a little earlier: what is not later than its beginning was told before.
  const { lookFrom } = before;
  const fresh =
    lookFrom === null ? page.statements.length : seen.filter((stored) => earlier(lookFrom, stored)).length;
  return {
    // In order, everything before is there; else only the end of the look tells.
    cursor: over ? complete(greatest, page.consistentThrough) : inOrder ? greatest : before.cursor,
    reached: over || inOrder ? null : greatest,
    more: over ? null : page.more,
    lookFrom,
    taken: before.taken + Math.max(0, fresh - refused),
    refused: before.refused + refused,
  };
}

/** What is stored but not yet answered must not be passed over. */
function complete(cursor: string | null, consistentThrough: string | null): string | null {
  if (cursor === null || consistentThrough === null || !earlier(consistentThrough, cursor)) return cursor;
  const floor = new Date(Date.parse(cursor) - LONGEST_LAG).toISOString();
  return earlier(consistentThrough, floor) ? floor : consistentThrough;
}

function earlier(a: string, b: string | undefined): boolean {
  return b !== undefined && Date.parse(a) < Date.parse(b);
}

function storedOf(text: string): string | null {
  const statement: unknown = JSON.parse(text);
  const stored =
    typeof statement === 'object' && statement !== null && 'stored' in statement ? statement.stored : null;
  return typeof stored === 'string' && !Number.isNaN(Date.parse(stored)) ? stored : null;
}

/** What comes from a source is written by it: `stored` and `authority` are ours (1.0.3 Data 2.4.8, 2.4.9). */
function senderOf({ org, name, keyId, trusted }: PullSource, { publicUrl }: PullingDeps): Sender {
  return {
    org,
    authority: { objectType: 'Agent', name, account: { homePage: publicUrl, name: keyId } },
    writer: { keyId, standings: trusted, voidsAny: false, defines: true },
  };
}

/** Notes why a look failed, and when to look again. */
export async function noteFailure(
  { id, attempts }: PullSource,
  epoch: number,
  failure: { readonly reason: string; readonly retryAfter: string | undefined },
  { store, clock, random }: PullingDeps,
): Promise<void> {
  const now = clock();
  const nextAttemptAt = now + backoff(attempts + 1, failure.retryAfter, { now, random });
  const { reason: lastError } = failure;
  await store.end(id, epoch, { attempts: attempts + 1, nextAttemptAt, lastError, succeededAt: null });
}
