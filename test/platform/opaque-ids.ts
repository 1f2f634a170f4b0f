import { createHash } from 'node:crypto';

/** Forty hexadecimal digits that always stand for the same thing (Canvas's opaque identifiers). */
export function opaqueId(...parts: readonly string[]): string {
  return createHash('sha1').update(parts.join('\u0000')).digest('hex');
}

/** A UUID of version 4's shape that always stands for the same thing (Canvas's `sub` and resource links). */
export function stableUuid(...parts: readonly string[]): string {
  const hex = opaqueId('uuid', ...parts);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
