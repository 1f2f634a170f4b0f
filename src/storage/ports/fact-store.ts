/** A fact of progress as kept: what one statement means for one cohort. `value` is the JSON of a Fact (src/progress/fact.ts). */
export interface KeptFact {
  readonly statementId: string;
  readonly actor: string;
  readonly value: string;
  /** When its statement was voided, ms since the epoch, by someone allowed to; null if it was not. */
  readonly voidedAt: number | null;
}

export interface NewFact {
  /** Position of the statement in the store: of one cohort and version, each has one fact at most. */
  readonly seq: number;
  readonly org: string;
  readonly cohortId: string;
  readonly version: number;
  readonly statementId: string;
  readonly actor: string;
  readonly value: string;
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

/** Facts of one version of a cohort, read at one time. */
export interface FactsRead {
  /** Another one after somebody forgot the facts and folded anew; null while there is no position. */
  readonly generation: string | null;
  /** The position that the facts have reached at least. */
  readonly seq: number;
  readonly facts: readonly KeptFact[];
}

export interface FactStore {
  /**
   * Keeps facts and the positions reached, all or nothing. Facts already kept stay; positions never fall. A step that
   * begins beyond the position kept (0 where there is none) is left out with its facts: someone forgot what is before.
   */
  advance(facts: readonly NewFact[], steps: readonly FoldStep[]): Promise<void>;
  positions(): Promise<readonly FoldPosition[]>;
  /** The facts of statements after a position (0: all), and those of earlier ones that were voided after it. */
  facts(org: string, cohortId: string, version: number, after: number): Promise<FactsRead>;
  /**
   * Forgets facts and positions of the cohort's versions older than `before` (null: of all). Never of newer ones: who
   * does not know a new version yet must not forget what others made of it.
   */
  forget(org: string, cohortId: string, before: number | null): Promise<void>;
}
