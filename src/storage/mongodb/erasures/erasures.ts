import type {
  ErasureRecord,
  ErasureStore,
  FrozenFigures,
  OpenErasure,
  Removed,
} from '../../ports/erasure-store.ts';
import { createPeopleRevisions } from '../cohort-records/people-revisions.ts';
import type { MongoContext } from '../context.ts';
import { insertOnce } from '../insert.ts';
import { keyOf } from '../keys.ts';
import { QUARANTINE } from '../quarantine-collection.ts';
import { STATEMENTS } from '../statements/statements-collection.ts';
import { bothMarks } from '../statements/terms.ts';
import { createEraseStatements } from './erase-statements.ts';
import { ERASURES, type ErasureFields, FROZEN } from './erasures-collections.ts';
import { createForgetTraces } from './forget-traces.ts';
import { personalKinds } from './personal-records.ts';

interface Value extends Pick<OpenErasure, 'subject' | 'cohorts'> {
  readonly removed?: Removed;
}

const readValue = ({ value }: ErasureFields): Value => JSON.parse(value);

function toRecord(fields: ErasureFields): ErasureRecord {
  const { cohorts, removed = {} } = readValue(fields);
  return { id: fields._id, begunAt: fields.begunAt, finishedAt: fields.finishedAt, cohorts, removed };
}

/** What an erasure removes may be removed in part when a call fails: it is written down, and whoever comes finishes it. */
export function createErasures(context: MongoContext): ErasureStore {
  const erasures = context.model(ERASURES);
  const frozen = context.model(FROZEN);
  const statements = context.model(STATEMENTS);
  const quarantine = context.model(QUARANTINE);
  const kinds = personalKinds(context);
  const eraseStatements = createEraseStatements(context);
  const forgetTraces = createForgetTraces(context);
  const revisions = createPeopleRevisions(context);

  const those = (condition: Readonly<Record<string, unknown>>) =>
    erasures.find(condition).sort({ begunAt: 1, _id: 1 }).lean<ErasureFields[]>();

  return {
    begin: async ({ id, org, begunAt, subject, cohorts }) => {
      const value = JSON.stringify({ subject, cohorts });
      await insertOnce(erasures, { _id: id, org, begunAt, finishedAt: null, value });
    },
    open: async (org) =>
      (await those({ org, finishedAt: null })).map((fields) => {
        const { subject, cohorts } = readValue(fields);
        return { id: fields._id, org, begunAt: fields.begunAt, subject, cohorts };
      }),
    list: async (org) => (await those({ org })).map(toRecord),
    freeze: async (figures) => {
      await insertOnce(frozen, {
        _id: keyOf(figures.org, figures.cohortId, figures.erasureId),
        ...figures,
      });
    },
    frozen: (org, cohortId) =>
      frozen
        .find({ org, cohortId }, { _id: 0 })
        .sort({ recordedAt: 1, erasureId: 1 })
        .lean<FrozenFigures[]>(),
    statements: eraseStatements,
    records: async (org, subject, quarantined) => {
      const named = await statements.exists({ org, agents: { $in: bothMarks(subject.actors) } });
      if (named !== null) return null;
      const removed: Record<string, number> = {};
      for (const { kind, remove } of kinds) {
        const count = await remove(org, subject);
        if (count > 0) removed[kind] = count;
      }
      const keys = quarantined.map((id) => keyOf(org, id));
      const { deletedCount } = await quarantine.deleteMany({ _id: { $in: keys } });
      if (deletedCount > 0) removed.quarantined = deletedCount;
      await forgetTraces(org, subject);
      await revisions.changed(org);
      return removed;
    },
    forgetSubject: async (id, removed) => {
      const [erasure] = await those({ _id: id });
      if (!erasure) return;
      const value = JSON.stringify({ subject: null, cohorts: readValue(erasure).cohorts, removed });
      await erasures.updateOne({ _id: id }, { $set: { value } });
    },
    finish: async (id, at) => {
      await erasures.updateOne({ _id: id, finishedAt: null }, { $set: { finishedAt: at } });
    },
    // The files are the server's: it overwrites them in its own time (docs/decisions/014).
    scrub: async () => undefined,
  };
}
