import { isDeepStrictEqual } from 'node:util';
import { type CohortProgress, cohortProgress } from '../progress/cohort-progress.ts';
import type { KnownFact } from '../progress/fact.ts';
import type { Cohort } from './definitions.ts';
import type { ReadRecords } from './enrolment-records.ts';
import { createProgressMemories } from './progress-memories.ts';

/** Of how many cohorts, the ones asked for last, the earlier progress is remembered. */
const MOST = 20;

/** The progress of cohorts at one earlier instant each, computed anew only when something changed it. */
export interface EarlierProgress {
  /** As `cohortProgress` with everything known, of the newest version of a cohort; `instant` in ms. */
  of(cohort: Cohort, records: ReadRecords, instant: number): CohortProgress;
}

interface Remembered {
  readonly version: number;
  readonly instant: number;
  readonly records: ReadRecords;
  /** Those that may say something of the instant. */
  readonly facts: readonly KnownFact[];
  readonly progress: CohortProgress;
}

export function createEarlierProgress(): EarlierProgress {
  const memories = createProgressMemories();
  // In the order of their last use.
  const remembered = new Map<string, Remembered>();
  return {
    of: (cohort, records, instant) => {
      const key = `${cohort.org}\n${cohort.id}`;
      // What happens later says nothing of an earlier instant, but for statements that tell of enrolments.
      const facts = records.facts.filter(({ at, whole }) => at <= instant || whole === true);
      const last = remembered.get(key);
      const holds =
        last?.version === cohort.version &&
        last.instant === instant &&
        isSameRecords(last.records, records) &&
        isSameFacts(last.facts, facts);
      const made: Remembered = holds
        ? last
        : {
            version: cohort.version,
            instant,
            records,
            facts,
            progress: cohortProgress(
              { ...records, definition: cohort.definition, facts },
              instant,
              null,
              memories.of(cohort),
            ),
          };
      remembered.delete(key);
      remembered.set(key, made);
      const [oldest] = remembered.keys();
      if (remembered.size > MOST && oldest !== undefined) remembered.delete(oldest);
      return made.progress;
    },
  };
}

/** The same lists, be they read anew, as those of large cohorts are. */
function isSameRecords(a: ReadRecords, b: ReadRecords): boolean {
  const same = (one: unknown, other: unknown) => one === other || isDeepStrictEqual(one, other);
  return (
    same(a.changes, b.changes) &&
    same(a.identities, b.identities) &&
    same(a.links, b.links) &&
    same(a.rules, b.rules)
  );
}

/** The same facts, be they read anew: of one version of a cohort a statement is always the same fact. */
function isSameFacts(a: readonly KnownFact[], b: readonly KnownFact[]): boolean {
  return (
    a.length === b.length &&
    a.every((fact, index) => {
      const other = b[index];
      return fact === other || (fact.statementId === other?.statementId && fact.voidedAt === other.voidedAt);
    })
  );
}
