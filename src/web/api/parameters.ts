import { AssiduError } from '../../base/errors.ts';

type Query = Readonly<Record<string, unknown>>;

/** A query parameter at fault. */
export function badParameter(path: string, message: string): AssiduError {
  return new AssiduError('invalid-request', `${path}: ${message}`, { problems: [{ path, message }] });
}

/** Refuses parameters that a route does not have: a misspelt `asOf` must not answer the figures of now. */
export function onlyParameters(query: Query, ...known: readonly string[]): void {
  const [stranger] = Object.keys(query).filter((name) => !known.includes(name));
  if (stranger !== undefined)
    throw badParameter(stranger, `is not a parameter here; known: ${known.join(', ') || 'none'}`);
}

/** A parameter out of a list of words; null when not given. */
export function oneOf<Value extends string>(
  values: readonly Value[],
  path: string,
  given: unknown,
): Value | null {
  if (given === undefined || given === '') return null;
  const found = values.find((value) => value === given);
  if (found === undefined) throw badParameter(path, `must be one of ${values.join(', ')}`);
  return found;
}
