import { flagOf } from '../../ports/flagged.ts';
import type { NewStatement, Writer } from '../../ports/statement-store.ts';
import { keyOf } from '../keys.ts';
import type { StatementFields } from './statements-collection.ts';
import { markedTerms } from './terms.ts';

/** Attached data whose bytes are in the database under a name of their own already (attachments/uploads.ts). */
export interface EntryAttachment {
  readonly sha2: string;
  readonly length: number;
  readonly upload: string;
  readonly usedBy: readonly { readonly statementId: string; readonly contentType: string }[];
}

/** What one call of `append` brings: all of it is kept, or nothing. */
export interface Entry {
  readonly org: string;
  readonly writer: Writer;
  readonly statements: readonly NewStatement[];
  readonly attachments: readonly EntryAttachment[];
}

/** An entry with the positions of its statements. */
export interface PlacedEntry extends Entry {
  /** The position of its first statement. */
  readonly first: number;
  /** ms. */
  readonly stored: number;
}

/** The keys of its statements. */
export function keysOf({ org, statements }: Entry): readonly string[] {
  return statements.map(({ id }) => keyOf(org, id));
}

/** The entries of a batch, one after the other from a position on. */
export function placed(entries: readonly Entry[], first: number, stored: number): readonly PlacedEntry[] {
  let next = first;
  return entries.map((entry) => {
    const at = next;
    next += entry.statements.length;
    return { ...entry, first: at, stored };
  });
}

/** Whether a position is one of the entry's. */
export function holds({ first, statements }: PlacedEntry, seq: number): boolean {
  return seq >= first && seq < first + statements.length;
}

/** The statements as they are kept. */
export function recordsOf({
  org,
  writer,
  statements,
  first,
  stored,
}: PlacedEntry): readonly StatementFields[] {
  const iso = new Date(stored).toISOString();
  return statements.map((statement, index) => {
    const timestamp = statement.timestamp ?? stored;
    const added =
      statement.timestamp === null ? `,"timestamp":"${iso}","stored":"${iso}"}` : `,"stored":"${iso}"}`;
    return {
      _id: keyOf(org, statement.id),
      org,
      id: statement.id,
      seq: first + index,
      stored,
      timestamp,
      text: statement.text.slice(0, statement.text.lastIndexOf('}')) + added,
      verb: statement.verb,
      registration: statement.registration,
      voids: statement.voids,
      refersTo: statement.refersTo,
      keyId: writer.keyId,
      standings: statement.standings ?? writer.standings,
      voidsAny: writer.voidsAny,
      agents: markedTerms(statement.agents),
      activities: markedTerms(statement.activities),
      flagged: flagOf(timestamp, stored) !== null,
    };
  });
}
