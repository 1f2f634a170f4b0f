import type { Unit } from '../../../config/cohort-definition.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import { type Slot, slotOf } from '../../progress/sessions.ts';
import { plainWord } from './columns.ts';
import type { DateReader } from './read-dates.ts';
import type { Row } from './read-table.ts';
import { halfOf } from './words.ts';

/** A session of a cohort and when it takes place. */
export interface Session {
  readonly unit: Unit;
  readonly slot: Slot;
}

/** The sessions of a cohort that are not cancelled. */
export function sessionsOf({ definition }: Cohort): readonly Session[] {
  return definition.units.flatMap((unit) => {
    const slot = slotOf(unit);
    return slot === null || unit.cancelled ? [] : [{ unit, slot }];
  });
}

/** The session that a line of a register is about, or what is wrong with the line. */
export function sessionOfRow(
  { cells }: Row,
  { definition }: Cohort,
  sessions: readonly Session[],
  dates: DateReader,
): Session | { readonly fault: string } {
  if (cells.session !== undefined) {
    const asked = plainWord(cells.session);
    const byId = sessions.find(({ unit }) => unit.id === cells.session);
    const byTitle = sessions.filter(({ unit }) =>
      Object.values(unit.title ?? {}).some((title) => plainWord(title) === asked),
    );
    const [only, second] = byId === undefined ? byTitle : [byId];
    if (only === undefined) return { fault: `session: ${cells.session} is no session of this cohort` };
    return second === undefined ? only : { fault: `session: several sessions are called ${cells.session}` };
  }
  if (cells.date !== undefined)
    return sessionOfDay(cells.date, cells.half, definition.timezone, sessions, dates);
  const [only, second] = sessions;
  return only === undefined || second !== undefined
    ? { fault: 'session: the line names none; say --session' }
    : only;
}

function sessionOfDay(
  date: string,
  half: string | undefined,
  timezone: string,
  sessions: readonly Session[],
  dates: DateReader,
): Session | { readonly fault: string } {
  const day = dates.date(date);
  if (day === null) return { fault: `date: ${date} is no date` };
  const part = half === undefined ? null : halfOf(half);
  if (half !== undefined && part === null)
    return { fault: `half-day: ${half} is neither morning nor afternoon (matin, après-midi)` };
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const fitting = sessions.filter(({ slot }) => {
    const [begins, time = ''] = format.format(slot.from).split(' ');
    return begins === day && (part === null || (part === 'morning') === time < '12:00');
  });
  const [only, second] = fitting;
  if (only === undefined)
    return { fault: `date: no session begins on ${day}${half === undefined ? '' : `, ${half}`}` };
  return second === undefined
    ? only
    : { fault: `date: several sessions begin on ${day}: name the session, or the half-day` };
}
