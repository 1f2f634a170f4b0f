import type { AttendanceEntry } from '../cohorts/parse-attendance.ts';
import { REGISTER_STATUSES, type RegisterEntry, type RegisterStatus } from '../cohorts/register-entries.ts';
import { type Box, minutesOf, type Sheet, type SheetLearner, statusesOf } from './register-sheet.ts';

/** What was filled in for one learner and session; '' for nothing. */
export interface Typed {
  readonly status: RegisterStatus | '';
  readonly minutes: string;
}

/** What is wrong with a box. */
export type BoxFault = 'badMinutes' | 'minutesAlone' | 'changed' | 'refused';

/** A form as it came back. */
export interface ReadForm {
  /** What it changes, and the box that each change is of. */
  readonly changes: readonly { readonly key: string; readonly entry: AttendanceEntry }[];
  readonly typed: ReadonlyMap<string, Typed>;
  readonly faults: ReadonlyMap<string, BoxFault>;
}

type Body = Readonly<Record<string, unknown>>;

/** Names a box in a form. */
export function boxKey({ id }: SheetLearner, { session }: Box): string {
  return `${session.number}-${id}`;
}

/** What an entry says, as a hidden field keeps it: its id and its words. */
export function seenText(entry: RegisterEntry | null): string {
  return entry === null ? '' : [entry.id, entry.status, entry.minutes ?? ''].join(' ');
}

/** What a register says at first. */
export function typedOf(entry: RegisterEntry | null): Typed {
  return {
    status: entry?.status ?? '',
    minutes: entry?.minutes == null ? '' : String(Math.round(entry.minutes * 100) / 100),
  };
}

/**
 * Reads what was filled in: only what differs from what the person saw is a change, so that two who fill in one register
 * do not undo each other; what was recorded otherwise meanwhile is a fault.
 */
export function readRegister(sheet: Sheet, body: Body): ReadForm {
  const changes: ReadForm['changes'][number][] = [];
  const typed = new Map<string, Typed>();
  const faults = new Map<string, BoxFault>();
  for (const learner of sheet.learners)
    for (const box of learner.boxes) {
      const key = boxKey(learner, box);
      const seen = textIn(body, `seen-${key}`);
      if (seen === null) continue;
      const now = typedIn(body, key, box, seen);
      typed.set(key, now);
      const [seenId = '', seenStatus = '', seenMinutes = ''] = seen.split(' ');
      const minutes = now.status === 'present' && now.minutes !== '' ? numberIn(now.minutes) : null;
      if (now.status === seenStatus && (now.status !== 'present' || sameMinutes(minutes, seenMinutes))) {
        if (now.status === '' && now.minutes !== '') faults.set(key, 'minutesAlone');
        continue;
      }
      if (minutes !== null && !(minutes >= 0 && minutes <= minutesOf(box.session)))
        faults.set(key, 'badMinutes');
      else if ((box.entry?.id ?? '') !== seenId && !says(box.entry, now.status, minutes))
        faults.set(key, 'changed');
      else
        changes.push({
          key,
          entry: {
            actor: learner.actor,
            session: box.session.unit.id,
            status: now.status === '' ? null : now.status,
            minutes,
            seen: box.entry?.id ?? null,
          },
        });
    }
  return { changes, typed, faults };
}

function typedIn(body: Body, key: string, box: Box, seen: string): Typed {
  const told = textIn(body, `status-${key}`) ?? '';
  const status = REGISTER_STATUSES.find((each) => each === told) ?? '';
  const minutes = (textIn(body, `minutes-${key}`) ?? '').trim();
  const rest = body.rest === 'present' && seen === '' && status === '';
  return { status: rest && statusesOf(box.session).includes('present') ? 'present' : status, minutes };
}

function textIn(body: Body, name: string): string | null {
  const value = body[name];
  return typeof value === 'string' ? value : null;
}

/** A number as people write it; NaN for anything else. */
function numberIn(text: string): number {
  return /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}

function sameMinutes(minutes: number | null, seen: string): boolean {
  if (minutes === null || seen === '') return minutes === null && seen === '';
  return Math.abs(minutes - Number(seen)) < 0.01;
}

function says(entry: RegisterEntry | null, status: Typed['status'], minutes: number | null): boolean {
  return (entry?.status ?? '') === status && (status !== 'present' || (entry?.minutes ?? null) === minutes);
}
