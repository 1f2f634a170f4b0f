import { setTimeout as pause } from 'node:timers/promises';
import type { Intake } from '../../xapi/intake.ts';
import { RECORDED } from '../../xapi/vocabulary/entry.ts';
import type { Recorder } from '../../xapi/vocabulary/event.ts';
import { VOIDED } from '../../xapi/vocabulary/verbs.ts';
import { contentId } from '../base/content-id.ts';
import { AssiduError, isError, type Problem } from '../base/errors.ts';
import type { KnownFact } from '../progress/fact.ts';
import type { CohortStore } from '../storage/ports/cohort-store.ts';
import type { Cohort } from './definitions.ts';
import { ownContext, ownSender } from './own-statements.ts';

/** What recording about learners needs. */
export interface RecordingDeps {
  readonly store: Pick<CohortStore, 'enrolmentChanges' | 'people'>;
  /** All facts of the cohort, everything stored before the call included. */
  readonly factsOf: (cohort: Cohort) => Promise<readonly KnownFact[]>;
  readonly intake: Intake;
  /** Public URL: the home of our own authority. */
  readonly publicUrl: string;
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** How many entries said something new. */
export interface Recorded {
  readonly recorded: number;
  readonly unchanged: number;
}

/** A statement of ours, ready to be sent. */
export type OwnStatement = Readonly<Record<string, unknown>>;

/** What is to be kept. */
export interface Plan {
  readonly statements: readonly OwnStatement[];
  readonly told: Recorded;
  /** When what the statements follow was recorded last, ms. */
  readonly after: number;
}

/** When the last of what was told before was recorded, ms. */
export function lastOf(told: readonly { readonly last: KnownFact | null }[]): number {
  return told.reduce((latest, { last }) => Math.max(latest, last?.stored ?? 0), 0);
}

/** How often a plan is made anew because somebody else recorded the same at once. */
const ATTEMPTS = 20;

/**
 * Plans statements from what is known, and keeps them, all or nothing. Their ids are made of what they follow, so that
 * two who record at once cannot both have seen the same: the second plans anew.
 * @param dry only plans
 */
export async function keepPlanned(
  { intake, publicUrl, clock }: Pick<RecordingDeps, 'intake' | 'publicUrl' | 'clock'>,
  cohort: Cohort,
  dry: boolean,
  plan: () => Promise<Plan>,
): Promise<Recorded> {
  for (let attempt = 1; ; attempt += 1) {
    const { statements, told, after } = await plan();
    if (dry || statements.length === 0) return told;
    // What is recorded within one millisecond has no order: what follows comes later.
    if (after >= clock()) await pause(2);
    try {
      await intake.accept(ownSender(cohort.org, publicUrl), JSON.stringify(statements), '1.0.3');
      return told;
    } catch (error) {
      if (!isError(error, 'conflict') || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Context of what somebody recorded: the cohort, the episode, who and by what way. */
export function recordedContext(
  cohort: Cohort,
  enrolmentId: string | null,
  recorder: Recorder,
): Readonly<Record<string, unknown>> {
  const { contexts } = cohort.definition;
  const [activity, other] = contexts.flatMap((each) => each.activity ?? []);
  const [platform, second] = new Set(contexts.map((each) => each.platform));
  return ownContext({
    cohort,
    enrolmentId,
    ...(platform === undefined || second !== undefined ? {} : { platform }),
    ...(activity === undefined || other !== undefined ? {} : { course: { activity, title: null } }),
    extensions: { [RECORDED]: recorder },
  });
}

/** Voids a statement (xAPI 1.0.3 Data 2.3.2); the same again is the same statement. */
export function voiding(
  publicUrl: string,
  cohort: Cohort,
  statementId: string,
  recorder: Recorder,
): OwnStatement {
  return {
    id: contentId(`void\n${statementId}`),
    actor: ownSender(cohort.org, publicUrl).authority,
    verb: { id: VOIDED, display: { en: 'voided', fr: 'a annulé' } },
    object: { objectType: 'StatementRef', id: statementId },
    context: { extensions: { [RECORDED]: recorder } },
  };
}

/** Throws `invalid-request` when there are problems. */
export function refuseProblems(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first)
    throw new AssiduError('invalid-request', `${first.path || 'body'}: ${first.message}`, { problems });
}
