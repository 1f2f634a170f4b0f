import type { Registration } from '../../ports/registration-store.ts';
import type { MongoContext } from '../context.ts';
import { insertOnce } from '../insert.ts';
import { createTurns } from '../turns.ts';
import { REGISTRATION_CHANGES, type RegistrationChangeFields } from './registrations-collection.ts';

/** All registrations by id, in the order they were made. */
export type Registrations = ReadonlyMap<string, Registration>;

/** What is to be changed of them, and what is answered once it is. */
export interface Change<Result> {
  readonly saved?: readonly Registration[];
  readonly removed?: readonly string[];
  readonly result: Result;
}

/** The registrations of all organisations: few, read at every launch, bound to each other by rules. */
export interface RegistrationLog {
  read(): Promise<Registrations>;
  /** Changes them by a pure rule, which is asked anew whenever somebody else was quicker. */
  change<Result>(rule: (known: Registrations) => Change<Result>): Promise<Result>;
}

/** Every so many changes one is a whole. */
const WHOLE_EVERY = 20;
/** Changes that are kept at least. */
const KEPT = 60;
/** A change that so many have followed at once was inserted in a place cleared away long ago: the process had slept. */
const TOO_MANY = 40;

/**
 * Keeps them as a log of numbered changes: whoever inserts a number has judged all before it. What was read is
 * remembered, and only what is newer is asked for.
 */
export function createRegistrationLog({ model }: MongoContext): RegistrationLog {
  const changes = model(REGISTRATION_CHANGES);
  const turns = createTurns();
  let last = 0;
  let known: Registrations = new Map();

  const apply = ({ _id, saved, removed, whole }: RegistrationChangeFields) => {
    if (_id <= last) return;
    const next = new Map(whole ? [] : known);
    for (const id of removed) next.delete(id);
    for (const text of saved) {
      const registration: Registration = JSON.parse(text);
      next.set(registration.id, registration);
    }
    [last, known] = [_id, next];
  };
  const newer = () =>
    changes
      .find({ _id: { $gt: last } })
      .sort({ _id: 1 })
      .lean<RegistrationChangeFields[]>();
  const read = async (): Promise<Registrations> => {
    const found = await newer();
    const [first] = found;
    if (first !== undefined && first._id > last + 1 && !first.whole) {
      const whole = await changes.findOne({ whole: true }).sort({ _id: -1 }).lean<RegistrationChangeFields>();
      if (whole) apply(whole);
      for (const change of await newer()) apply(change);
    } else for (const change of found) apply(change);
    return known;
  };

  /** False when another had the number first. */
  const append = async (n: number, saved: readonly Registration[], removed: readonly string[]) => {
    const whole = n % WHOLE_EVERY === 0;
    const after = new Map(known);
    for (const id of removed) after.delete(id);
    for (const registration of saved) after.set(registration.id, registration);
    const texts = (whole ? [...after.values()] : saved).map((each) => JSON.stringify(each));
    if (!(await insertOnce(changes, { _id: n, saved: texts, removed: whole ? [] : removed, whole })))
      return false;
    const newest = await changes.findOne({}, { _id: 1 }).sort({ _id: -1 }).lean<{ readonly _id: number }>();
    if ((newest?._id ?? n) - n > TOO_MANY) {
      await changes.deleteOne({ _id: n });
      return false;
    }
    if (whole) await changes.deleteMany({ _id: { $lt: n - KEPT } });
    return true;
  };

  return {
    read,
    change: (rule) =>
      turns.take('', async () => {
        for (;;) {
          const before = await read();
          const n = last + 1;
          const { saved = [], removed = [], result } = rule(before);
          if (saved.length === 0 && removed.length === 0) return result;
          if (await append(n, saved, removed)) return result;
        }
      }),
  };
}
