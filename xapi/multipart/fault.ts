import { AssiduError } from '../../src/base/errors.ts';

/** How a part is named to whoever sent it; parts are counted from 1, which has the statements. */
export function partName(number: number): string {
  return `part ${number}`;
}

/** A body that cannot be read: a part or header, and what is wrong with it. */
export function faultyBody(path: string, message: string): AssiduError {
  return new AssiduError('invalid-request', `${path}: ${message}`, { problems: [{ path, message }] });
}

/** A body, or a part of one, over what is taken in. `limit` in bytes, or whatever is counted. */
export function tooLarge(path: string, limit: string): AssiduError {
  const message = `is larger than the ${limit} taken in`;
  return new AssiduError('too-large', `${path} ${message}`, { problems: [{ path, message }] });
}
