import type { NewAttachment } from '../../ports/attachment-store.ts';
import type { AppendResult, KnownStatement, Writer } from '../../ports/statement-store.ts';
import type { SqlValue } from '../connection.ts';
import { type OperationContext, write } from '../operation.ts';
import type { PackedBatch } from '../packed-batch.ts';
import { insertRows, selectIn } from '../rows.ts';
import { keepAttachments } from './attachments.ts';
import { addLinks, settleLinks } from './links.ts';
import { keepDefinition, keepName } from './profiles.ts';

interface AppendInput {
  readonly org: string;
  readonly writer: Writer;
  readonly batch: PackedBatch;
  readonly attachments: readonly NewAttachment[];
}

/** Keeps a batch of statements: everything it needs of the database in a few statements, whatever its size. */
export const append = write(
  (context, { org, writer, batch, attachments }: AppendInput): AppendResult => {
    const known = knownOf(context, org, batch.ids);
    if (known.length > 0) return { kind: 'known', known };
    const stored = context.stored();
    const first = context.nextSeq(batch.ids.length);
    const terms = context.terms.numbersOf(org, batch.terms);
    const number = (index: number | undefined): number => terms[index ?? -1] ?? Number.NaN;
    insertStatements(context, { org, writer, batch, first, number });
    addLinks(context.db, linksOf(batch, first, number));
    for (const [actor, name] of pairs(batch.names)) keepName(context, org, { actor, name });
    if (writer.defines ?? writer.voidsAny)
      for (const [id, definition] of pairs(batch.definitions))
        keepDefinition(context, org, { id, definition });
    keepAttachments(context.db, org, attachments);
    const lastSeq = first + batch.ids.length - 1;
    settleLinks(context.db, first, lastSeq);
    return { kind: 'stored', stored, lastSeq };
  },
  ({ batch }) => batch.ids.length,
);

function knownOf({ db }: OperationContext, org: string, ids: readonly string[]): readonly KnownStatement[] {
  const found = selectIn(db, 'SELECT id, text FROM statements WHERE org = ? AND id', [org], ids);
  return found.map((row) => ({ index: ids.indexOf(String(row.id)), text: String(row.text) }));
}

interface Placed extends Omit<AppendInput, 'attachments'> {
  /** The position of the first of them. */
  readonly first: number;
  /** The number of a term of the batch. */
  number(index: number | undefined): number;
}

function insertStatements(context: OperationContext, { org, writer, batch, first, number }: Placed): void {
  const stored = context.stored();
  const iso = new Date(stored).toISOString();
  const values: SqlValue[] = [];
  for (const [index, id] of batch.ids.entries()) {
    const text = batch.texts[index] ?? '';
    const timestamp = batch.timestamps[index] ?? null;
    const added = timestamp === null ? `,"timestamp":"${iso}","stored":"${iso}"}` : `,"stored":"${iso}"}`;
    values.push(
      first + index,
      org,
      id,
      stored,
      timestamp ?? stored,
      number(batch.verbs[index]),
      batch.registrations[index] ?? null,
      batch.voids[index] ?? null,
      batch.refersTo[index] ?? null,
      writer.keyId,
      (batch.standings[index] ?? writer.standings) ? 1 : 0,
      writer.voidsAny ? 1 : 0,
      text.slice(0, text.lastIndexOf('}')) + added,
    );
  }
  insertRows(
    context.db,
    'INSERT INTO statements (seq, org, id, stored, timestamp, verb, registration, voids, refers_to, key_id, ' +
      'standings, voids_any, text)',
    13,
    values,
  );
}

/** Links of a batch as rows of `addLinks`. */
function linksOf({ agents, activities }: PackedBatch, first: number, number: Placed['number']): number[] {
  const values: number[] = [];
  for (const [kind, links] of [agents, activities].entries())
    for (let at = 0; at < links.length; at += 3)
      values.push(first + (links[at] ?? 0), kind, number(links[at + 1]), links[at + 2] ?? 0);
  return values;
}

function pairs(texts: readonly string[]): readonly (readonly [string, string])[] {
  return Array.from({ length: texts.length / 2 }, (_, index) => [
    texts[2 * index] ?? '',
    texts[2 * index + 1] ?? '',
  ]);
}
