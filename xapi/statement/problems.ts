import type { z } from 'zod';
import type { Problem } from '../../src/base/errors.ts';

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** How much of a key is shown, in characters: an answer must not grow with the rubbish it answers. */
const SHOWN = 200;

/** A text short enough to be shown. */
export function clipped(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** `result.score`, `context.contextActivities.parent[0].id`, `result.extensions["http://…"]`. */
export function pathText(path: readonly PropertyKey[]): string {
  let written = '';
  for (const step of path) {
    if (typeof step === 'number') written += `[${step}]`;
    else if (PLAIN_NAME.test(String(step))) written += `${written === '' ? '' : '.'}${clipped(String(step))}`;
    else written += `[${JSON.stringify(clipped(String(step)))}]`;
  }
  return written;
}

/** In a union, the branch that took the value's type and then found fault with its content, if there is one. */
const meantBranch = (issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined =>
  issue.errors.find((branch) =>
    branch.every((inner) => inner.path.length > 0 || inner.code !== 'invalid_type'),
  );

/** The faults that zod found, one plain line each. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  prefix: readonly PropertyKey[] = [],
): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const path = [...prefix, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: pathText([...path, key]), message: issue.message }));
    }
    const branch = issue.code === 'invalid_union' ? meantBranch(issue) : undefined;
    if (branch !== undefined) return problemsOf(branch, path);
    return [{ path: pathText(path), message: issue.message }];
  });
}
