import type { RosterStore } from '../../ports/roster-store.ts';
import type { MongoContext } from '../context.ts';
import { insertNew } from '../insert.ts';
import { keyOf } from '../keys.ts';
import { numbered } from '../numbered.ts';
import { ROSTER_KNOWN, ROSTERS, type RosterFields, type RosterKnownFields } from './rosters-collection.ts';

export function createRosters({ model }: MongoContext): RosterStore {
  const rosters = model(ROSTERS);
  const learners = model(ROSTER_KNOWN);
  const records = numbered(rosters, (numbers, record) => ({ ...numbers, ...record }));

  /** Brings the learners' records up to a synchronisation. Doing it again changes nothing. */
  const settle = async (org: string, cohortId: string, roster: RosterFields): Promise<void> => {
    const { n, within } = roster;
    const told = roster.known.map(({ learnerId, present }) => ({
      _id: keyOf(org, cohortId, learnerId),
      within,
      org,
      learnerId,
      present,
      n,
    }));
    const taken = await insertNew(learners, told);
    const renewed = taken.flatMap((index) => told[index] ?? []);
    if (renewed.length > 0)
      await learners.bulkWrite(
        renewed.map(({ _id, present }) => ({
          updateOne: { filter: { _id, n: { $lt: n } }, update: { $set: { present, n } } },
        })),
      );
    await rosters.updateOne({ _id: roster._id }, { $set: { known: [] } });
  };

  const newest = (org: string, cohortId: string) =>
    rosters
      .findOne({ within: keyOf(org, cohortId) })
      .sort({ n: -1 })
      .lean<RosterFields>();

  return {
    state: async (org, cohortId) => {
      const last = await newest(org, cohortId);
      return last && JSON.parse(last.state);
    },
    known: async (org, cohortId) => {
      // Whoever kept it may have come no further.
      const last = await newest(org, cohortId);
      if (last && last.known.length > 0) await settle(org, cohortId, last);
      const found = await learners
        .find({ within: keyOf(org, cohortId) })
        .sort({ learnerId: 1 })
        .lean<RosterKnownFields[]>();
      return found.map(({ learnerId, present }) => ({ learnerId, present }));
    },
    keep: async (record, state, known) => {
      const { org, cohortId } = record;
      const last = await newest(org, cohortId);
      if (last && last.known.length > 0) await settle(org, cohortId, last);
      const kept = { org, record: JSON.stringify(record), state: JSON.stringify(state), known };
      const n = await records.add([org, cohortId], kept);
      await settle(org, cohortId, {
        _id: keyOf(org, cohortId, n),
        within: keyOf(org, cohortId),
        n,
        ...kept,
      });
      // Only the last state is asked for, and the one before it names people.
      if (last) await rosters.updateOne({ _id: last._id }, { $set: { state: '' } });
    },
    records: async (org, cohortId, limit) => {
      const found = await rosters
        .find({ within: keyOf(org, cohortId) }, { record: 1 })
        .sort({ n: -1 })
        .limit(limit)
        .lean<Pick<RosterFields, 'record'>[]>();
      return found.map(({ record }) => JSON.parse(record));
    },
  };
}
