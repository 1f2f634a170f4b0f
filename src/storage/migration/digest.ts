import { createHash } from 'node:crypto';

/** How many records a collection has, and a digest of them that does not depend on their order. */
export interface CollectionDigest {
  readonly records: number;
  /** Hexadecimal. */
  readonly digest: string;
}

const MODULUS = 1n << 256n;
const DIGITS = 64;

/** Adds up the digests of records: the same records give the same sum in whatever order they come. */
export function createDigest(): { add(record: object): void; result(): CollectionDigest } {
  let records = 0;
  let sum = 0n;
  return {
    add: (record) => {
      records += 1;
      const hash = createHash('sha256').update(canonical(record)).digest('hex');
      sum = (sum + BigInt(`0x${hash}`)) % MODULUS;
    },
    result: () => ({ records, digest: sum.toString(16).padStart(DIGITS, '0') }),
  };
}

/** A record as text: fields by name; one that is null is as good as none. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const bytes = bytesOf(value);
  if (bytes !== null) return `"${Buffer.from(bytes).toString('base64')}"`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== null && field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}

/** Bytes, as they are or as the driver answers them. */
function bytesOf(value: unknown): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  const inside = typeof value === 'object' && value !== null && '_bsontype' in value && 'buffer' in value;
  return inside && value.buffer instanceof Uint8Array ? value.buffer : null;
}
