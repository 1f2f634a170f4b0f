import type { NewAttachment } from '../src/storage/ports/attachment-store.ts';
import { flagOf } from '../src/storage/ports/flagged.ts';
import type { NewStatement, StatementStore, Writer } from '../src/storage/ports/statement-store.ts';
import { sameStatement } from './statement/digest.ts';
import type { Statement } from './statement/types.ts';

/** A statement as it was sent, and as the store takes it. */
export interface SentStatement {
  readonly statement: Statement;
  readonly indexed: NewStatement;
}

/**
 * `flagged`: how many of those not kept before have a timestamp that is not believed (ports/flagged.ts).
 * `conflict`: these of the batch, by index, have the id of another statement; then nothing was stored.
 */
export type Kept =
  | { readonly kind: 'stored'; readonly flagged: number }
  | { readonly kind: 'conflict'; readonly indexes: readonly number[] };

/**
 * Keeps a batch, all of it or nothing. What is kept already under the same id, and equal, is not stored again
 * (xAPI 1.0.3 Communication 2.1.1, 2.1.2); it is compared with what is kept only then, as most statements are new.
 */
export async function keepStatements(
  store: Pick<StatementStore, 'append'>,
  { org, writer }: { readonly org: string; readonly writer: Writer },
  batch: readonly SentStatement[],
  attachments: readonly NewAttachment[],
): Promise<Kept> {
  let fresh = batch.map((sent, index) => ({ sent, index }));
  for (;;) {
    const result = await store.append(
      org,
      writer,
      fresh.map(({ sent }) => sent.indexed),
      attachments,
    );
    if (result.kind === 'stored') {
      const { stored } = result;
      const odd = fresh.filter(
        ({ sent: { indexed } }) => flagOf(indexed.timestamp ?? stored, stored) !== null,
      );
      return { kind: 'stored', flagged: odd.length };
    }
    const texts = new Map(result.known.map(({ index, text }) => [index, text]));
    const isOther = ({ sent }: { readonly sent: SentStatement }, position: number) => {
      const text = texts.get(position);
      return text !== undefined && !sameStatement(sent.statement, JSON.parse(text));
    };
    const conflicts = fresh.filter(isOther);
    if (conflicts.length > 0) return { kind: 'conflict', indexes: conflicts.map(({ index }) => index) };
    fresh = fresh.filter((_sent, position) => !texts.has(position));
  }
}
