import type { DeadLetter, ForwardStore, NewDeadLetter } from '../../ports/forward-store.ts';
import type { MongoContext } from '../context.ts';
import { createDecisions } from '../decisions.ts';
import { keyOf } from '../keys.ts';
import { put } from '../put.ts';
import { DEAD_LETTERS, type DeadLetterFields } from './forwards-collection.ts';

export interface DeadLetters {
  /** Keeps a letter, open again if it was resolved. */
  keep(org: string, target: string, letter: NewDeadLetter): Promise<void>;
  /** Keeps it unless it is kept already. */
  keepOnce(org: string, target: string, letter: NewDeadLetter): Promise<void>;
  readonly list: ForwardStore['deadLetters'];
  readonly resolve: ForwardStore['resolveDeadLetter'];
}

export const resolutionOf = ({ _id, refusal }: DeadLetterFields): string =>
  keyOf('dead letter resolved', _id, refusal);

export function createDeadLetters(context: MongoContext): DeadLetters {
  const letters = context.model(DEAD_LETTERS);
  const decisions = createDecisions(context);
  const keep: DeadLetters['keep'] = (org, target, letter) => {
    const _id = keyOf(target, letter.statementId);
    return put(letters, { _id, refusal: context.newId(), org, target, ...letter });
  };

  /** Open letters among those found. */
  const openOnes = async (found: readonly DeadLetterFields[]): Promise<readonly DeadLetter[]> => {
    const resolved = await decisions.among(found.map(resolutionOf));
    return found
      .filter((letter) => !resolved.has(resolutionOf(letter)))
      .map(({ _id, refusal, ...letter }) => ({ ...letter, resolvedAt: null }));
  };

  return {
    keep,
    keepOnce: async (org, target, letter) => {
      const known = await letters
        .findOne({ _id: keyOf(target, letter.statementId) })
        .lean<DeadLetterFields>();
      if (known?.at !== letter.at || known.reason !== letter.reason) await keep(org, target, letter);
    },
    list: async (org, target, after, limit) => {
      const open: DeadLetter[] = [];
      for (let from = after; open.length < limit; ) {
        const found = await letters
          .find({ target, seq: { $gt: from } })
          .sort({ seq: 1 })
          .limit(limit)
          .lean<DeadLetterFields[]>();
        open.push(...(await openOnes(found.filter((letter) => letter.org === org))));
        const last = found.at(-1);
        if (last === undefined || found.length < limit) break;
        from = last.seq;
      }
      return open.slice(0, limit);
    },
    resolve: async (org, target, statementId, at) => {
      const found = await letters.findOne({ _id: keyOf(target, statementId) }).lean<DeadLetterFields>();
      return found?.org === org && (await decisions.decide({ _id: resolutionOf(found), at }));
    },
  };
}
