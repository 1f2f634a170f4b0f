import type { Model, QueryFilter } from 'mongoose';

/** Up to so many keys are looked for one by one, all at once: some servers find nothing but a single key by its index. */
const ONE_BY_ONE = 8;
/** Keys in one question at most. */
const TOGETHER = 1_000;

/** Records with these keys, in no order; of their fields those named. */
export async function byKeys<Fields extends { readonly _id: string }, Name extends keyof Fields & string>(
  model: Model<Fields>,
  keys: readonly string[],
  names: readonly Name[],
): Promise<readonly Pick<Fields, Name | '_id'>[]> {
  type Found = Pick<Fields, Name | '_id'>;
  const find = (filter: QueryFilter<Fields>) => model.find(filter, [...names]).lean<Found[]>();
  const questions: QueryFilter<Fields>[] =
    keys.length <= ONE_BY_ONE
      ? keys.map((_id) => ({ _id }))
      : Array.from({ length: Math.ceil(keys.length / TOGETHER) }, (_, index) => ({
          _id: { $in: keys.slice(index * TOGETHER, (index + 1) * TOGETHER) },
        }));
  return (await Promise.all(questions.map(find))).flat();
}
