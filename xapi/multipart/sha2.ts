import { createHash, type Hash } from 'node:crypto';

/** The member of the SHA-2 family that a hexadecimal hash of this length is of (1.0.3 Data 2.4.11 names no other sign). */
const BY_LENGTH: ReadonlyMap<number, string> = new Map([
  [56, 'sha224'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
]);

/** What computes the hash that `hex` may be; null when it is no SHA-2 hash in hexadecimal. */
export function sha2Like(hex: string): Hash | null {
  const algorithm = /^[0-9a-f]+$/i.test(hex) ? BY_LENGTH.get(hex.length) : undefined;
  return algorithm === undefined ? null : createHash(algorithm);
}
