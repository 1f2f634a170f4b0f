import type { Recorder } from '../../xapi/vocabulary/event.ts';
import type { Texts } from './intl.ts';

const WAYS = {
  register: 'attendance.byRegister',
  api: 'attendance.byApi',
  file: 'attendance.byFile',
  statement: 'attendance.byStatement',
} as const;

/** Who recorded something, and when (ms), in words; a person whose name the platform hides is of the team. */
export function recordedWords(
  recorder: Recorder | null,
  recordedAt: number,
  zone: string,
  texts: Texts,
): string {
  const way = recorder?.way ?? 'statement';
  const known = recorder?.name ?? (way === 'file' || way === 'api' ? recorder?.id : null);
  const date = texts.dateTime(new Date(recordedAt).toISOString(), zone);
  return texts.t(WAYS[way], { name: known ?? texts.t('attendance.somebody'), date });
}
