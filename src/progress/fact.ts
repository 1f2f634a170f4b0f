import type { Entry, Meaning, Played } from '../../xapi/vocabulary/event.ts';

/** How an event concerns a unit: its very object, an attempt or submission whose parent it is, or anything below it. */
export type Bearing = 'self' | 'attempt' | 'below';

/**
 * What one statement means for one cohort. Kept per actor, enrolled or not, so that enrolments and links between
 * identities may come later. Times are ms since the epoch; shares are 0..1.
 */
export interface Fact {
  readonly statementId: string;
  readonly actor: string;
  readonly at: number;
  readonly stored: number;
  readonly meaning: Meaning;
  readonly act: boolean;
  readonly derived: boolean;
  readonly units: readonly { readonly unit: string; readonly bearing: Bearing }[];
  /** The object is a context of the cohort: the course itself. */
  readonly course: boolean;
  /** The object is the cohort as a whole: a course of it, or the cohort itself. Absent: it is not. */
  readonly whole?: boolean;
  readonly completion: boolean | null;
  readonly success: boolean | null;
  readonly score: number | null;
  readonly progress: number | null;
  readonly played: Played | null;
  /** Of register entries, waivers and contacts only. */
  readonly entry?: Entry;
  /** The same event told twice has the same sameness (metrics.md "Order does not matter"). */
  readonly sameness: string;
}

/** A fact, and when its statement was voided (ms), if it was. */
export interface KnownFact extends Fact {
  readonly voidedAt: number | null;
}
