import type { State } from '../../src/metrics/types.ts';
import type { Moment, NaiveLearner } from './learner.ts';
import { exits } from './retention.ts';
import { alertsOf, completedAtOf, progressOf, stateOf } from './state.ts';

const HAIR = 1e-9;
const Z = 1.959963984540054;

/** All figures of the cohort (metrics.md "The JSON"), of the enrolments that count. */
export function figuresOf(moment: Moment, learners: readonly NaiveLearner[]) {
  const { definition, days, closingDay, today } = moment;
  const all = learners.map((learner) => ({
    learner,
    state: stateOf(moment, learner),
    progress: progressOf(moment, learner),
    alerts: alertsOf(moment, learner),
  }));
  const count = (holds: (each: (typeof all)[number]) => boolean) => all.filter(holds).length;
  const inState = (...states: State[]) => count(({ state }) => states.includes(state));
  const hasStarted = ({ learner, state }: (typeof all)[number]) =>
    learner.acts.length > 0 || state === 'completed';
  const started = count(hasStarted);
  const enrolled = all.length;
  const completed = inState('completed');
  const sessions = learners.flatMap((learner) =>
    learner.sessions
      .filter((unit) => learner.isOwed(unit, learner.until) && learner.isDemanded(unit, learner.until))
      .map((unit) => ({
        ...learner.presenceAt(unit, learner.until),
        slot: (Date.parse(unit.endsAt ?? '') - Date.parse(unit.startsAt ?? '')) / 60_000,
      })),
  );
  const attended = sessions.filter(({ status }) => status === 'attended').length;
  const excused = sessions.filter(({ status }) => status === 'excused').length;
  const shares = all.flatMap(({ progress }) => (progress === null ? [] : [progress]));
  const atLeast = (share: number) => shares.filter((each) => each >= share - HAIR).length;
  const times = learners.flatMap((learner) => {
    const at = completedAtOf(learner);
    return at === null ? [] : [days.day(at) - learner.entry];
  });
  const { cost } = definition;
  const total = cost ? cost.fixed + cost.perLearner * enrolled : 0;
  const lastDay = closingDay === null ? today : Math.min(today, closingDay);
  const observed = exits(moment, learners, 'cohort', 'started').people;
  const weeks = [];
  for (let first = 0; first <= lastDay; first += 7) {
    const inWeek = (day: number) => first <= day && day < first + 7;
    const acts = learners.flatMap(({ acts: own, stay }) =>
      own.filter(({ at }) => inWeek(days.day(at))).map(() => stay.person),
    );
    const drops = observed.filter(({ event, x }) => event === 'dropout' && inWeek(x)).length;
    const atRisk = observed.filter(({ e, x }) => e < first && first <= x).length;
    weeks.push({
      week: first / 7,
      from: days.date(first),
      acts: acts.length,
      activeLearners: new Set(acts).size,
      drops,
      atRisk,
      hazard: atRisk === 0 ? null : drops / atRisk,
    });
  }
  return {
    final: moment.closed,
    counts: {
      enrolled,
      started,
      completed,
      transferred: inState('transferred'),
      withdrawn: inState('withdrawn'),
      withdrawnBeforeStart: count(
        ({ state, learner }) =>
          state === 'withdrawn' && learner.endedAt !== null && days.day(learner.endedAt) <= learner.entry,
      ),
      noShow: inState('noShow'),
      notStarted: inState('notStarted'),
      dropped: inState('dropped'),
      unfinished: inState('unfinished'),
      inactive: inState('inactive'),
      active: inState('active'),
      atRisk: count(({ alerts }) => alerts.length > 0),
    },
    rates: {
      startRate: rate(started, enrolled),
      completionOfEnrolled: rate(completed, enrolled),
      completionOfStarted: rate(completed, started),
      dropoutOfEnrolled: rate(inState('dropped', 'withdrawn'), enrolled),
      dropoutOfStarted: rate(
        count((each) => hasStarted(each) && ['dropped', 'withdrawn'].includes(each.state)),
        started,
      ),
      neverStarted: rate(inState('notStarted', 'noShow'), enrolled),
      attendanceGross: { ...rate(attended, sessions.length), ci95: null },
      attendanceNet: { ...rate(attended, sessions.length - excused), ci95: null },
    },
    progress: {
      mean: shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length,
      median: quantile(shares, 0.5),
      histogram: Array.from({ length: 11 }, (_, bin) =>
        bin === 10 ? atLeast(1) : atLeast(bin / 10) - atLeast((bin + 1) / 10),
      ),
    },
    timeToComplete: {
      n: times.length,
      medianDays: quantile(times, 0.5),
      p25Days: quantile(times, 0.25),
      p75Days: quantile(times, 0.75),
    },
    funnel: [
      { step: 'enrolled', count: enrolled },
      { step: 'started', count: started },
      { step: 'p25', count: atLeast(0.25) },
      { step: 'p50', count: atLeast(0.5) },
      { step: 'p75', count: atLeast(0.75) },
      { step: 'completed', count: completed },
    ],
    units: definition.units.map((unit) => {
      const taken = learners.flatMap((learner) => {
        const at = learner.sinceWhen((x) => learner.isSatisfied(unit, x));
        return at === null ? [] : [days.day(at) - learner.entry];
      });
      return {
        id: unit.id,
        reached: count(({ learner }) => learner.acts.some((act) => learner.isBelow(act, unit))),
        satisfied: taken.length,
        medianDays: quantile(taken, 0.5),
        leavers: count(
          ({ state, learner }) =>
            ['dropped', 'withdrawn'].includes(state) &&
            definition.units.find(
              (each) => learner.isDemanded(each, learner.until) && !learner.isSatisfied(each, learner.until),
            ) === unit,
        ),
      };
    }),
    weekly: weeks,
    attendance: definition.units.some(({ satisfiedBy }) => satisfiedBy === 'Attended')
      ? {
          held: sessions.length,
          attended,
          excused,
          presentMinutes: sessions.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
          slotMinutes: sessions.reduce((sum, { slot }) => sum + slot, 0),
        }
      : null,
    cost: cost
      ? {
          currency: cost.currency,
          total,
          perEnrolled: enrolled === 0 ? null : total / enrolled,
          perCompleter: completed === 0 ? null : total / completed,
        }
      : null,
  };
}

/** Wilson's interval by its definition: the shares p with |share - p| <= z sqrt(p (1 - p) / n), the roots of a quadratic. */
function rate(numerator: number, denominator: number) {
  if (denominator === 0) return { numerator, denominator, value: null, ci95: null };
  const share = numerator / denominator;
  const a = 1 + Z ** 2 / denominator;
  const b = -(2 * share + Z ** 2 / denominator);
  const root = Math.sqrt(Math.max(0, b ** 2 - 4 * a * share ** 2));
  return {
    numerator,
    denominator,
    value: share,
    ci95: [Math.max(0, (-b - root) / (2 * a)), Math.min(1, (-b + root) / (2 * a))],
  };
}

function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const [below = 0, above = below] = sorted.slice(Math.floor(position), Math.floor(position) + 2);
  return below + (above - below) * (position % 1);
}
