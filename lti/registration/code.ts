import { hashOf } from '../secrets.ts';

// Crockford's alphabet: no letter that is read as a digit.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 5;
const groupLength = 5;

/** A registration code: 125 random bits in five groups of five, to be read out or typed. */
export function newCode(random: (bytes: number) => Buffer): string {
  const letters = [...random(groups * groupLength)].map((byte) => alphabet[byte % alphabet.length]);
  return Array.from({ length: groups }, (_, group) =>
    letters.slice(group * groupLength, (group + 1) * groupLength).join(''),
  ).join('-');
}

/** What is kept of a code; case, spaces and hyphens do not matter, nor I, L and O for 1, 1 and 0. */
export function hashOfCode(text: string): string {
  return hashOf(`registration code ${lettersOf(text)}`);
}

/** What is kept of a review code; another than a registration code's, so that neither is good for the other's purpose. */
export function hashOfReviewCode(text: string): string {
  return hashOf(`review code ${lettersOf(text)}`);
}

function lettersOf(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
}
