import type { Context, Result } from '../statement/types.ts';
import type { Played } from './event.ts';

const VIDEO = 'https://w3id.org/xapi/video/extensions';
const VIDEO_PROGRESS = `${VIDEO}/progress`;
/** cmi5 names it with https; Articulate Rise and Storyline write http. */
const CMI5_PROGRESS = /^https?:\/\/w3id\.org\/xapi\/cmi5\/result\/extensions\/progress$/;

/**
 * Share of the points, (raw - min) / (max - min) where all three are given, else `scaled`; null without either
 * (metrics.md "Passed": Moodle's plugin maps `scaled` to [-1, 1], so the raw points win).
 */
export function normalisedScore(result: Result | undefined): number | null {
  const { raw, min, max, scaled } = result?.score ?? {};
  if (raw !== undefined && min !== undefined && max !== undefined && max > min) {
    const share = (raw - min) / (max - min);
    // Points beyond what numbers can hold have no share.
    if (Number.isFinite(share) && Number.isFinite(max - min)) return share;
  }
  return scaled ?? null;
}

/** Extensions in the order of their names: the same result, written in another order, says the same. */
export function extensionsOf(result: Result | undefined): readonly (readonly [string, unknown])[] {
  return Object.entries(result?.extensions ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Progress as a share, 0..1, of the first extension whose name ends in `/progress`; null when the result says none. */
export function progressOf(result: Result | undefined): number | null {
  for (const [key, value] of extensionsOf(result)) {
    if (!key.endsWith('/progress')) continue;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) continue;
    return Math.min(1, Math.max(0, isPerCent(key, number) ? number / 100 : number));
  }
  return null;
}

/** cmi5 (9.5.5.1) counts whole per cent, so 1 is 1 %; the video profile shares; of others, more than 1 is per cent. */
function isPerCent(key: string, value: number): boolean {
  if (key === VIDEO_PROGRESS) return false;
  return CMI5_PROGRESS.test(key) ? Number.isInteger(value) || value > 1 : value > 1;
}

/** Played segments `0[.]12.5[,]20[.]31` and the video's length, where told; an open last segment is left out. */
export function playedOf(result: Result | undefined, context: Context | undefined): Played | null {
  const text = result?.extensions?.[`${VIDEO}/played-segments`];
  const told = result?.extensions?.[`${VIDEO}/length`] ?? context?.extensions?.[`${VIDEO}/length`];
  const length = typeof told === 'number' && told > 0 && Number.isFinite(told) ? told : null;
  const segments = typeof text === 'string' ? segmentsOf(text) : [];
  return segments.length === 0 && length === null ? null : { segments, length };
}

function segmentsOf(text: string): readonly (readonly [number, number])[] {
  return text.split('[,]').flatMap((part): [number, number][] => {
    const [from, to] = part.split('[.]').map((bound) => (bound.trim() === '' ? Number.NaN : Number(bound)));
    const real = from !== undefined && to !== undefined && from >= 0 && to > from && Number.isFinite(to);
    return real ? [[from, to]] : [];
  });
}

/** JSON with sorted keys: two results are equal iff their texts are. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
      .join(',')}}`;
  return JSON.stringify(value) ?? '';
}
