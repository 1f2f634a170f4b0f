import type { Request } from 'express';

/** The members of a form or query that are plain text; repeated and nested ones are left out. */
export function textMembers(source: unknown): Record<string, string> {
  if (typeof source !== 'object' || source === null) return {};
  const entries: readonly (readonly [string, unknown])[] = Object.entries(source);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** One parameter of the query, or undefined. */
export function queryText(req: Request, name: string): string | undefined {
  return textMembers(req.query)[name];
}
