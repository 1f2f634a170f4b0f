import type { Context, Result } from '../statement/types.ts';
import type { Played } from './event.ts';

const VIDEO = 'https://w3id.org/xapi/video/extensions';
const CMI5_PROGRESS = 'https://w3id.org/xapi/cmi5/result/extensions/progress';
const VIDEO_PROGRESS = `${VIDEO}/progress`;

/**
 * Share of the points, (raw - min) / (max - min) where all three are given, else `scaled`; null without either
 * (metrics.md "Passed": Moodle's plugin maps `scaled` to [-1, 1], so the raw points win).
 */
export function normalisedScore(result: Result | undefined): number | null {
  const { raw, min, max, scaled } = result?.score ?? {};
  if (raw !== undefined && min !== undefined && max !== undefined && max > min)
    return (raw - min) / (max - min);
  return scaled ?? null;
}

/**
 * Progress as a share, 0..1: cmi5 says 0..100, the video profile 0..1; another extension whose name ends in
 * `/progress` is taken for per cent when above 1. Null when the result says none.
 */
export function progressOf(result: Result | undefined): number | null {
  for (const [key, value] of Object.entries(result?.extensions ?? {})) {
    if (!key.endsWith('/progress')) continue;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) continue;
    const share = key === CMI5_PROGRESS || (key !== VIDEO_PROGRESS && number > 1) ? number / 100 : number;
    return Math.min(1, Math.max(0, share));
  }
  return null;
}

/** Played segments `0[.]12.5[,]20[.]31` with the video's length, where both are told; an open last segment is left out. */
export function playedOf(result: Result | undefined, context: Context | undefined): Played | null {
  const text = result?.extensions?.[`${VIDEO}/played-segments`];
  const length = result?.extensions?.[`${VIDEO}/length`] ?? context?.extensions?.[`${VIDEO}/length`];
  if (typeof text !== 'string' || typeof length !== 'number' || !(length > 0)) return null;
  const segments = text.split('[,]').flatMap((part): [number, number][] => {
    const [from, to] = part.split('[.]').map((bound) => (bound.trim() === '' ? Number.NaN : Number(bound)));
    return from !== undefined && to !== undefined && from >= 0 && to > from
      ? [[from, Math.min(to, length)]]
      : [];
  });
  return { segments, length };
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
