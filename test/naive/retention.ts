import type { Clock, Population } from '../../src/metrics/types.ts';

import type { Moment, NaiveLearner } from './learner.ts';
import { stateOf } from './state.ts';

const Z = 1.959963984540054;

interface Observed {
  readonly e: number;
  readonly x: number;
  readonly event: 'dropout' | 'completion' | 'censored';
  readonly H: number;
}

/** Who is observed, from when to when (metrics.md "Retention"). */
export function exits(
  moment: Moment,
  learners: readonly NaiveLearner[],
  clock: Clock,
  population: Population,
) {
  const { definition, days, today, closingDay, closed } = moment;
  const { dropAfterDays } = definition.dropout;
  const b = closingDay === null ? today : Math.min(today, closingDay);
  const isBreak = (day: number) =>
    definition.breaks.some(({ from, to }) => days.dayOf(from) <= day && day <= days.dayOf(to));
  const silence = (L: number) => {
    let count = 0;
    for (let day = L + 1; day <= b; day += 1) if (!isBreak(day)) count += 1;
    return count;
  };
  let knownThrough = b;
  if (dropAfterDays !== null) {
    let L = b;
    while (silence(L) < dropAfterDays) L -= 1;
    knownThrough = L + 1;
    while (isBreak(knownThrough)) knownThrough += 1;
  }
  knownThrough = Math.max(0, knownThrough);
  const H = closed && closingDay !== null ? closingDay : knownThrough;

  const before = { withdrawn: 0, transferred: 0 };
  const people: Observed[] = [];
  for (const learner of learners) {
    const state = stateOf(moment, learner);
    const { entry, endedAt, acts } = learner;
    if (
      (state === 'withdrawn' || state === 'transferred') &&
      endedAt !== null &&
      days.day(endedAt) <= entry
    ) {
      before[state] += 1;
      continue;
    }
    if (population === 'started' && acts.length === 0) continue;
    const firstAct = Math.min(...acts.map(({ at }) => at));
    const e = population === 'started' ? Math.max(entry, days.day(firstAct)) : entry;
    let x = H;
    let event: Observed['event'] = 'censored';
    const isEvent = (what: 'dropout' | 'completion', day: number) => {
      x = Math.max(day, e + 1);
      event = what;
    };
    const hadLeft =
      endedAt !== null &&
      acts.length > 0 &&
      dropAfterDays !== null &&
      learner.silenceAt(endedAt) >= dropAfterDays;
    if (state === 'dropped') isEvent('dropout', learner.dropDay());
    else if ((state === 'withdrawn' || state === 'transferred') && hadLeft)
      isEvent('dropout', learner.dropDay());
    else if (state === 'withdrawn') isEvent('dropout', days.day(endedAt ?? 0));
    else if (state === 'transferred') x = days.day(endedAt ?? 0);
    else if (state === 'completed') isEvent('completion', days.day(learner.sinceWhen(learner.isDone) ?? 0));
    if (x > H) {
      x = H;
      event = 'censored';
    }
    const zero = clock === 'learner' ? entry : 0;
    people.push({ e: e - zero, x: x - zero, event, H: H - zero });
  }
  return { people, H, knownThrough, before };
}

/** Both curves, day by day. */
export function retentionOf(
  moment: Moment,
  learners: readonly NaiveLearner[],
  clock: Clock,
  population: Population,
) {
  const { people, H, knownThrough, before } = exits(moment, learners, clock, population);
  const last = Math.max(0, ...people.map(({ x, H: own }) => Math.max(x, own)));
  const curve = [];
  let S = 1;
  let greenwood = 0;
  for (let u = 0; u <= last; u += 1) {
    // Who completed can never drop and stays at risk until the horizon.
    const n = people.filter(
      ({ e, x, event, H: own }) => e < u && u <= (event === 'completion' ? own : x),
    ).length;
    const d = people.filter(({ e, x, event }) => event === 'dropout' && x === u && e < u).length;
    if (d === 0) continue;
    S = S * (1 - d / n);
    greenwood += d / (n * (n - d));
    const se = S === 0 ? null : S * Math.sqrt(greenwood);
    const [lo, hi] = se === null || S === 1 ? [null, null] : logLog(S, se);
    curve.push({ day: u, atRisk: n, events: d, survival: S, se, lo, hi, thin: n < 10 });
  }
  const outcomes = [];
  let stillIn = 1;
  let dropped = 0;
  let completed = 0;
  for (let u = 0; u <= last; u += 1) {
    const n = people.filter(({ e, x }) => e < u && u <= x).length;
    const d = people.filter(({ e, x, event }) => event === 'dropout' && x === u && e < u).length;
    const c = people.filter(({ e, x, event }) => event === 'completion' && x === u && e < u).length;
    if (d + c === 0) continue;
    dropped += stillIn * (d / n);
    completed += stillIn * (c / n);
    stillIn *= 1 - (d + c) / n;
    outcomes.push({ day: u, dropped, completed, stillIn, atRisk: n, thin: n < 10 });
  }
  return {
    clock,
    population,
    horizon: H,
    knownThrough,
    n: people.length,
    withdrawnBeforeStart: before.withdrawn,
    transferredBeforeStart: before.transferred,
    curve,
    outcomes,
  };
}

/** ln(-ln S) is taken for normal: its standard error is se / (S ln S). */
function logLog(S: number, se: number): readonly [number, number] {
  const centre = Math.log(-Math.log(S));
  const reach = (Z * se) / Math.abs(S * Math.log(S));
  return [Math.exp(-Math.exp(centre + reach)), Math.exp(-Math.exp(centre - reach))];
}
