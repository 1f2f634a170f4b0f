import { type Model, mongo, type UpdateQuery } from 'mongoose';

/** The server's code of a unique key that is taken. */
const DUPLICATE_KEY = 11_000;

interface Kept {
  readonly _id: string;
}

/** Inserts a record or replaces the one that is there; what is put last stays. */
export async function put<Fields extends Kept>(model: Model<Fields>, record: Fields): Promise<void> {
  await upsert(() => model.replaceOne({ _id: record._id }, record, { upsert: true }));
}

/** Changes fields of a record, which is made where there is none. */
export async function change<Fields extends Kept>(
  model: Model<Fields>,
  id: string,
  update: UpdateQuery<Fields>,
): Promise<void> {
  await upsert(() => model.updateOne({ _id: id }, update, { upsert: true }));
}

/** Of two that find nothing and insert at once, one is refused: by then there is what it can change. */
async function upsert(attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY)) throw error;
    await attempt();
  }
}
