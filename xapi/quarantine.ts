import { AssiduError, isError, type Problem } from '../src/base/errors.ts';
import type { AccessKey, KeyStore } from '../src/storage/ports/key-store.ts';
import type {
  QuarantinedStatement,
  QuarantineEntry,
  QuarantineFilter,
  QuarantineStore,
} from '../src/storage/ports/quarantine-store.ts';
import type { Intake } from './intake.ts';
import { replayedId } from './quarantine-id.ts';
import { authorityOf, type Sender, senderOfKey } from './sender.ts';
import { appendMembers, isBatch, topLevelMembers } from './statement/raw-json.ts';

/** What came of replaying an entry: the id it was stored under, or why it stays where it is. */
export type Replay =
  | { readonly kind: 'stored'; readonly statementId: string }
  | { readonly kind: 'refused'; readonly error: AssiduError };

export interface ReplayReport {
  readonly stored: number;
  readonly refused: number;
}

/** An entry as it is listed: with the user name of the key that sent it, null when there is no such key. */
export type Listed<Entry> = Entry & { readonly key: string | null };

/** What to list: `key` is a user name. */
export interface QuarantineQuery extends Omit<QuarantineFilter, 'keyId'> {
  readonly key?: string | undefined;
}

/** Statements that lenient intake did not store (docs/intake.md). Throws `not-found` for entries that are not there. */
export interface Quarantine {
  list(org: string, query: QuarantineQuery): Promise<readonly Listed<QuarantineEntry>[]>;
  show(org: string, id: string): Promise<Listed<QuarantinedStatement>>;
  /**
   * Judges an entry by today's rules and stores it with the rights and the authority of the key that sent it; of the
   * key `by` (its id; null: the command line) when the other was revoked, or when the text is `corrected`: whoever
   * corrects a statement answers for it.
   */
  replay(org: string, id: string, by: string | null, corrected?: string): Promise<Replay>;
  /** Every open entry once, oldest first. */
  replayAll(org: string, by: string | null, onProgress: (done: number) => void): Promise<ReplayReport>;
  /** Closes an entry without storing it; its text stays. What was replayed stays replayed. */
  discard(org: string, id: string): Promise<void>;
}

export interface QuarantineDeps {
  readonly store: QuarantineStore;
  readonly keys: Pick<KeyStore, 'byId' | 'find'>;
  readonly intake: Intake;
  /** Public URL of this LRS: homePage of the authorities it names. */
  readonly home: string;
  /** ms since the epoch. */
  readonly clock: () => number;
}

const PAGE = 200;

export function createQuarantine({ store, keys, intake, home, clock }: QuarantineDeps): Quarantine {
  const show = async (org: string, id: string) => {
    const entry = await store.get(org, id);
    if (!entry) throw new AssiduError('not-found', `there is nothing with id ${id} in the quarantine`);
    return entry;
  };

  const senderFor = async ({ org, keyId }: QuarantineEntry, by: string | null, corrected: boolean) => {
    const own = corrected ? null : await keys.byId(keyId);
    const key = mayStillSpeak(own) ? own : by === null ? null : await keys.byId(by);
    return key ? senderOfKey(key, authorityOf(key, home)) : commandLine(org, home);
  };

  const named = async <Entry extends QuarantineEntry>(
    entries: readonly Entry[],
  ): Promise<readonly Listed<Entry>[]> => {
    const senders = [...new Set(entries.map(({ keyId }) => keyId))];
    const names = new Map(
      await Promise.all(senders.map(async (id) => [id, (await keys.byId(id))?.key ?? null] as const)),
    );
    return entries.map((entry) => ({ ...entry, key: names.get(entry.keyId) ?? null }));
  };

  const replayEntry = async (
    entry: QuarantinedStatement,
    by: string | null,
    corrected?: string,
  ): Promise<Replay> => {
    const sender = await senderFor(entry, by, corrected !== undefined);
    try {
      const text = completed(corrected ?? entry.text, entry);
      const [statementId = ''] = await intake.accept(sender, text, entry.version, undefined, []);
      // A crash in between leaves it open: replayed again, it is the same statement under the same id.
      await store.resolve(entry.org, entry.id, 'replayed', clock());
      return { kind: 'stored', statementId };
    } catch (error) {
      if (isRefusal(error)) return { kind: 'refused', error };
      throw error;
    }
  };

  return {
    list: async (org, { key, ...filter }) => {
      const sender = key === undefined ? null : await keys.find(key);
      if (key !== undefined && !sender) return [];
      return named(await store.list(org, { ...filter, keyId: sender?.id }));
    },
    show: async (org, id) => {
      const entry = await show(org, id);
      return { ...entry, key: (await keys.byId(entry.keyId))?.key ?? null };
    },
    replay: async (org, id, by, corrected) => replayEntry(await show(org, id), by, corrected),
    replayAll: async (org, by, onProgress) => {
      let [stored, refused] = [0, 0];
      let after: QuarantineFilter['after'] = null;
      for (;;) {
        const page: readonly QuarantineEntry[] = await store.list(org, { state: 'open', after, limit: PAGE });
        for (const { id } of page) {
          const { kind } = await replayEntry(await show(org, id), by);
          if (kind === 'stored') stored += 1;
          else refused += 1;
          onProgress(stored + refused);
        }
        after = page.at(-1) ?? null;
        if (page.length < PAGE) return { stored, refused };
      }
    },
    discard: async (org, id) => {
      const known = await store.resolve(org, id, 'discarded', clock());
      if (!known) await show(org, id);
    },
  };
}

/** Who corrects statements at the command line: may say what anybody may. */
function commandLine(org: string, home: string): Sender {
  const name = 'command line';
  return {
    org,
    authority: { objectType: 'Agent', name, account: { homePage: home, name } },
    writer: { keyId: 'command-line', standings: false, voidsAny: false, defines: true },
  };
}

/** A key that expired spoke while it was good; one that was revoked may not have been in good hands. */
function mayStillSpeak(key: AccessKey | null): key is AccessKey {
  return key !== null && key.revokedAt === null;
}

/**
 * The statement with what the LRS would have added when it came: an id, always the same one, and the moment of its
 * receipt as timestamp (xAPI 1.0.3 Data 2.4.7): it happened then, not when somebody replays it. Throws `invalid-request`.
 */
function completed(text: string, { id, receivedAt }: QuarantineEntry): string {
  if (isBatch(text))
    throw new AssiduError('invalid-statement', 'one statement, not an array', { problems: [ARRAY] });
  const names = new Set(topLevelMembers(text).map(({ key }) => key));
  const added: (readonly [string, string])[] = [];
  if (!names.has('id')) added.push(['id', JSON.stringify(replayedId(id))]);
  if (!names.has('timestamp')) added.push(['timestamp', JSON.stringify(new Date(receivedAt).toISOString())]);
  return appendMembers(text, added);
}

const ARRAY: Problem = { path: '', message: 'must be one statement, not an array (xAPI 1.0.3 Data 2.4)' };

function isRefusal(error: unknown): error is AssiduError {
  return (
    isError(error, 'invalid-request') ||
    isError(error, 'invalid-statement') ||
    isError(error, 'conflict') ||
    isError(error, 'forbidden')
  );
}
