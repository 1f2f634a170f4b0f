import { z } from 'zod';
import { AssiduError, type Problem } from '../../src/base/errors.ts';
import { instantOf } from '../statement/schema/instant.ts';
import { isIri } from '../statement/schema/iri.ts';
import { isUuid } from '../statement/schema/uuid.ts';
import type { XapiVersion } from '../statement/types.ts';

const once = z.string({
  error: (issue) => (issue.input === undefined ? 'is needed' : 'must be there once'),
});

/** Forms of parameters that resources share. */
export const parameter = {
  text: once,
  id: once.min(1, 'must not be empty'),
  iri: once.refine(isIri, 'must be an IRI with a scheme'),
  registration: once.refine(isUuid, 'must be a UUID').transform((text) => text.toLowerCase()),
  /** -> ms since the epoch. */
  instant: (version: XapiVersion) =>
    once.transform((text, context) => {
      const known = instantOf(text, version);
      if (known === null) context.addIssue('must be a timestamp (ISO 8601)');
      return known ?? 0;
    }),
};

/**
 * The query of a request by its schema; a parameter that is not in it is a fault (xAPI 1.0.3 Communication 3.2).
 * Throws `invalid-request` naming each parameter at fault.
 */
export function readParameters<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  query: unknown,
): z.infer<z.ZodObject<Shape, z.core.$strict>> {
  const parsed = z.strictObject(shape).safeParse(query);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue): readonly Problem[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((path) => ({ path, message: 'is not a parameter of this request' }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  );
  const [first] = problems;
  throw new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, { problems });
}
