import type { CohortFigures } from '../cohorts/figures.ts';
import { USUAL_RETENTION } from '../metrics/retention.ts';
import { isFew, type Masked, mask, maskNested, maskPart, maskPartition } from '../metrics/small-groups.ts';
import type { CohortMetrics, FunnelStep, Rate, RateName, Retention, State } from '../metrics/types.ts';
import { coarsened } from './coarse-retention.ts';

export const AUDIENCES = ['inside', 'outside'] as const;
/** Inside: all figures. Outside: no group under five people (design.md "The people"). */
export type Audience = (typeof AUDIENCES)[number];

/** States of a report, some taken together for people outside. */
export type ReportState = State | 'left' | 'neverStarted' | 'other';

/** A rate, or that it would tell of a few people. */
export type MaskedRate = Rate | 'few';

export interface ReportUnit {
  readonly id: string;
  readonly reached: Masked;
  readonly satisfied: Masked;
  /** Null: nobody has satisfied it, or few have. */
  readonly medianDays: number | null;
  readonly leavers: Masked;
}

export interface ReportSession {
  readonly id: string;
  readonly standing: 'held' | 'upcoming' | 'cancelled';
  readonly required: boolean;
  readonly held: Masked;
  readonly attended: Masked;
  readonly excused: Masked;
  readonly absent: Masked;
  readonly gross: MaskedRate;
  readonly net: MaskedRate;
}

/** What a report tells, for the people it is for. */
export interface ReportFigures {
  readonly audience: Audience;
  readonly enrolled: number;
  readonly states: readonly { readonly state: ReportState; readonly count: Masked }[];
  readonly rates: Readonly<Record<RateName, MaskedRate>>;
  readonly funnel: readonly { readonly step: FunnelStep['step']; readonly count: Masked }[];
  readonly units: readonly ReportUnit[];
  readonly leaving: readonly { readonly unit: string | null; readonly leavers: Masked }[];
  readonly sessions: readonly ReportSession[];
  readonly retention: Retention;
  /** People whom the curves are of. */
  readonly observed: Masked;
  /** Null where few have completed, or nobody. */
  readonly time: { readonly medianDays: number; readonly p25Days: number; readonly p75Days: number } | null;
  readonly progress: CohortMetrics['progress'];
  readonly attendance: CohortMetrics['attendance'];
  readonly cost: CohortMetrics['cost'];
}

type Source = Pick<CohortFigures, 'metrics' | 'leaving' | 'sessions' | 'retention'>;

/** The figures of a report; null where fewer than five are enrolled and it is for people outside. */
export function reportFigures(source: Source, audience: Audience): ReportFigures | null {
  if (audience === 'inside') return allOf(source);
  return isFew(source.metrics.counts.enrolled) ? null : maskedOf(source);
}

const STATES_IN_ORDER: readonly State[] = [
  'completed',
  'active',
  'inactive',
  'notStarted',
  'dropped',
  'unfinished',
  'withdrawn',
  'noShow',
  'transferred',
];

function allOf({ metrics, leaving, sessions, retention }: Source): ReportFigures {
  const { counts } = metrics;
  return {
    audience: 'inside',
    enrolled: counts.enrolled,
    states: STATES_IN_ORDER.filter((state) => counts[state] > 0).map((state) => ({
      state,
      count: counts[state],
    })),
    rates: metrics.rates,
    funnel: metrics.funnel,
    units: metrics.units,
    leaving: leaving(),
    sessions: sessions(),
    retention: retention(USUAL_RETENTION),
    observed: retention(USUAL_RETENTION).n,
    time: timeOf(metrics),
    progress: metrics.progress,
    attendance: metrics.attendance,
    cost: metrics.cost,
  };
}

