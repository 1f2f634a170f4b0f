import type { CohortProgress } from '../progress/cohort-progress.ts';
import { countsOf } from './counts.ts';
import type { Backed, PortfolioLine } from './portfolio-types.ts';

/** What a cohort adds to the portfolio at T; its enrolments are counted as metrics.md "Rates" does. */
export function portfolioLine(progress: CohortProgress): PortfolioLine {
  const { definition, closed } = progress.frame;
  const { tags, cost } = definition;
  const counts = countsOf(progress);
  return {
    cohortId: definition.id,
    programme: tagOf(tags.programme),
    businessUnit: tagOf(tags.businessUnit),
    kind: definition.kind,
    quarter: quarterOf(definition.startsOn),
    final: closed,
    enrolled: counts.enrolled,
    started: counts.started,
    completed: counts.completed,
    left: counts.dropped + counts.withdrawn,
    attendance: attendanceBehind(progress),
    realisation: realisationBehind(progress),
    cost: cost ? { currency: cost.currency, total: cost.fixed + cost.perLearner * counts.enrolled } : null,
  };
}

/** A tag as people mean it; null when it says nothing. */
export function tagOf(text: string | undefined): string | null {
  const trimmed = text?.trim().replaceAll(/\s+/g, ' ') ?? '';
  return trimmed === '' ? null : trimmed;
}

/** The quarter of a date: `2026-09-07` is of `2026-Q3`. */
export function quarterOf(date: string): string {
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}

/** The quarter so many quarters earlier. */
export function quarterBefore(quarter: string, quarters: number): string {
  const index = 4 * Number(quarter.slice(0, 4)) + Number(quarter.slice(6)) - 1 - quarters;
  return `${String(Math.floor(index / 4)).padStart(4, '0')}-Q${(index % 4) + 1}`;
}

/** attendanceNet of metrics.md, with how many enrolments it is of. */
function attendanceBehind({ learners }: CohortProgress): Backed {
  const counted = learners.map(({ sessions }) =>
    sessions.filter((each) => each.counted && each.status !== 'excused'),
  );
  const held = counted.flat();
  return {
    learners: counted.filter((sessions) => sessions.length > 0).length,
    numerator: held.filter(({ status }) => status === 'attended').length,
    denominator: held.length,
  };
}

/** Realisation of metrics.md before rounding: minutes, of all enrolments together. */
function realisationBehind({ learners }: CohortProgress): Backed {
  const planned = learners.map(({ minutes }) => minutes).filter((minutes) => minutes.planned > 0);
  return {
    learners: planned.length,
    numerator: planned.reduce((total, minutes) => total + minutes.satisfied, 0),
    denominator: planned.reduce((total, minutes) => total + minutes.planned, 0),
  };
}
