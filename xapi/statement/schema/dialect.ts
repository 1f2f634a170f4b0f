import type { XapiVersion } from '../types.ts';

// Where each rule stands: in xAPI 1.0.3 Part Two (Data), and in IEEE 9274.1.1.
const CLAUSES = {
  formatting: ['Data 2.2', '4.2.1'],
  voiding: ['Data 2.3.2', '4.2.5'],
  statement: ['Data 2.4', '4.2.1'],
  id: ['Data 2.4.1', '4.2.4.2'],
  actor: ['Data 2.4.2', '4.2.2.1'],
  agent: ['Data 2.4.2.1', '4.2.2.1'],
  group: ['Data 2.4.2.2', '4.2.2.1'],
  identifier: ['Data 2.4.2.3', '4.2.2.1'],
  account: ['Data 2.4.2.4', '4.2.2.1'],
  verb: ['Data 2.4.3', '4.2.2.2'],
  object: ['Data 2.4.4', '4.2.2.3'],
  activity: ['Data 2.4.4.1', '4.2.2.3'],
  agentObject: ['Data 2.4.4.2', '4.2.2.3'],
  statementObject: ['Data 2.4.4.3', '4.2.2.3'],
  result: ['Data 2.4.5', '4.2.2.4'],
  score: ['Data 2.4.5.1', '4.2.2.4'],
  context: ['Data 2.4.6', '4.2.2.5'],
  contextActivities: ['Data 2.4.6.2', '4.2.2.5'],
  timestamp: ['Data 2.4.7', '4.2.4.2'],
  stored: ['Data 2.4.8', '4.2.4.2'],
  authority: ['Data 2.4.9', '4.2.4.2'],
  version: ['Data 2.4.10', '4.2.4.3'],
  attachment: ['Data 2.4.11', '4.2.2.6'],
  extensions: ['Data 4.1', '4.2.7'],
  languageMap: ['Data 4.2', '4.2.7'],
  iri: ['Data 4.3', '4.2.7'],
  uuid: ['Data 4.4', '4.2.7'],
  instant: ['Data 4.5', '4.2.7'],
  duration: ['Data 4.6', '4.2.7'],
} as const;

/** The parts of the standard that a problem can cite. */
export type Clause = keyof typeof CLAUSES;

/** The version being validated, and how its clauses are named. */
export interface Dialect {
  readonly version: XapiVersion;
  /** The sentence with the clause it comes from: `must be … (xAPI 1.0.3 Data 2.4.5.1)`. */
  readonly cite: (clause: Clause, sentence: string) => string;
}

/** The dialect of one version of the standard. */
export function dialectOf(version: XapiVersion): Dialect {
  const [name, column] =
    version === '1.0.3' ? (['xAPI 1.0.3', 0] as const) : (['xAPI 2.0, IEEE 9274.1.1', 1] as const);
  return { version, cite: (clause, sentence) => `${sentence} (${name} ${CLAUSES[clause][column]})` };
}
