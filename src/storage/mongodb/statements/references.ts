import { byKeys } from '../by-keys.ts';
import type { MongoContext } from '../context.ts';
import { insertNew } from '../insert.ts';
import { keyOf } from '../keys.ts';
import { REFERENCES, type ReferenceFields } from './references-collection.ts';
import { STATEMENTS, type StatementFields } from './statements-collection.ts';

/** References are followed this far: a chain longer than that is no honest data. */
const LONGEST_CHAIN = 16;
/** Ids in one question at most. */
const TOGETHER = 1_000;
/** What a reference has of its target, and what tells whether it voids it. */
const TARGET_FIELDS = [
  'seq',
  'refersTo',
  'voids',
  'keyId',
  'verb',
  'registration',
  'agents',
  'activities',
] as const;

type Target = Pick<StatementFields, (typeof TARGET_FIELDS)[number] | '_id'>;

/** What `to` is found by, and whether it is voided. */
export interface References {
  /**
   * Notes what statements that were just inserted refer to, and what refers to them. Whichever of two statements comes
   * later finds the other: each is inserted before it looks. May be repeated.
   */
  note(org: string, statements: readonly StatementFields[]): Promise<void>;
}

export function createReferences({ model }: MongoContext): References {
  const references = model(REFERENCES);
  const statements = model(STATEMENTS);

  const firstStep = (from: StatementFields, to: string): ReferenceFields => ({
    _id: keyOf(from.org, from.id, to),
    org: from.org,
    from: from.id,
    to,
    step: 1,
    seq: from.seq,
    stored: from.stored,
    keyId: from.keyId,
    voids: from.voids === to,
    voidsAny: from.voidsAny,
  });

  /** The target is there: the reference is found by what it is found by, and voids it, if it is one that may. */
  const complete = async (reference: ReferenceFields, target: Target): Promise<void> => {
    const { verb, registration, agents, activities } = target;
    const counts =
      reference.voids && target.voids === null && (reference.voidsAny || reference.keyId === target.keyId);
    const voidedFrom = counts ? { voidedFrom: Math.max(reference.seq, target.seq) } : {};
    if (counts) await statements.updateOne({ _id: target._id }, { $min: { voidedAt: reference.stored } });
    await references.updateOne(
      { _id: reference._id },
      { $set: { verb, registration, agents, activities, ...voidedFrom } },
    );
  };

  /** Follows references to their targets, and on to what these refer to. */
  const follow = async (some: readonly ReferenceFields[]): Promise<void> => {
    const seen = new Set(some.map(({ _id }) => _id));
    for (let next = some; next.length > 0; ) {
      const keys = [...new Set(next.map(({ org, to }) => keyOf(org, to)))];
      const found = await byKeys(statements, keys, TARGET_FIELDS);
      const targets = new Map(found.map((target) => [target._id, target]));
      const farther: ReferenceFields[] = [];
      for (const reference of next) {
        const target = targets.get(keyOf(reference.org, reference.to));
        if (!target) continue;
        await complete(reference, target);
        const to = target.refersTo;
        const _id = keyOf(reference.org, reference.from, to ?? '');
        if (to === null || reference.step === LONGEST_CHAIN || seen.has(_id)) continue;
        seen.add(_id);
        const { org, from, seq, stored, keyId, voidsAny } = reference;
        farther.push({
          _id,
          org,
          from,
          to,
          step: reference.step + 1,
          seq,
          stored,
          keyId,
          voids: false,
          voidsAny,
        });
      }
      await insertNew(references, farther);
      next = farther;
    }
  };

  return {
    note: async (org, some) => {
      const own = some.flatMap((each) => (each.refersTo === null ? [] : [firstStep(each, each.refersTo)]));
      await insertNew(references, own);
      const others: ReferenceFields[] = [];
      for (let at = 0; at < some.length; at += TOGETHER) {
        const to = some.slice(at, at + TOGETHER).map(({ id }) => id);
        others.push(...(await references.find({ org, to: { $in: to } }).lean<ReferenceFields[]>()));
      }
      const known = new Set(own.map(({ _id }) => _id));
      await follow([...own, ...others.filter(({ _id }) => !known.has(_id))]);
    },
  };
}
