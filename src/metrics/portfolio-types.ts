import type { Rate } from './types.ts';

/** Fewer people than this are no group that figures are shown of. */
export const SMALLEST_GROUP = 5;

/** What the portfolio is read by: tags of cohort definitions. */
export const PORTFOLIO_TAGS = ['programme', 'businessUnit'] as const;
export type PortfolioTag = (typeof PORTFOLIO_TAGS)[number];

export const PORTFOLIO_STATES = ['final', 'open'] as const;
export type PortfolioState = (typeof PORTFOLIO_STATES)[number];

/** Something counted, and how many enrolments stand behind it. */
export interface Backed {
  readonly learners: number;
  readonly numerator: number;
  readonly denominator: number;
}

/** What the portfolio takes of a cohort: attributes to group and filter by, and numbers to add up. */
export interface PortfolioLine {
  readonly cohortId: string;
  /** Null where the definition has no such tag. */
  readonly programme: string | null;
  readonly businessUnit: string | null;
  readonly kind: 'spoc' | 'blended';
  /** Quarter of startsOn: `2026-Q3`. */
  readonly quarter: string;
  /** Closed: its figures change no more with time. */
  readonly final: boolean;
  readonly enrolled: number;
  readonly started: number;
  readonly completed: number;
  /** Dropped and withdrawn. */
  readonly left: number;
  /** Learner-sessions attended of those held, without excused ones. */
  readonly attendance: Backed;
  /** Planned minutes satisfied of those planned. */
  readonly realisation: Backed;
  /** Null where the definition gives no cost. */
  readonly cost: { readonly currency: string; readonly total: number } | null;
}

export const PORTFOLIO_RATES = [
  'startRate',
  'completionOfEnrolled',
  'dropoutOfEnrolled',
  'attendanceNet',
  'realisation',
] as const;
export type PortfolioRate = (typeof PORTFOLIO_RATES)[number];

/** Costs of one currency, of the cohorts that give them; they are never added up with others. */
export interface PortfolioCost {
  readonly currency: string;
  readonly total: number;
  /** Completed in these cohorts. */
  readonly completed: number;
  /** Null without anybody completed. */
  readonly perCompleter: number | null;
}

/** Cohorts taken together: their numerators and denominators added up. */
export interface PortfolioFigures {
  readonly cohorts: number;
  /** Cohorts among them that are in no number, since fewer than `SMALLEST_GROUP` people are behind them. */
  readonly withheld: number;
  /** Null: withheld. */
  readonly enrolled: number | null;
  /** A rate that is null is withheld; one whose value is null has nothing to divide by. */
  readonly rates: Readonly<Record<PortfolioRate, Rate | null>>;
  /** In the order of the currencies' names. Empty where no cohort gives its cost. */
  readonly cost: readonly PortfolioCost[];
}

/** A programme or a business unit; `name` null: cohorts without that tag. */
export interface PortfolioGroup extends PortfolioFigures {
  readonly name: string | null;
}

/** Cohorts that are all final, or all open: the two are never added up. */
export interface PortfolioSection {
  readonly total: PortfolioFigures;
  readonly groups: readonly PortfolioGroup[];
}

/** A difference of two shares, later minus earlier, with its 95 % interval. */
export interface Difference {
  readonly value: number;
  readonly ci95: readonly [number, number];
}

/** Null where one of the two periods has no figure to show. */
export type Change = Readonly<Record<'completionOfEnrolled' | 'dropoutOfEnrolled', Difference | null>>;

/** The final cohorts that began in a quarter. */
export interface PortfolioPeriod {
  /** `2026-Q3` */
  readonly quarter: string;
  readonly figures: PortfolioFigures;
  /** Cohorts begun then that are open still: not in the figures. */
  readonly open: number;
  readonly againstQuarterBefore: Change;
  readonly againstYearBefore: Change;
}

/** What is asked of the portfolio; null: all. */
export interface PortfolioQuery {
  readonly by: PortfolioTag;
  readonly programme: string | null;
  readonly businessUnit: string | null;
  readonly kind: 'spoc' | 'blended' | null;
  readonly state: PortfolioState | null;
  /** Quarters of startsOn, both included. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Tags that all cohorts shown must have; an empty one shows the whole organisation. */
export type PortfolioScope = Readonly<Partial<Record<PortfolioTag, string>>>;

/** `GET /api/v1/portfolio` (docs/portfolio.md). */
export interface Portfolio {
  readonly definitionVersion: 1;
  /** ISO 8601. */
  readonly asOf: string;
  readonly smallestGroup: number;
  readonly query: PortfolioQuery;
  /** Null where the query leaves them out. */
  readonly final: PortfolioSection | null;
  readonly open: PortfolioSection | null;
  /** Oldest quarter first; empty where only open cohorts are asked for. */
  readonly trend: readonly PortfolioPeriod[];
  /** What there is to choose from, whatever the query. */
  readonly choices: {
    readonly programme: readonly string[];
    readonly businessUnit: readonly string[];
    readonly quarter: readonly string[];
  };
}
