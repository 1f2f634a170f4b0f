import express, { type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import { AssiduError } from '../../base/errors.ts';
import { pathText } from '../../cohorts/definitions.ts';

/** Reads a body of JSON into `request.body`. */
export const jsonBody: RequestHandler = express.json({
  limit: '20mb',
  strict: false,
  type: ['application/json', 'application/*+json'],
});

/** The parsed body. Throws `invalid-request` when it was not JSON. */
export function bodyOf(request: Request): unknown {
  if (request.body === undefined)
    throw new AssiduError('invalid-request', 'the body must be application/json', {
      problems: [{ path: 'Content-Type', message: 'must be application/json' }],
    });
  return request.body;
}

/** The body by its schema; `what` names the thing in faults. Throws `invalid-request` naming each field at fault. */
export function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  what: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(bodyOf(request));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: pathText([...issue.path, key]),
          message: `is not a field of ${what}`,
        }))
      : [{ path: pathText(issue.path), message: issue.message }],
  );
  const [first] = problems;
  throw new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, { problems });
}
