import type { ForwardStore, ForwardTarget, NewForwardTarget } from '../../ports/forward-store.ts';
import type { MongoContext } from '../context.ts';
import { insertOnce } from '../insert.ts';
import { keyOf } from '../keys.ts';
import { createAccountMarks } from './account-marks.ts';
import { createDeadLetters } from './dead-letters.ts';
import {
  FORWARD_STEPS,
  FORWARDS,
  type ForwardFields,
  type ForwardStepFields,
} from './forwards-collection.ts';
import { createLeases } from './leases.ts';

/**
 * Targets of forwarding. A step is an insert under the position it begins at: of all who try, one makes it, and its dead
 * letters come with it. Only the last step is kept.
 */
export function createForwards(context: MongoContext): ForwardStore {
  const forwards = context.model(FORWARDS);
  const steps = context.model(FORWARD_STEPS);
  const marks = createAccountMarks(context, 'forward');
  const leases = createLeases(context, 'forward');
  const letters = createDeadLetters(context);

  const newestStep = (target: string) => steps.findOne({ target }).sort({ to: -1 }).lean<ForwardStepFields>();

  const asTheyAre = async (found: readonly ForwardFields[]): Promise<readonly ForwardTarget[]> => {
    const states = await marks.of(found.map(({ _id }) => _id));
    const targets = found.map(async ({ _id, value }): Promise<readonly ForwardTarget[]> => {
      const target: NewForwardTarget = JSON.parse(value);
      const [state, step] = [states.get(_id), await newestStep(_id)];
      if (state === undefined || state.removedAt !== null) return [];
      const position = step?.to ?? target.position;
      const failed = state.failedAt === position;
      return [
        {
          ...target,
          position,
          attempts: failed ? state.attempts : 0,
          nextAttemptAt: failed ? state.nextAttemptAt : null,
          lastError: failed ? state.lastError : null,
          lastSuccessAt: step?.lastSuccessAt ?? null,
          paused: state.paused,
          removedAt: null,
        },
      ];
    });
    return (await Promise.all(targets)).flat();
  };
  const byId = async (id: string): Promise<ForwardTarget | null> => {
    const found = await forwards.findOne({ _id: id }).lean<ForwardFields>();
    return found ? ((await asTheyAre([found]))[0] ?? null) : null;
  };
  const find = async (org: string, id: string): Promise<ForwardTarget | null> => {
    const target = await byId(id);
    return target?.org === org ? target : null;
  };

  /** Gives the dead letters of a step records of their own; doing it again changes nothing. */
  const settle = async (org: string, step: ForwardStepFields): Promise<void> => {
    if (step.dead.length === 0) return;
    for (const letter of step.dead) await letters.keepOnce(org, step.target, letter);
    await steps.updateOne({ _id: step._id }, { $set: { dead: [] } });
  };

  return {
    insert: async (target) => {
      const { id, org, createdAt } = target;
      await forwards.insertOne({ _id: id, org, createdAt, value: JSON.stringify(target) });
    },
    find,
    list: async (org) => {
      const where = org === null ? {} : { org };
      return asTheyAre(await forwards.find(where).sort({ createdAt: 1, _id: 1 }).lean<ForwardFields[]>());
    },
    setPaused: async (org, id, paused) => {
      if ((await find(org, id)) === null) return false;
      await marks.note(id, { paused, attempts: 0, nextAttemptAt: null });
      return true;
    },
    remove: async (org, id, at) => (await find(org, id)) !== null && marks.remove(id, at),
    lease: async (id, holder, now, until) =>
      (await byId(id)) === null ? null : leases.lease(id, holder, now, until),
    release: leases.release,
    advance: async ({ id, epoch, from, to, sentAt, dead }) => {
      const target = await byId(id);
      if (target?.position !== from || !(await leases.holds(id, epoch))) return false;
      const before = await newestStep(id);
      if (before !== null) await settle(target.org, before);
      const lastSuccessAt = sentAt ?? target.lastSuccessAt;
      const step = { _id: keyOf(id, from), target: id, from, to, lastSuccessAt, dead };
      if (!(await insertOnce(steps, step))) return false;
      // Where this position was passed and cleared away while the process slept, the step was none.
      if ((await newestStep(id))?._id !== step._id) {
        await steps.deleteOne({ _id: step._id });
        return false;
      }
      await settle(target.org, step);
      await steps.deleteMany({ target: id, to: { $lt: to }, from: { $ne: from } });
      return true;
    },
    postpone: async (id, epoch, failure) => {
      const target = await byId(id);
      if (target === null || !(await leases.holds(id, epoch))) return false;
      await marks.note(id, { ...failure, failedAt: target.position });
      return true;
    },
    deadLetters: async (org, target, after, limit) => {
      const last = await newestStep(target);
      if (last !== null) await settle(org, last);
      return letters.list(org, target, after, limit);
    },
    resolveDeadLetter: letters.resolve,
    renewDeadLetter: letters.keep,
  };
}
