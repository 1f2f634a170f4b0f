import type { Writer } from '../../ports/statement-store.ts';
import type { SqlValue } from '../connection.ts';
import type { OperationContext } from '../operation.ts';
import type { PackedBatch } from '../packed-batch.ts';
import { runsOf } from '../rows.ts';

/** A batch and where it is placed. */
export interface PlacedBatch {
  readonly org: string;
  readonly writer: Writer;
  readonly batch: PackedBatch;
  /** The position of the first of them. */
  readonly first: number;
  /** The number of a term of the batch. */
  number(index: number | undefined): number;
}

const COLUMNS =
  'org, stored, key_id, voids_any, seq, id, timestamp, verb, standings, text, registration, voids, refers_to';
/** Values of a statement; those that few have, where it has none, stand as NULL. */
const WIDTH = { plain: 5, full: 8 };
type Shape = keyof typeof WIDTH;

/** What is the same for all rows is bound once: a value bound costs nearly as much as one stored. */
function insertOf(shape: Shape, rows: number): string {
  const row = (at: number) => {
    const own = Array.from({ length: WIDTH[shape] }, (_, index) => `?${6 + at * WIDTH[shape] + index}`);
    const rare = shape === 'plain' ? ',NULL,NULL,NULL' : '';
    return `(?1,?2,?3,?4,?5+${at},${own.join(',')}${rare})`;
  };
  return `INSERT INTO statements (${COLUMNS}) VALUES ${Array.from({ length: rows }, (_, at) => row(at)).join(',')}`;
}

/** Statements in SQL, made once each: a text so long is not worth making again. */
const made: Record<Shape, Map<number, string>> = { plain: new Map(), full: new Map() };

function insertFor(shape: Shape, rows: number): string {
  const known = made[shape].get(rows) ?? insertOf(shape, rows);
  made[shape].set(rows, known);
  return known;
}

/** Inserts the statements of a batch, their texts completed by what the commit decides. */
export function insertStatements(context: OperationContext, placed: PlacedBatch): void {
  const { org, writer, batch, first, number } = placed;
  const stored = context.stored();
  const iso = new Date(stored).toISOString();
  const isPlain = [batch.registrations, batch.voids, batch.refersTo].every((values) =>
    values.every((value) => value === null),
  );
  const shape = isPlain ? 'plain' : 'full';
  for (const { from, size } of runsOf(batch.ids.length)) {
    const values: SqlValue[] = [org, stored, writer.keyId, writer.voidsAny ? 1 : 0, first + from];
    for (let index = from; index < from + size; index += 1) {
      const text = batch.texts[index] ?? '';
      const timestamp = batch.timestamps[index] ?? null;
      const added = timestamp === null ? `,"timestamp":"${iso}","stored":"${iso}"}` : `,"stored":"${iso}"}`;
      values.push(
        batch.ids[index] ?? null,
        timestamp ?? stored,
        number(batch.verbs[index]),
        (batch.standings[index] ?? writer.standings) ? 1 : 0,
        text.slice(0, text.lastIndexOf('}')) + added,
      );
      if (!isPlain)
        values.push(
          batch.registrations[index] ?? null,
          batch.voids[index] ?? null,
          batch.refersTo[index] ?? null,
        );
    }
    context.db.run(insertFor(shape, size), ...values);
  }
}
