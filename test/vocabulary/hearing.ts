import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import type { Fact } from '../../src/progress/fact.ts';
import type { LearnerProgress } from '../../src/progress/learner-progress.ts';
import { place, placesOf } from '../../src/progress/place.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Statement } from '../../xapi/statement/types.ts';
import type { LearningEvent } from '../../xapi/vocabulary/event.ts';
import { readStatement } from '../../xapi/vocabulary/read-statement.ts';
import { cohortOf, enrolled } from '../support/scene.ts';

/** How a statement came. */
export interface Coming {
  readonly standings?: boolean;
  readonly own?: boolean;
}

/** When a statement says that it happened, ms. */
const when = (statement: Statement) => Date.parse(statement.timestamp ?? '');

/** What a statement means, by a key without rights unless told otherwise. */
export function hear(statement: Statement, { standings = false, own = false }: Coming = {}): LearningEvent {
  const timestamp = when(statement);
  const event = readStatement({ id: 's', statement, timestamp, stored: timestamp, standings, own });
  if (event === null) throw new Error('nobody’s progress');
  return event;
}

/** What it means for a cohort; null: it is no evidence there. */
export function factOf(
  statement: Statement,
  definition: Partial<CohortDefinitionInput>,
  coming: Coming = {},
): Fact | null {
  return place(hear(statement, coming), placesOf('o', cohortOf(definition)));
}

/**
 * Where statements take whom the first of them is about, in a cohort of the day of that statement; a week later.
 * @param change the units above all
 */
export function learnerAfter(
  statements: readonly Statement[],
  change: Partial<CohortDefinitionInput>,
  coming: Coming = {},
): LearnerProgress {
  const [first] = statements;
  if (!first) throw new Error('nothing told');
  const startsOn = new Date(when(first)).toISOString().slice(0, 10);
  const definition = cohortOf({ startsOn, ...change });
  const facts = statements.flatMap((statement) => {
    const fact = factOf(statement, definition, coming);
    return fact ? [{ ...fact, voidedAt: null }] : [];
  });
  const learnerId = 'ana';
  const { learners } = cohortProgress(
    {
      definition,
      changes: [enrolled(learnerId, { enrolledAt: Date.parse(`${startsOn}T00:00:00Z`), recordedAt: 0 })],
      identities: [{ org: 'o', actor: actorKey(first.actor) ?? '', learnerId, recordedAt: 0 }],
      facts,
    },
    when(first) + 7 * 86_400_000,
    null,
  );
  const [only] = learners;
  if (!only) throw new Error('one enrolment, one learner');
  return only;
}

/** When the first unit is satisfied, as an ISO 8601 text; null when it is not. */
export function satisfiedAt({ units: [unit] }: LearnerProgress): string | null {
  return unit?.satisfiedAt == null ? null : new Date(unit.satisfiedAt).toISOString();
}
