import { instant } from '../../config/cohort-definition.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * An end, in ms since the epoch: an instant with its zone (2027-01-31T00:00:00Z), or how long from now (90m, 12h, 30d,
 * 8w). Null for anything else, and for what has passed already.
 */
export function parseExpiry(text: string, now: number): number | null {
  const [, count, unit = ''] = /^(\d{1,5})([mhdw])$/.exec(text) ?? [];
  const length = UNITS[unit];
  const end =
    length !== undefined ? now + Number(count) * length : Date.parse(instant.safeParse(text).data ?? '');
  return end > now ? end : null;
}
