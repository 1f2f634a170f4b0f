/**
 * Facts of progress of one version of a cohort: what statements mean for it. Lines of text, one a fact
 * (src/cohorts/fact-lines.ts), in the order of their statements.
 */
export interface FactLines {
  readonly org: string;
  readonly cohortId: string;
  /** Of what facts are made of: of the definition, and of how statements are read (src/cohorts/edition.ts). */
  readonly version: number;
  /** Positions of the statements: each has one fact at most. */
  readonly seqs: readonly number[];
  /** As many lines, without a line break at the end. */
  readonly text: string;
}

/** How far the facts of one version of a cohort follow the statements. */
export interface FoldPosition {
  readonly org: string;
  readonly cohortId: string;
  readonly version: number;
  readonly seq: number;
}

/** A stretch of statements made into facts of one version of a cohort: those after `from`, up to `seq`. */
export interface FoldStep extends FoldPosition {
  readonly from: number;
}

/** A statement that is voided by someone allowed to, and since when, ms since the epoch. */
export interface VoidedStatement {
  readonly statementId: string;
  readonly voidedAt: number;
}

/** Facts of one version of a cohort, read at one time. */
export interface FactsRead {
  /** Another one after somebody forgot the facts and folded anew; null while there is no position. */
  readonly generation: string | null;
  /** The position that the facts kept have reached. */
  readonly reached: number;
  /** The position up to which they were read; less than `reached` while there are more to read. */
  readonly seq: number;
  /** Lines as they were kept, some a text; what was read before may come again. */
  readonly texts: readonly string[];
  /** Statements of the organisation that were voided, or became known, after the position asked for. */
  readonly voided: readonly VoidedStatement[];
}

export interface FactStore {
  /**
   * Keeps facts and the positions reached, all or nothing. Facts of statements already passed are left out; positions
   * never fall. A step that begins beyond the position kept (0 where there is none) is left out with its facts: someone
   * forgot what is before.
   */
  advance(facts: readonly FactLines[], steps: readonly FoldStep[]): Promise<void>;
  positions(): Promise<readonly FoldPosition[]>;
  /** The facts of statements after a position (0: all), some megabytes at a time, and what of all facts is voided. */
  facts(org: string, cohortId: string, version: number, after: number): Promise<FactsRead>;
  /**
   * Forgets facts and positions of the cohort's versions older than `before` (null: of all). Never of newer ones: who
   * does not know a new version yet must not forget what others made of it.
   */
  forget(org: string, cohortId: string, before: number | null): Promise<void>;
}
