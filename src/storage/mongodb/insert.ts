import { type Model, mongo } from 'mongoose';

/** The server's code of a unique key that is taken. */
const DUPLICATE_KEY = 11_000;

/**
 * Inserts what is not there yet; answers the indexes of those whose keys were taken. That one of all who insert the same
 * key succeeds is the one decision that every server makes alike: what instances have to agree on rests on it.
 */
export async function insertNew<Fields>(
  model: Model<Fields>,
  records: readonly Fields[],
): Promise<readonly number[]> {
  if (records.length === 0) return [];
  try {
    await model.insertMany([...records], { lean: true, ordered: false });
    return [];
  } catch (error) {
    const taken = takenOf(error);
    if (taken === null) throw error;
    return taken;
  }
}

/** Inserts once: false when the key is taken. */
export async function insertOnce<Fields>(model: Model<Fields>, record: Fields): Promise<boolean> {
  return (await insertNew(model, [record])).length === 0;
}

/** Indexes of records that were refused for nothing but keys that are taken; null when there was more to it. */
function takenOf(error: unknown): readonly number[] | null {
  if (!(error instanceof mongo.MongoBulkWriteError)) return null;
  const failed = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  const onlyTaken = failed.length > 0 && failed.every(({ code }) => code === DUPLICATE_KEY);
  return onlyTaken ? failed.map(({ index }) => index) : null;
}
