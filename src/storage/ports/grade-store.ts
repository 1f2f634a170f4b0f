/** A grade column that a cohort writes to: of the whole cohort, or of one unit, in one course. */
export interface GradeLine {
  readonly org: string;
  readonly cohortId: string;
  /** Of the course and the unit; one line each. */
  readonly key: string;
  readonly registrationId: string;
  readonly courseId: string;
  /** Null for the line of the whole cohort. */
  readonly unit: string | null;
  /** The line item; null while there is none yet. */
  readonly url: string | null;
  /** Failures since the last success; while it waits, `nextAttemptAt` (ms) is set. */
  readonly attempts: number;
  readonly nextAttemptAt: number | null;
  readonly lastError: string | null;
  /** The column was removed at the platform: nothing is sent until somebody asks for it. */
  readonly gone: boolean;
}

/** The score of one person in one line: what the platform has acknowledged, and what stands in the way of the next. */
export interface GradeSent {
  readonly org: string;
  readonly cohortId: string;
  readonly line: string;
  /** The platform's user id. */
  readonly sub: string;
  /** JSON of the score acknowledged last; null: none yet. */
  readonly value: string | null;
  /** The time it was sent under, ms; also of one refused: times only rise. */
  readonly timestamp: number | null;
  readonly attempts: number;
  readonly nextAttemptAt: number | null;
  readonly lastError: string | null;
  /** The platform refused it for what it is: it waits for somebody. */
  readonly dead: boolean;
}

/**
 * What platforms have acknowledged. What is due is the difference between this and the figures: nothing is queued, so
 * that nothing is lost or sent twice, whatever happens in between.
 */
export interface GradeStore {
  lines(org: string, cohortId: string): Promise<readonly GradeLine[]>;
  saveLine(line: GradeLine): Promise<void>;
  sent(org: string, cohortId: string): Promise<readonly GradeSent[]>;
  saveSent(sent: GradeSent): Promise<void>;
  /** Lets everything that waits or is dead be tried at once, and columns that were gone be looked for again. */
  retry(org: string, cohortId: string): Promise<number>;
}
