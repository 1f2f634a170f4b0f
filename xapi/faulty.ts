import { AssiduError } from '../src/base/errors.ts';

/** A fault of a request: the header or parameter, or an empty path for the whole, and what is wrong with it. */
export function faulty(path: string, message: string): AssiduError {
  return new AssiduError('invalid-request', `${path === '' ? '' : `${path}: `}${message}`, {
    problems: [{ path, message }],
  });
}
