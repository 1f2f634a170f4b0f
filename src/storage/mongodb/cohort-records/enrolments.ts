import type { CohortStore, EnrolmentChange } from '../../ports/cohort-store.ts';
import type { MongoContext } from '../context.ts';
import { groupedBy } from '../grouped.ts';
import { keyOf } from '../keys.ts';
import { numbered } from '../numbered.ts';
import { ENROLMENTS, type EnrolmentFields } from './enrolments-collection.ts';

/** Changes in a record: some megabytes at most. */
const AT_MOST = 5_000;

/** The changes of each cohort, in their order, at most so many together. */
function* byCohort(changes: readonly EnrolmentChange[]): Generator<readonly EnrolmentChange[]> {
  const groups = groupedBy(changes, ({ org, cohortId }) => keyOf(org, cohortId));
  for (const group of groups.values())
    for (let from = 0; from < group.length; from += AT_MOST) yield group.slice(from, from + AT_MOST);
}

/** The record that keeps changes of one cohort, but for its number. */
export function enrolmentFields(
  changes: readonly EnrolmentChange[],
): Pick<EnrolmentFields, 'learnerIds' | 'changes'> {
  return {
    learnerIds: changes.map(({ learnerId }) => learnerId),
    changes: changes.map((change) => JSON.stringify(change)),
  };
}

/** Enrolment changes, record by record. */
export function createEnrolments({ model }: MongoContext): Pick<CohortStore, 'addEnrolmentChanges'> & {
  /** All changes of a cohort, oldest first, as JSON. */
  changesText(org: string, cohortId: string): Promise<string>;
} {
  const enrolments = model(ENROLMENTS);
  const records = numbered(enrolments, (numbers, record) => ({ ...numbers, ...record }));
  return {
    addEnrolmentChanges: async (changes) => {
      for (const group of byCohort(changes)) {
        const [first] = group;
        if (first === undefined) continue;
        const { org, cohortId } = first;
        await records.add([org, cohortId], { org, cohortId, ...enrolmentFields(group) });
      }
    },
    changesText: async (org, cohortId) => {
      const found = await enrolments
        .find({ within: keyOf(org, cohortId) }, { changes: 1 })
        .sort({ n: 1 })
        .lean<Pick<EnrolmentFields, 'changes'>[]>();
      return `[${found.flatMap(({ changes }) => changes).join(',')}]`;
    },
  };
}
