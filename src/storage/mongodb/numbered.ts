import type { Model } from 'mongoose';
import { insertOnce } from './insert.ts';
import { keyOf } from './keys.ts';
import { createTurns } from './turns.ts';

/** A record with a number of its own within something: 1, 2, 3… */
export interface NumberedFields {
  /** Of `within` and the number. */
  readonly _id: string;
  /** What the numbers are counted in (keys.ts). */
  readonly within: string;
  readonly n: number;
}

/** Keeps records in an order that all instances agree on. */
export interface Numbered<Fields extends NumberedFields> {
  /** Inserts a record under the next number. */
  add(within: readonly string[], record: Omit<Fields, keyof NumberedFields>): Promise<number>;
  /** The same, only while this number (0: none) is the greatest; null when another came first. */
  addAfter(
    within: readonly string[],
    greatest: number,
    record: Omit<Fields, keyof NumberedFields>,
  ): Promise<number | null>;
}

/** Whoever inserts a number has it; the others count on. `make` completes a record. */
export function numbered<Fields extends NumberedFields>(
  model: Model<Fields>,
  make: (numbers: NumberedFields, record: Omit<Fields, keyof NumberedFields>) => Fields,
): Numbered<Fields> {
  const turns = createTurns();
  const greatestOf = async (within: string): Promise<number> => {
    const last = await model.findOne({ within }, { n: 1 }).sort({ n: -1 }).lean<{ readonly n: number }>();
    return last?.n ?? 0;
  };
  const insert = (parts: readonly string[], n: number, record: Omit<Fields, keyof NumberedFields>) =>
    insertOnce(model, make({ _id: keyOf(...parts, n), within: keyOf(...parts), n }, record));
  return {
    add: (parts, record) =>
      turns.take(keyOf(...parts), async () => {
        for (;;) {
          const n = (await greatestOf(keyOf(...parts))) + 1;
          if (await insert(parts, n, record)) return n;
        }
      }),
    addAfter: async (parts, greatest, record) => {
      if ((await greatestOf(keyOf(...parts))) !== greatest) return null;
      return (await insert(parts, greatest + 1, record)) ? greatest + 1 : null;
    },
  };
}
