import type { Problem } from '../../src/base/errors.ts';
import type { AcceptLimits } from './accepted.ts';
import { readFamiliar } from './familiar/read-statements.ts';
import { pathText } from './problems.ts';
import { isBatch, readRawStatements } from './raw-json.ts';
import type { Statement, XapiVersion } from './types.ts';
import { checkCount, MAX_PROBLEMS, repeatedIds, validateStatement } from './validate.ts';

/** A statement of a request, by its place, with its text; `statement` is null when it has problems. */
export type JudgedStatement =
  | { readonly index: number; readonly raw: string; readonly statement: Statement }
  | {
      readonly index: number;
      readonly raw: string;
      readonly statement: null;
      readonly problems: readonly Problem[];
    };

/**
 * Reads a request body (`listed`: an array) as `acceptStatements` does, and judges each statement for itself: a key used twice is the fault
 * of the statement it is in, an id used twice that of the later one. Paths begin at the statement.
 * Throws `invalid-request` when the text is not JSON within the limits, `too-large` for too many statements.
 */
export function judgeStatements(
  text: string,
  version: XapiVersion,
  limits: AcceptLimits,
): { readonly listed: boolean; readonly judged: readonly JudgedStatement[] } {
  const familiar = readFamiliar(text, version, limits);
  if (familiar !== null)
    return {
      listed: isBatch(text),
      judged: familiar.map(({ raw, statement }, index) => ({ index, raw, statement })),
    };
  const repeatedIn = new Map<number, Problem[]>();
  const { batch, parts } = readRawStatements(text, limits, (path, message) => {
    const [first, ...inner] = path;
    const [index, within] = typeof first === 'number' ? [first, inner] : [0, path];
    const problems = repeatedIn.get(index) ?? [];
    if (problems.length < MAX_PROBLEMS) problems.push({ path: pathText(within), message });
    repeatedIn.set(index, problems);
  });
  checkCount(parts.length, limits);
  const valid: { index: number; raw: string; statement: Statement }[] = [];
  const faulty = new Map<number, readonly Problem[]>();
  for (const [index, raw] of parts.entries()) {
    const validation = validateStatement(JSON.parse(raw), version);
    const problems = [...(repeatedIn.get(index) ?? []), ...(validation.ok ? [] : validation.problems)];
    if (validation.ok && problems.length === 0) valid.push({ index, raw, statement: validation.statement });
    else faulty.set(index, problems.slice(0, MAX_PROBLEMS));
  }
  for (const { index, problem } of repeatedIds(valid)) faulty.set(index, [problem]);
  const statements = new Map(valid.map((each) => [each.index, each.statement]));
  return {
    listed: batch,
    judged: parts.map((raw, index): JudgedStatement => {
      const problems = faulty.get(index) ?? [];
      const statement = statements.get(index);
      if (statement === undefined || problems.length > 0) return { index, raw, statement: null, problems };
      return { index, raw, statement };
    }),
  };
}
