import { AssiduError, type Problem } from '../../src/base/errors.ts';
import { problemsOf } from './problems.ts';
import { readRawStatements } from './raw-json.ts';
import type { JsonLimits } from './scan-json.ts';
import { statementSchema } from './schema/statement.ts';
import type { Statement, XapiVersion } from './types.ts';

/** A statement, or everything that is wrong with it. */
export type Validation =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A statement with the text it came in. */
export interface AcceptedStatement {
  readonly raw: string;
  readonly statement: Statement;
}

/** Bounds on one request. */
export interface AcceptLimits extends JsonLimits {
  readonly maxStatements: number;
}

// A batch of rubbish would otherwise answer with more text than it sent.
const MAX_PROBLEMS = 50;

const SCHEMAS = { '1.0.3': statementSchema('1.0.3'), '2.0.0': statementSchema('2.0.0') } as const;

// The schema is the guard: the types in types.ts say what it has found, and the input stays the very same object.
const passes = (value: unknown, problems: readonly Problem[]): value is Statement =>
  problems.length === 0 && value !== undefined;

/** Checks a parsed JSON value against every MUST of the data model; the statement returned is the input itself. */
export function validateStatement(value: unknown, version: XapiVersion): Validation {
  const parsed = SCHEMAS[version].safeParse(value);
  const problems = parsed.success ? [] : problemsOf(parsed.error.issues);
  return passes(value, problems) ? { ok: true, statement: value } : { ok: false, problems };
}

const prefixed = (index: number, problem: Problem): Problem => ({
  path:
    problem.path === '' || problem.path.startsWith('[')
      ? `[${index}]${problem.path}`
      : `[${index}].${problem.path}`,
  message: problem.message,
});

const line = (problem: Problem): string =>
  problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`;

/** The statements whose id another one of the batch already has (1.0.3 Communication 2.1.2; UUIDs ignore case). */
const repeatedIds = (statements: readonly { readonly index: number; readonly statement: Statement }[]) => {
  const first = new Map<string, number>();
  return statements.flatMap(({ index, statement }) => {
    const id = statement.id?.toLowerCase();
    if (id === undefined) return [];
    const earlier = first.get(id);
    if (earlier !== undefined) {
      const message = `is also the id of statement ${earlier} of this batch (xAPI Communication 2.1.2)`;
      return [{ index, problem: { path: 'id', message } }];
    }
    first.set(id, index);
    return [];
  });
};

/**
 * Reads a request body (one statement, or an array) into valid statements, each with its original text.
 * Throws `invalid-request` when the text is not JSON within the limits, `too-large` when it holds more than
 * `maxStatements`, and `invalid-statement` with the problems field by field; statements are counted from 0.
 */
export function acceptStatements(
  text: string,
  version: XapiVersion,
  limits: AcceptLimits,
): readonly AcceptedStatement[] {
  const { batch, parts } = readRawStatements(text, limits);
  if (parts.length > limits.maxStatements) {
    throw new AssiduError(
      'too-large',
      `${parts.length} statements in one request, at most ${limits.maxStatements}`,
    );
  }
  const accepted: (AcceptedStatement & { readonly index: number })[] = [];
  const faults: { readonly index: number; readonly problem: Problem }[] = [];
  for (const [index, raw] of parts.entries()) {
    const validation = validateStatement(JSON.parse(raw), version);
    if (validation.ok) accepted.push({ index, raw, statement: validation.statement });
    else for (const problem of validation.problems) faults.push({ index, problem });
    if (faults.length >= MAX_PROBLEMS) break;
  }
  faults.push(...repeatedIds(accepted));
  const [worst] = faults;
  if (worst !== undefined) {
    const problems = faults
      .slice(0, MAX_PROBLEMS)
      .map(({ index, problem }) => (batch ? prefixed(index, problem) : problem));
    const where = batch ? `statement ${worst.index}: ` : '';
    throw new AssiduError('invalid-statement', `${where}${line(worst.problem)}`, { problems });
  }
  return accepted.map(({ raw, statement }) => ({ raw, statement }));
}
