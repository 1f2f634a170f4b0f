import type { JsonLimits } from './scan-json.ts';
import type { Statement } from './types.ts';

/** A valid statement with the text it came in. */
export interface AcceptedStatement {
  readonly raw: string;
  readonly statement: Statement;
}

/** Bounds on one request. */
export interface AcceptLimits extends JsonLimits {
  readonly maxStatements: number;
}
