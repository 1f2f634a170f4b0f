/** The shapes of the JSON of metrics.md "The JSON". Times are ISO 8601 with a zone; shares are 0..1; days are day numbers. */

export const STATES = [
  'completed',
  'transferred',
  'withdrawn',
  'noShow',
  'notStarted',
  'dropped',
  'unfinished',
  'inactive',
  'active',
] as const;

/** metrics.md "The partition": every enrolment is in exactly one. */
export type State = (typeof STATES)[number];

export const ALERTS = ['inactivity', 'overdueUnit', 'missedSession', 'notStartedYet'] as const;
export type Alert = (typeof ALERTS)[number];

/** metrics.md "Rates". `value` and `ci95` are null when the denominator is 0. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number | null;
  readonly ci95: readonly [number, number] | null;
}

export const RATE_NAMES = [
  'startRate',
  'completionOfEnrolled',
  'completionOfStarted',
  'dropoutOfEnrolled',
  'dropoutOfStarted',
  'neverStarted',
  'attendanceGross',
  'attendanceNet',
] as const;
export type RateName = (typeof RATE_NAMES)[number];

export interface Counts extends Readonly<Record<State, number>> {
  readonly enrolled: number;
  readonly started: number;
  readonly withdrawnBeforeStart: number;
  readonly atRisk: number;
}

export interface UnitFigures {
  readonly id: string;
  readonly reached: number;
  readonly satisfied: number;
  readonly medianDays: number | null;
  readonly leavers: number;
}

export interface WeekFigures {
  readonly week: number;
  /** Date of the week's first day, YYYY-MM-DD. */
  readonly from: string;
  readonly acts: number;
  readonly activeLearners: number;
  readonly drops: number;
  readonly atRisk: number;
  readonly hazard: number | null;
}

export interface FunnelStep {
  readonly step: 'enrolled' | 'started' | 'p25' | 'p50' | 'p75' | 'completed';
  readonly count: number;
}

export interface CohortMetrics {
  readonly cohortId: string;
  readonly definitionVersion: 1;
  readonly cohortVersion: number;
  readonly asOf: string;
  readonly knownAt: string | null;
  readonly final: boolean;
  readonly counts: Counts;
  readonly rates: Readonly<Record<RateName, Rate>>;
  readonly progress: {
    readonly mean: number | null;
    readonly median: number | null;
    readonly histogram: readonly number[];
  };
  readonly timeToComplete: {
    readonly n: number;
    readonly medianDays: number | null;
    readonly p25Days: number | null;
    readonly p75Days: number | null;
  };
  readonly funnel: readonly FunnelStep[];
  readonly units: readonly UnitFigures[];
  readonly weekly: readonly WeekFigures[];
  readonly attendance: {
    readonly held: number;
    readonly attended: number;
    readonly excused: number;
    readonly presentMinutes: number;
    readonly slotMinutes: number;
  } | null;
  readonly cost: {
    readonly currency: string;
    readonly total: number;
    readonly perEnrolled: number | null;
    readonly perCompleter: number | null;
  } | null;
}

export const CLOCKS = ['cohort', 'learner'] as const;
/** Days since startsOn, or days since the learner's own entry (metrics.md "Retention"). */
export type Clock = (typeof CLOCKS)[number];

export const POPULATIONS = ['started', 'enrolled'] as const;
/** Who is observed: those with an act, from their first on, or everyone, from entry on. */
export type Population = (typeof POPULATIONS)[number];

/** [lo, hi] at 95 %, shares; null where none can be given. */
export type Interval = readonly [number, number] | null;

/** Kaplan-Meier on a day with a dropout. */
export interface SurvivalRow {
  readonly day: number;
  readonly atRisk: number;
  readonly events: number;
  readonly survival: number;
  /** Greenwood's; null where survival is 0. */
  readonly se: number | null;
  /** Log-log 95 % interval; null where survival is 0 or 1. */
  readonly lo: number | null;
  readonly hi: number | null;
  /** Fewer than 10 at risk. */
  readonly thin: boolean;
}

/** Aalen-Johansen on a day with a dropout or a completion; the three shares add up to 1. */
export interface OutcomesRow {
  readonly day: number;
  readonly dropped: number;
  readonly completed: number;
  readonly stillIn: number;
  readonly atRisk: number;
  readonly thin: boolean;
  readonly ci95: {
    readonly dropped: Interval;
    readonly completed: Interval;
    readonly stillIn: Interval;
  };
}

/** `GET …/retention` (metrics.md "The JSON"), with what it was computed of. */
export interface Retention {
  readonly cohortId: string;
  readonly definitionVersion: 1;
  readonly cohortVersion: number;
  readonly asOf: string;
  readonly knownAt: string | null;
  readonly final: boolean;
  readonly clock: Clock;
  readonly population: Population;
  readonly horizon: number;
  readonly knownThrough: number;
  readonly n: number;
  readonly withdrawnBeforeStart: number;
  readonly transferredBeforeStart: number;
  readonly curve: readonly SurvivalRow[];
  readonly outcomes: readonly OutcomesRow[];
}

export type SessionStatus = 'attended' | 'absent' | 'excused' | 'cancelled' | 'upcoming';

/** A row of `GET …/learners`: one enrolment. */
export interface LearnerRow {
  readonly enrolmentId: string;
  readonly actor: Readonly<Record<string, unknown>>;
  readonly name: string | null;
  readonly enrolledAt: string;
  readonly endedAt: string | null;
  readonly state: State;
  /** When the present state began. */
  readonly since: string;
  readonly alerts: readonly Alert[];
  /** Share of required weight satisfied, 0..1; null when nothing is required. */
  readonly progress: number | null;
  /** Per cent of planned minutes, integer; null when nothing is planned. */
  readonly realisation: number | null;
  readonly firstActAt: string | null;
  readonly lastActAt: string | null;
  readonly lastSeenAt: string | null;
  readonly completedAt: string | null;
  readonly units: readonly {
    readonly id: string;
    readonly satisfiedAt: string | null;
    readonly waived: boolean;
  }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly status: SessionStatus;
    readonly minutes: number | null;
  }[];
}
