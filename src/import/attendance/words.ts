import type { RegisterStatus } from '../../cohorts/register-entries.ts';
import { plainWord } from './columns.ts';

const STATUSES: readonly (readonly [RegisterStatus, readonly string[]])[] = [
  ['present', ['present', 'presente', 'present e', 'p', 'attended']],
  ['absent', ['absent', 'absente', 'absent e', 'a']],
  [
    'excused',
    ['excused', 'excuse', 'excusee', 'excuse e', 'e', 'absence excusee', 'absent excuse', 'absente excusee'],
  ],
];
const STATUS_OF = new Map(
  STATUSES.flatMap(([status, words]) => words.map((word) => [word, status] as const)),
);

/** A status as people write it in a register, in French or English; null for another word. */
export function statusOf(text: string): RegisterStatus | null {
  return STATUS_OF.get(plainWord(text)) ?? null;
}

/** Half of a day, as people write it; null for another word. */
export function halfOf(text: string): 'morning' | 'afternoon' | null {
  const word = plainWord(text);
  if (['morning', 'am', 'matin', 'matinee'].includes(word)) return 'morning';
  return ['afternoon', 'pm', 'apres midi', 'apresmidi'].includes(word) ? 'afternoon' : null;
}

/** Whether somebody came or went, as the first reports of Teams say it; null for another word. */
export function moveOf(text: string): 'joined' | 'left' | null {
  const word = plainWord(text);
  if (/^(joined|joined before|a rejoint|rejoint|participe|a participe)/.test(word)) return 'joined';
  return /^(left|a quitte|quitte|est parti)/.test(word) ? 'left' : null;
}

const PARTS = /^(?:(\d+)\s*h[a-z]*\.?)?\s*(?:(\d+)\s*m[a-z]*\.?)?\s*(?:(\d+)\s*s[a-z]*\.?)?$/i;

/** "57" under a column of minutes, "01:27:51", "1h 27m 51s" or "1 h 27 min" -> minutes; null for anything else. */
export function durationMinutes(text: string, inMinutes: boolean): number | null {
  if (/^\d+([.,]\d+)?$/.test(text)) return inMinutes ? Number(text.replace(',', '.')) : null;
  const clock = /^(\d+):(\d{2}):(\d{2})$/.exec(text);
  const parts = clock ?? PARTS.exec(text);
  if (parts === null || text === '') return null;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return hours * 60 + minutes + seconds / 60;
}
