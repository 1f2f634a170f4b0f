/** What statements say of an activity: the JSON text of its definition. */
export interface SaidDefinition {
  /** Activity id. */
  readonly id: string;
  readonly definition: string;
}

/** What statements call an actor. */
export interface SaidName {
  /** Inverse functional identifier (xapi/statement/ifi.ts). */
  readonly actor: string;
  readonly name: string;
}

/** What is known of activities and agents from the statements kept; `StatementStore.append` fills it. */
export interface ProfileStore {
  /** Canonical definitions of those of the activities that have one (xAPI 1.0.3 Communication 2.5). */
  definitions(org: string, activities: readonly string[]): Promise<readonly SaidDefinition[]>;
  /** Names that the agent was given, by alphabet (xAPI 1.0.3 Communication 2.4). */
  names(org: string, actor: string): Promise<readonly string[]>;
}
