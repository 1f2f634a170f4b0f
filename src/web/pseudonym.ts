import { createHash } from 'node:crypto';

const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A short code that stays the same for an enrolment and tells nothing about the person: "K7QTM". */
export function pseudonymCode(enrolmentId: string): string {
  const digest = createHash('sha256').update(enrolmentId).digest();
  return Array.from(digest.subarray(0, 5), (byte) => LETTERS[byte % LETTERS.length]).join('');
}
