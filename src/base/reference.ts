import { randomBytes } from 'node:crypto';

/** A reference that a person can read out and the log can be searched for. */
export function newReference(): string {
  return randomBytes(5).toString('hex').toUpperCase();
}
