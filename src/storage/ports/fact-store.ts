/** A fact of progress as kept: what one statement means for one cohort. `value` is the JSON of a Fact (src/progress/fact.ts). */
export interface KeptFact {
  readonly statementId: string;
  readonly actor: string;
  readonly value: string;
  /** When its statement was voided, ms since the epoch, by someone allowed to; null if it was not. */
  readonly voidedAt: number | null;
}

export interface NewFact {
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

export interface FactStore {
  /** Keeps facts and the positions reached, in one step. Facts already kept stay; positions never fall. */
  advance(facts: readonly NewFact[], positions: readonly FoldPosition[]): Promise<void>;
  positions(): Promise<readonly FoldPosition[]>;
  facts(org: string, cohortId: string, version: number): Promise<readonly KeptFact[]>;
  /** Forgets facts and position of all versions of the cohort but `keep` (null: of all). */
  forget(org: string, cohortId: string, keep: number | null): Promise<void>;
}
