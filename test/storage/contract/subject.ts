import { randomUUID } from 'node:crypto';
import type {
  IndexedTerm,
  NewStatement,
  StatementQuery,
  Storage,
  StoredStatement,
  Writer,
} from '../../../src/storage/ports/index.ts';

/** A database of its own, opened by the adapter under test. */
export interface Opened {
  readonly storage: Storage;
  /** Closes the storage and opens the same database again. */
  reopen(): Promise<Storage>;
  /** All that the database has on disk; absent where that cannot be seen. */
  bytes?(): Buffer;
  /** Closes whatever is open and removes the database. */
  destroy(): Promise<void>;
}

/** The storage of the running test; it is another one after a reopening. */
export type Subject = () => Storage;

/** How much of it the contract tries: a server that finds little by its indexes takes long for much. */
export interface Amount {
  /** Runs of a property with a store of its own each. */
  readonly runs: number;
  /** Batches of 50 in a long history. */
  readonly batches: number;
  /** Statements of a person who is erased. */
  readonly erased: number;
}

export const ALL_OF_IT: Amount = { runs: 20, batches: 45, erased: 2_500 };
export const SOME_OF_IT: Amount = { runs: 3, batches: 5, erased: 60 };

/** An organisation that no other test uses: tests share one database. */
export function newOrg(): string {
  return `org-${randomUUID()}`;
}

/** A key that may void what it wrote itself. */
export const writer = (keyId: string, voidsAny = false): Writer => ({ keyId, standings: false, voidsAny });

export const anyWriter = writer('key');

export const direct = (...terms: readonly string[]): readonly IndexedTerm[] =>
  terms.map((term) => ({ term, related: false }));

export const related = (...terms: readonly string[]): readonly IndexedTerm[] =>
  terms.map((term) => ({ term, related: true }));

/** A statement as intake hands it over. Its text is short: the store does not look into it. */
export function statement(given: Partial<NewStatement> = {}): NewStatement {
  const id = given.id ?? randomUUID();
  return {
    id,
    text: `{"id":"${id}"}`,
    timestamp: Date.UTC(2026, 0, 5),
    verb: 'https://verbs.example/did',
    registration: null,
    voids: null,
    refersTo: given.voids ?? null,
    agents: [],
    activities: [],
    definitions: [],
    names: [],
    ...given,
  };
}

export const statements = (count: number): readonly NewStatement[] =>
  Array.from({ length: count }, () => statement());

/** A query that asks for everything, oldest first, unless told otherwise. */
export function asking(given: Partial<StatementQuery> = {}): StatementQuery {
  return { relatedAgents: false, relatedActivities: false, ascending: true, limit: 1_000, ...given };
}

/** All pages of a query. */
export async function allOf(
  storage: Storage,
  org: string,
  query: StatementQuery,
): Promise<readonly StoredStatement[]> {
  const found: StoredStatement[] = [];
  for (let after = query.after; ; ) {
    const page = await storage.statements.query(org, { ...query, after });
    found.push(...page.statements);
    if (page.next === null) return found;
    after = page.next;
  }
}

export const idsOf = (found: readonly { readonly id: string }[]): readonly string[] =>
  found.map(({ id }) => id);

/** Appends that must be stored. */
export async function stored(
  storage: Storage,
  org: string,
  batch: readonly NewStatement[],
  by: Writer = anyWriter,
): Promise<{ readonly ids: readonly string[]; readonly stored: number; readonly lastSeq: number }> {
  const result = await storage.statements.append(org, by, batch);
  if (result.kind !== 'stored') throw new Error(`a ${result.kind} where none should be`);
  return { ...result, ids: idsOf(batch) };
}

/** 20 times the same work at once. */
export const twentyTimes = <Result>(work: (turn: number) => Promise<Result>): Promise<readonly Result[]> =>
  Promise.all(Array.from({ length: 20 }, (_, turn) => work(turn)));
