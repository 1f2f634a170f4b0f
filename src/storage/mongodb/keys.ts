/**
 * The `_id` of a record out of its natural key, the organisation first: `["org","part"]`. Different keys never make the
 * same one, whatever characters they have, and records of an organisation lie side by side.
 */
export function keyOf(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts);
}
