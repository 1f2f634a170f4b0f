import type { NewAttachment } from '../../ports/attachment-store.ts';
import type { AppendResult, KnownStatement, Writer } from '../../ports/statement-store.ts';
import { type OperationContext, writeTogether } from '../operation.ts';
import type { PackedBatch } from '../packed-batch.ts';
import { keepAttachments } from './attachments.ts';
import { insertStatements, type PlacedBatch } from './insert-statements.ts';
import { joinBatches } from './join-batches.ts';
import { addLinks, type LinkKind, settleLinks, spelt } from './links.ts';
import { keepDefinitions, keepNames } from './profiles.ts';

interface AppendInput {
  readonly org: string;
  readonly writer: Writer;
  readonly batch: PackedBatch;
  readonly attachments: readonly NewAttachment[];
}

/**
 * Keeps batches of statements: everything they need of the database in a few statements, whatever their size. Those of
 * one writer that follow each other are kept as one.
 */
export const append = writeTogether(
  (context, inputs: readonly AppendInput[]): readonly AppendResult[] =>
    ofOneWriter(inputs).flatMap((some) => keepOrTell(context, some)),
  ({ batch }) => batch.ids.length,
);

function ofOneWriter(inputs: readonly AppendInput[]): readonly (readonly AppendInput[])[] {
  const runs: AppendInput[][] = [];
  for (const input of inputs) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    if (run && first && isSame(first, input)) run.push(input);
    else runs.push([input]);
  }
  return runs;
}

function isSame(one: AppendInput, other: AppendInput): boolean {
  return (
    one.org === other.org &&
    one.writer.keyId === other.writer.keyId &&
    one.writer.standings === other.writer.standings &&
    one.writer.voidsAny === other.writer.voidsAny &&
    one.writer.defines === other.writer.defines
  );
}

/** Keeps inputs of one writer together, or, where an id is not new, each by itself. */
function keepOrTell(context: OperationContext, inputs: readonly AppendInput[]): readonly AppendResult[] {
  const [first] = inputs;
  if (!first) return [];
  const batch = inputs.length === 1 ? first.batch : joinBatches(inputs.map((input) => input.batch));
  const ids = JSON.stringify(batch.ids);
  const isOld = context.db.get(`SELECT 1 FROM ${AMONG} LIMIT 1`, first.org, ids);
  const repeats = inputs.length > 1 && new Set(batch.ids).size < batch.ids.length;
  if (!isOld && !repeats) return keep(context, inputs, { ...first, batch });
  if (inputs.length > 1) return inputs.flatMap((input) => keepOrTell(context, [input]));
  return [{ kind: 'known', known: knownOf(context, first.org, batch.ids) }];
}

/** Statements of the organisation ?1 with an id of ?2, a JSON array. */
const AMONG = 'json_each(?2) j CROSS JOIN statements s ON s.org = ?1 AND s.id = j.value';

function knownOf({ db }: OperationContext, org: string, ids: readonly string[]): readonly KnownStatement[] {
  const rows = db.all(`SELECT j.key AS place, s.text FROM ${AMONG} ORDER BY j.key`, org, JSON.stringify(ids));
  return rows.map((row) => ({ index: Number(row.place), text: String(row.text) }));
}

/** Keeps inputs, of which `all` is the whole. */
function keep(context: OperationContext, inputs: readonly AppendInput[], all: AppendInput): AppendResult[] {
  const { org, writer, batch } = all;
  const { db } = context;
  const stored = context.stored();
  const first = context.nextSeq(batch.ids.length);
  const terms = context.terms.numbersOf(org, batch.terms);
  const number = (index: number | undefined): number => terms[index ?? -1] ?? Number.NaN;
  insertStatements(context, { org, writer, batch, first, number });
  addLinks(db, first, linksOf(batch, number));
  keepNames(
    context,
    org,
    pairsOf(batch.names, (actor, name) => ({ actor, name })),
  );
  if (writer.defines ?? writer.voidsAny)
    keepDefinitions(
      context,
      org,
      pairsOf(batch.definitions, (id, definition) => ({ id, definition })),
    );
  for (const { attachments } of inputs) keepAttachments(db, org, attachments);
  let lastSeq = first - 1;
  const results = inputs.map((input): AppendResult => {
    lastSeq += input.batch.ids.length;
    return { kind: 'stored', stored, lastSeq };
  });
  settleLinks(db, first, lastSeq);
  return results;
}

/** Links of each statement of a batch, as `addLinks` takes them. */
function linksOf({ ids, agents, activities }: PackedBatch, number: PlacedBatch['number']): readonly string[] {
  const links = ids.map(() => '');
  const add = (kind: LinkKind, triples: readonly number[]) => {
    for (let at = 0; at < triples.length; at += 3) {
      const index = triples[at] ?? 0;
      links[index] += spelt(kind, number(triples[at + 1]), triples[at + 2] === 1);
    }
  };
  add('agents', agents);
  add('activities', activities);
  return links;
}

/** What every two texts are together. */
function pairsOf<Pair>(
  texts: readonly string[],
  pair: (first: string, second: string) => Pair,
): readonly Pair[] {
  return Array.from({ length: texts.length / 2 }, (_, index) =>
    pair(texts[2 * index] ?? '', texts[2 * index + 1] ?? ''),
  );
}
