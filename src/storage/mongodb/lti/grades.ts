import type { GradeLine, GradeSent, GradeStore } from '../../ports/grade-store.ts';
import type { MongoContext } from '../context.ts';
import { keyOf } from '../keys.ts';
import { put } from '../put.ts';
import { GRADE_LINES, GRADES_SENT, type GradeLineFields, type GradeSentFields } from './grades-collection.ts';

/** What platforms have acknowledged: written by who holds the lease of the cohort, the last word stays. */
export function createGrades({ model }: MongoContext): GradeStore {
  const lineRecords = model(GRADE_LINES);
  const sentRecords = model(GRADES_SENT);

  const lines = async (org: string, cohortId: string): Promise<readonly GradeLine[]> => {
    const found = await lineRecords
      .find({ within: keyOf(org, cohortId) })
      .sort({ key: 1 })
      .lean<GradeLineFields[]>();
    return found.map(({ value }) => JSON.parse(value));
  };
  const sent = async (org: string, cohortId: string): Promise<readonly GradeSent[]> => {
    const found = await sentRecords
      .find({ within: keyOf(org, cohortId) })
      .sort({ line: 1, sub: 1 })
      .lean<GradeSentFields[]>();
    return found.map(({ value }) => JSON.parse(value));
  };
  const saveLine = (line: GradeLine): Promise<void> => {
    const { org, cohortId, key } = line;
    const value = JSON.stringify(line);
    return put(lineRecords, { _id: keyOf(org, cohortId, key), within: keyOf(org, cohortId), key, value });
  };
  const saveSent = (score: GradeSent): Promise<void> => {
    const { org, cohortId, line, sub } = score;
    const _id = keyOf(org, cohortId, line, sub);
    const value = JSON.stringify(score);
    return put(sentRecords, { _id, within: keyOf(org, cohortId), org, line, sub, value });
  };

  return {
    lines,
    saveLine,
    sent,
    saveSent,
    retry: async (org, cohortId) => {
      const scores = (await sent(org, cohortId)).filter(
        ({ dead, nextAttemptAt }) => dead || nextAttemptAt !== null,
      );
      const columns = (await lines(org, cohortId)).filter(
        ({ gone, nextAttemptAt }) => gone || nextAttemptAt !== null,
      );
      for (const score of scores) await saveSent({ ...score, dead: false, nextAttemptAt: null });
      for (const column of columns)
        await saveLine({
          ...column,
          url: column.gone ? null : column.url,
          gone: false,
          nextAttemptAt: null,
        });
      return scores.length + columns.length;
    },
  };
}