function maskedOf({ metrics, leaving, sessions, retention }: Source): ReportFigures {
  const { counts, rates } = metrics;
  const { enrolled } = counts;
  const groups = {
    completed: counts.completed,
    left: counts.dropped + counts.withdrawn,
    neverStarted: counts.notStarted + counts.noShow,
    other: counts.active + counts.inactive + counts.unfinished + counts.transferred,
  };
  const [completed = 'few', left = 'few', neverStarted = 'few', other = 'few'] = maskPartition(
    Object.values(groups),
  );
  // Those who left before they started are what is between the two.
  const notStarted = enrolled - counts.started;
  const started: Masked =
    neverStarted === 'few' || isFew(counts.started) || isFew(notStarted - groups.neverStarted)
      ? 'few'
      : counts.started;
  const leftStarted = rates.dropoutOfStarted.numerator;
  const shown = (rate: Rate, ...needs: readonly Masked[]): MaskedRate =>
    needs.includes('few') ? 'few' : rate;
  const sessionRate = (rate: Rate): MaskedRate => shown(rate, maskPart(rate.numerator, rate.denominator));
  const told = [enrolled, started, completed].flatMap((count) => (count === 'few' ? [] : [count]));
  const steps = metrics.funnel.filter(({ step }) => step.startsWith('p'));
  const nested = maskNested(
    steps.map(({ count }) => count),
    told,
  );
  const fixed = new Map<string, Masked>([
    ['enrolled', enrolled],
    ['started', started],
    ['completed', completed],
    ...steps.map(({ step }, index) => [step, nested[index] ?? 'few'] as const),
  ]);
  const leavers = leaving();
  const leaversShown = maskPartition(leavers.map((each) => each.leavers));
  const leaversOf = (unit: string | null): Masked => {
    const index = leavers.findIndex((each) => each.unit === unit);
    return left === 'few' ? 'few' : index < 0 ? 0 : (leaversShown[index] ?? 'few');
  };
  return {
    audience: 'outside',
    enrolled,
    states: [
      { state: 'completed', count: completed },
      { state: 'left', count: left },
      { state: 'neverStarted', count: neverStarted },
      { state: 'other', count: other },
    ],
    rates: {
      startRate: shown(rates.startRate, started),
      completionOfEnrolled: shown(rates.completionOfEnrolled, completed),
      completionOfStarted: shown(rates.completionOfStarted, completed, started),
      dropoutOfEnrolled: shown(rates.dropoutOfEnrolled, left),
      dropoutOfStarted: shown(rates.dropoutOfStarted, left, started, maskPart(leftStarted, groups.left)),
      neverStarted: shown(rates.neverStarted, neverStarted),
      attendanceGross: sessionRate(rates.attendanceGross),
      attendanceNet: sessionRate(rates.attendanceNet),
    },
    funnel: metrics.funnel.map(({ step }) => ({ step, count: fixed.get(step) ?? 'few' })),
    units: metrics.units.map(({ id, reached, satisfied, medianDays }) => {
      const done = maskPart(satisfied, enrolled);
      return {
        id,
        reached: isFew(Math.abs(reached - satisfied)) ? 'few' : maskPart(reached, enrolled),
        satisfied: done,
        medianDays: isFew(satisfied) ? null : medianDays,
        leavers: leaversOf(id),
      };
    }),
    leaving: leavers.map(({ unit }) => ({ unit, leavers: leaversOf(unit) })),
    sessions: sessions().map((session) => {
      const { held } = session;
      const [attended = 'few', excused = 'few', absent = 'few'] = maskPartition([
        session.attended,
        session.excused,
        session.absent,
      ]);
      return {
        id: session.id,
        standing: session.standing,
        required: session.required,
        held: mask(held),
        attended,
        excused,
        absent,
        gross: shown(session.gross, mask(held), attended),
        net: shown(session.net, mask(held), attended, excused),
      };
    }),
    retention: coarsened(retention(USUAL_RETENTION)),
    observed: started === 'few' ? 'few' : maskPart(retention(USUAL_RETENTION).n, started),
    time: isFew(metrics.timeToComplete.n) ? null : timeOf(metrics),
    progress: metrics.progress,
    attendance: metrics.attendance,
    cost: metrics.cost && completed === 'few' ? { ...metrics.cost, perCompleter: null } : metrics.cost,
  };
}

function timeOf({ timeToComplete: { medianDays, p25Days, p75Days } }: CohortMetrics): ReportFigures['time'] {
  return medianDays === null || p25Days === null || p75Days === null
    ? null
    : { medianDays, p25Days, p75Days };
}
