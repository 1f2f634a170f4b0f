import type { NewPullSource, PullProgress, PullSource, PullStore } from '../../ports/pull-store.ts';
import type { MongoContext } from '../context.ts';
import { keyOf } from '../keys.ts';
import { put } from '../put.ts';
import { createAccountMarks } from './account-marks.ts';
import { createLeases } from './leases.ts';
import { PULL_PROGRESS, PULLS, type PullFields, type PullProgressFields } from './pulls-collection.ts';

const begun = ({ cursor }: NewPullSource): PullProgress => ({
  cursor,
  reached: null,
  more: null,
  lookFrom: cursor,
  taken: 0,
  refused: 0,
});

/** Sources of pulling. How far one was read is kept by the epoch of its lease: the newest counts. */
export function createPulls(context: MongoContext): PullStore {
  const pulls = context.model(PULLS);
  const progresses = context.model(PULL_PROGRESS);
  const marks = createAccountMarks(context, 'pull');
  const leases = createLeases(context, 'pull');

  const asTheyAre = async (found: readonly PullFields[]): Promise<readonly PullSource[]> => {
    const states = await marks.of(found.map(({ _id }) => _id));
    const sources = found.map(async ({ _id, value }): Promise<readonly PullSource[]> => {
      const state = states.get(_id);
      if (state === undefined || state.removedAt !== null) return [];
      const source: NewPullSource = JSON.parse(value);
      const last = await progresses.findOne({ source: _id }).sort({ epoch: -1 }).lean<PullProgressFields>();
      const progress: PullProgress = last ? JSON.parse(last.value) : begun(source);
      const { failedAt, ...kept } = state;
      return [{ ...source, ...progress, ...kept }];
    });
    return (await Promise.all(sources)).flat();
  };
  const byId = async (id: string): Promise<PullSource | null> => {
    const found = await pulls.findOne({ _id: id }).lean<PullFields>();
    return found ? ((await asTheyAre([found]))[0] ?? null) : null;
  };
  const find = async (org: string, id: string): Promise<PullSource | null> => {
    const source = await byId(id);
    return source?.org === org ? source : null;
  };

  return {
    insert: async (source) => {
      const { id, org, url, keyId, createdAt } = source;
      await pulls.insertOne({ _id: id, org, url, keyId, createdAt, value: JSON.stringify(source) });
    },
    find,
    list: async (org) => {
      const where = org === null ? {} : { org };
      return asTheyAre(await pulls.find(where).sort({ createdAt: 1, _id: 1 }).lean<PullFields[]>());
    },
    keysOf: async (org, url) => {
      const found = await pulls.find({ org, url }).sort({ _id: 1 }).lean<PullFields[]>();
      return found.map(({ keyId }) => keyId);
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
    progress: async (id, epoch, progress) => {
      if ((await byId(id)) === null || !(await leases.holds(id, epoch))) return false;
      await put(progresses, { _id: keyOf(id, epoch), source: id, epoch, value: JSON.stringify(progress) });
      await progresses.deleteMany({ source: id, epoch: { $lt: epoch } });
      return true;
    },
    end: async (id, epoch, { succeededAt, ...look }) => {
      if (!(await leases.holds(id, epoch))) return false;
      await marks.note(id, { ...look, ...(succeededAt === null ? {} : { lastSuccessAt: succeededAt }) });
      return true;
    },
  };
}
