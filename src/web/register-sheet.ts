import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import type { Agent } from '../../xapi/statement/types.ts';
import type { CohortFigures } from '../cohorts/figures.ts';
import type { RegisterEntry, RegisterStatus } from '../cohorts/register-entries.ts';
import { MINUTE, type Slot, slotOf } from '../progress/sessions.ts';
import { localDate } from './local-date.ts';

/** A session of the day that a register is of. */
export interface SheetSession {
  readonly unit: Unit;
  /** Place among the units, from 1, as in addresses. */
  readonly number: number;
  readonly slot: Slot;
  readonly ended: boolean;
}

/** What a box of a register asks for and shows. */
export interface Box {
  readonly session: SheetSession;
  readonly entry: RegisterEntry | null;
  /** Minutes of presence that traces tell; null where there is an entry, or nothing. */
  readonly traced: number | null;
}

/** One learner of a register. */
export interface SheetLearner {
  readonly id: string;
  readonly actor: Agent;
  readonly name: string | null;
  readonly enrolmentId: string;
  readonly boxes: readonly Box[];
}

/** A page of the register of a day. */
export interface Sheet {
  readonly sessions: readonly SheetSession[];
  readonly learners: readonly SheetLearner[];
  /** People of all pages, and those of them of whom nothing is recorded yet in a session that is over. */
  readonly total: number;
  readonly left: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/** Boxes on a page: a form has three fields for each, and browsers send a thousand. */
const BOXES = 240;

/** The sessions on the local day of a unit, by their place among the units; none for what is no session. */
export function sessionsOfDay(
  definition: CohortDefinition,
  number: number,
  now: number,
): readonly SheetSession[] {
  const all = definition.units.flatMap((unit, index): SheetSession[] => {
    const slot = slotOf(unit);
    return slot === null ? [] : [{ unit, number: index + 1, slot, ended: slot.to <= now }];
  });
  const dayOf = ({ slot }: SheetSession) => localDate(new Date(slot.from).toISOString(), definition.timezone);
  const asked = all.find((session) => session.number === number);
  if (asked === undefined) return [];
  return all.filter((session) => dayOf(session) === dayOf(asked)).sort((a, b) => a.slot.from - b.slot.from);
}

/** The register of these sessions: who was enrolled during one of them, by name. */
export function sheetOf(
  sessions: readonly SheetSession[],
  { rows, learnerOf }: Pick<CohortFigures, 'rows' | 'learnerOf'>,
  entries: readonly RegisterEntry[],
  { page, locale }: { readonly page: number; readonly locale: string },
): Sheet {
  const entryOf = new Map(entries.map((entry) => [`${entry.learnerId}\n${entry.session}`, entry]));
  const learners = new Map<string, SheetLearner>();
  for (const row of rows) {
    const id = learnerOf.get(row.enrolmentId);
    const [from, to] = [Date.parse(row.enrolledAt), row.endedAt === null ? null : Date.parse(row.endedAt)];
    const there = sessions.some(({ slot }) => from <= slot.to && (to === null || to > slot.from));
    if (id === undefined || !there) continue;
    const boxes = sessions.map((session): Box => {
      const entry = entryOf.get(`${id}\n${session.unit.id}`) ?? null;
      const minutes = row.sessions.find((each) => each.id === session.unit.id)?.minutes ?? 0;
      return { session, entry, traced: entry === null && minutes > 0 ? minutes : null };
    });
    learners.set(id, { id, actor: row.actor, name: row.name, enrolmentId: row.enrolmentId, boxes });
  }
  const compare = new Intl.Collator(locale).compare;
  const sorted = [...learners.values()].sort(
    (a, b) => compare(a.name ?? '\uffff', b.name ?? '\uffff') || (a.id < b.id ? -1 : 1),
  );
  const size = Math.max(1, Math.floor(BOXES / Math.max(1, sessions.length)));
  const pages = Math.max(1, Math.ceil(sorted.length / size));
  const shown = Math.min(Math.max(1, page), pages);
  return {
    sessions,
    learners: sorted.slice((shown - 1) * size, shown * size),
    total: sorted.length,
    left: sorted.filter(isLeft).length,
    page: shown,
    pages,
  };
}

/** Somebody with a session that is over and whose register says nothing of them. */
export function isLeft({ boxes }: SheetLearner): boolean {
  return boxes.some(({ session, entry }) => session.ended && !session.unit.cancelled && entry === null);
}

/** Minutes that a session takes. */
export function minutesOf({ slot }: SheetSession): number {
  return (slot.to - slot.from) / MINUTE;
}

/** What may be told of a session now: of one to come only who is excused. */
export function statusesOf({ unit, ended }: SheetSession): readonly RegisterStatus[] {
  if (unit.cancelled) return [];
  return ended ? ['present', 'absent', 'excused'] : ['excused'];
}
