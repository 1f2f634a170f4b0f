import { AssiduError, type Problem } from '../../src/base/errors.ts';
import type { AcceptedStatement, AcceptLimits } from './accepted.ts';
import { readFamiliar } from './familiar/read-statements.ts';
import { problemsOf } from './problems.ts';
import { readRawStatements } from './raw-json.ts';
import { statementSchema } from './schema/statement.ts';
import type { Statement, XapiVersion } from './types.ts';

/** A statement, or everything that is wrong with it. */
export type Validation =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly problems: readonly Problem[] };

// A batch of rubbish would otherwise answer with more text than it sent.
export const MAX_PROBLEMS = 50;

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

/** The fault of a statement as it is told to whoever sent a batch: `[2].verb.id`; of a single one as it is. */
export function inBatch(problem: Problem, index: number | null): Problem {
  if (index === null) return problem;
  const dot = problem.path === '' || problem.path.startsWith('[') ? '' : '.';
  return { path: `[${index}]${dot}${problem.path}`, message: problem.message };
}

/** The refusal of statements for these faults, of which there is at least one. `index` is null outside an array. */
export function refusalOf(
  faults: readonly { readonly index: number | null; readonly problem: Problem }[],
): AssiduError {
  const [worst] = faults;
  const problems = faults.slice(0, MAX_PROBLEMS).map(({ index, problem }) => inBatch(problem, index));
  const where = worst === undefined || worst.index === null ? '' : `statement ${worst.index}: `;
  const what = worst === undefined ? 'is not valid' : line(worst.problem);
  return new AssiduError('invalid-statement', `${where}${what}`, { problems });
}

const line = (problem: Problem): string =>
  problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`;

/** The statements whose id an earlier one of the batch already has (1.0.3 Communication 2.1.2; UUIDs ignore case). */
export function repeatedIds(
  statements: readonly { readonly index: number; readonly statement: Statement }[],
): readonly { readonly index: number; readonly problem: Problem }[] {
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
}

/** Throws `too-large` for more statements than are taken in one request. */
export function checkCount(count: number, { maxStatements }: AcceptLimits): void {
  if (count <= maxStatements) return;
  const message = `${count} statements in one request, at most ${maxStatements} are taken in`;
  throw new AssiduError('too-large', message, { problems: [{ path: '', message }] });
}

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
  const familiar = readFamiliar(text, version, limits);
  if (familiar !== null) return familiar;
  const { batch, parts } = readRawStatements(text, limits);
  checkCount(parts.length, limits);
  const accepted: (AcceptedStatement & { readonly index: number })[] = [];
  const faults: { readonly index: number; readonly problem: Problem }[] = [];
  for (const [index, raw] of parts.entries()) {
    const validation = validateStatement(JSON.parse(raw), version);
    if (validation.ok) accepted.push({ index, raw, statement: validation.statement });
    else for (const problem of validation.problems) faults.push({ index, problem });
    if (faults.length >= MAX_PROBLEMS) break;
  }
  faults.push(...repeatedIds(accepted));
  if (faults.length > 0)
    throw refusalOf(faults.map(({ index, problem }) => ({ index: batch ? index : null, problem })));
  return accepted.map(({ raw, statement }) => ({ raw, statement }));
}
