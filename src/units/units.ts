import { isMarkedAsDone } from '../../config/unit-content.ts';
import { AssiduError } from '../base/errors.ts';
import type { Visitor } from '../cohorts/access.ts';
import type { Cohort } from '../cohorts/definitions.ts';
import type { Figures } from '../cohorts/figures.ts';
import { actorOf, courseOf, type LaunchService } from '../cohorts/launches.ts';
import { isOpen } from '../cohorts/which-cohort.ts';
import type { LearnerRow } from '../metrics/types.ts';
import { createCalendar } from '../progress/calendar.ts';
import type { ContentLaunches } from './content-launches.ts';
import type { Mark, Marks } from './marks.ts';
import type { OwnUnit } from './own-units.ts';

/** A learner at a unit of ours. */
export interface UnitVisit {
  readonly row: LearnerRow;
  /** ISO 8601. */
  readonly asOf: string;
  /** The cohort is closed. */
  readonly final: boolean;
  /** Whether what they do here still counts: the cohort is open, their enrolment has not ended, the unit takes place. */
  readonly open: boolean;
  /** ISO 8601; null: they have not marked it as done. */
  readonly markedAt: string | null;
  /** Whether they may set the mark, or take it back. */
  readonly mayMark: boolean;
  readonly mayUndo: boolean;
}

/**
 * What learners do with units that are pages of ours. What may not be done (any more) is not done: the page says why.
 * All but `visit` throw `forbidden` for a visitor who is no learner of the cohort.
 */
export interface Units {
  /** Null for a visitor who is no learner of the cohort. */
  visit(visitor: Visitor, cohort: Cohort, unit: OwnUnit): Promise<UnitVisit | null>;
  /** Opens the content; answers its address, which is for this browser alone. Null where there is nothing to open. */
  open(visitor: Visitor, cohort: Cohort, unit: OwnUnit): Promise<string | null>;
  /** Marks it as done, unless it is. */
  mark(visitor: Visitor, cohort: Cohort, unit: OwnUnit): Promise<void>;
  /** Takes the mark back, on the day it was set (in the cohort's zone). */
  undo(visitor: Visitor, cohort: Cohort, unit: OwnUnit): Promise<void>;
}

export interface UnitDeps {
  readonly figures: Figures;
  readonly launches: Pick<LaunchService, 'learnerOf'>;
  readonly contents: ContentLaunches;
  readonly marks: Marks;
  /** ms since the epoch. */
  readonly clock: () => number;
}

export function createUnits({ figures, launches, contents, marks, clock }: UnitDeps): Units {
  /** The visitor's latest enrolment in the cohort, if they are a learner there. */
  const enrolled = async (visitor: Visitor, cohort: Cohort) => {
    const learner = visitor.launch.role === 'learner' ? await launches.learnerOf(visitor) : null;
    if (learner === null) return null;
    const found = await figures.of(cohort.org, cohort.id, { asOf: null, knownAt: null });
    const row = found.rows
      .filter(({ enrolmentId }) => found.learnerOf.get(enrolmentId) === learner.id)
      .at(-1);
    return row === undefined ? null : { row, asOf: found.metrics.asOf, final: found.metrics.final };
  };

  const openingOf = (visitor: Visitor, cohort: Cohort, enrolmentId: string) => {
    const course = courseOf(visitor, cohort);
    return {
      actor: actorOf(visitor),
      place: {
        cohort,
        enrolmentId,
        ...(course === undefined ? {} : { course }),
        platform: visitor.registration.name,
        language: visitor.launch.locale,
      },
    };
  };

  const look = async (visitor: Visitor, cohort: Cohort, unit: OwnUnit) => {
    const found = await enrolled(visitor, cohort);
    if (found === null) return null;
    const { row } = found;
    const marked = { ...openingOf(visitor, cohort, row.enrolmentId), unit };
    const mark = isMarkedAsDone(unit) ? await marks.find(marked) : null;
    const open = isOpen(cohort, clock()) && row.endedAt === null && !unit.cancelled;
    const standing = row.units.find(({ id }) => id === unit.id);
    const done = mark !== null || standing?.satisfiedAt != null || standing?.waived === true;
    const visit: UnitVisit = {
      ...found,
      open,
      markedAt: mark === null ? null : new Date(mark.at).toISOString(),
      mayMark: open && isMarkedAsDone(unit) && !done,
      mayUndo: open && mark !== null && !mark.last && isToday(mark, cohort),
    };
    return { visit, mark, marked };
  };

  const isToday = ({ at }: Mark, { definition }: Cohort): boolean => {
    const calendar = createCalendar(definition.timezone, definition.startsOn);
    return calendar.day(at) === calendar.day(clock());
  };

  /** The visitor as a learner of the cohort. */
  const atUnit = async (visitor: Visitor, cohort: Cohort, unit: OwnUnit) => {
    const found = await look(visitor, cohort, unit);
    if (found === null) throw new AssiduError('forbidden', 'only learners of the cohort do something here');
    return found;
  };

  return {
    visit: async (visitor, cohort, unit) => (await look(visitor, cohort, unit))?.visit ?? null,
    open: async (visitor, cohort, unit) => {
      const { visit, marked } = await atUnit(visitor, cohort, unit);
      const { url, launch = 'link' } = unit.content;
      if (!visit.open || url === undefined) return null;
      return contents[launch]({ ...marked, unit: { ...unit, content: { ...unit.content, url } } });
    },
    mark: async (visitor, cohort, unit) => {
      const { visit, marked } = await atUnit(visitor, cohort, unit);
      if (visit.mayMark) await marks.set(marked);
    },
    undo: async (visitor, cohort, unit) => {
      const { visit, marked, mark } = await atUnit(visitor, cohort, unit);
      if (visit.mayUndo && mark !== null) await marks.undo(marked, mark);
    },
  };
}
