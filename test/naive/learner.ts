import type { CohortDefinition, Unit } from '../../config/cohort-definition.ts';
import type { LocalDays } from './local-days.ts';
import type { Stay } from './people.ts';
import type { Telling } from './read.ts';

const HAIR = 1e-9;

/** A cohort at T: nothing is known of the time after. */
export interface Moment {
  readonly definition: CohortDefinition;
  readonly days: LocalDays;
  readonly T: number;
  readonly today: number;
  readonly closingDay: number | null;
  readonly closed: boolean;
  /** Last instant that counts. */
  readonly lastInstant: number;
}

export function momentAt(definition: CohortDefinition, days: LocalDays, T: number): Moment {
  const closingDay =
    definition.endsOn === undefined ? null : days.dayOf(definition.endsOn) + definition.graceDays;
  const today = days.day(T);
  const lastInstant = closingDay === null ? T : Math.min(T, days.midnight(closingDay + 1) - 1);
  return {
    definition,
    days,
    T,
    today,
    closingDay,
    closed: closingDay !== null && today > closingDay,
    lastInstant,
  };
}

/** One enrolment with its evidence, and every question that metrics.md asks of it. */
export function learnerAt(moment: Moment, stay: Stay, isFirst: boolean, tellings: readonly Telling[]) {
  const { definition, days, lastInstant } = moment;
  const endedAt = stay.to !== null && stay.to <= lastInstant ? stay.to : null;
  const reason = endedAt === null ? null : (stay.reason ?? 'removed');
  const entry = Math.max(0, days.day(stay.from));
  const from = isFirst ? Math.min(stay.from, days.midnight(0)) : stay.from;
  const until = endedAt ?? lastInstant;
  const inWindow = tellings.filter(({ at }) => at >= from && at <= until);

  const bearsOnIt = (telling: Telling, { id }: Unit) =>
    telling.object === id || (telling.attempt && telling.parents.includes(id));
  const isBelow = (telling: Telling, { id }: Unit) =>
    telling.object === id || telling.parents.includes(id) || telling.around.includes(id);

  // Of the register's entries on a session the one recorded last counts; who was put right has not come.
  const isEntry = ({ meaning }: Telling) => ['attended', 'absent', 'excused'].includes(meaning);
  const sessions = definition.units.filter(({ satisfiedBy }) => satisfiedBy === 'Attended');
  const entryOf = (unit: Unit, x: number): Telling | null =>
    inWindow
      .filter((each) => isEntry(each) && each.object === unit.id && each.at <= x)
      .reduce<Telling | null>(
        (held, each) =>
          held === null ||
          each.stored > held.stored ||
          (each.stored === held.stored && each.event > held.event)
            ? each
            : held,
        null,
      );
  const isPutRight = (telling: Telling) =>
    isEntry(telling) &&
    sessions.some((unit) => telling.object === unit.id && entryOf(unit, until)?.event !== telling.event);
  const acts = onePerEvent(inWindow.filter((each) => each.act && !isPutRight(each)));

  const isCompleted = (unit: Unit, x: number): boolean => {
    const own = inWindow.filter(({ object, at }) => object === unit.id && at <= x);
    if (own.some(({ completion, lms }) => completion === true && !lms)) return true;
    const lms = own.filter(
      ({ completion, lms: derived }) => completion === false || (completion === true && derived),
    );
    const latest = Math.max(...lms.map(({ at }) => at));
    if (lms.some(({ at, completion }) => at === latest && completion === true)) return true;
    const { minProgress } = unit;
    if (minProgress === undefined) return false;
    const length = own.findLast((each) => each.length !== null)?.length ?? null;
    const played = own.flatMap(({ segments }) => segments);
    const watched = length === null ? 0 : seconds(played, length) / length;
    const told = own.filter(({ segments }) => segments.length === 0).map(({ progress }) => progress ?? 0);
    return (
      (length !== null && watched >= minProgress - HAIR) ||
      told.some((p) => p >= minProgress - HAIR && own.some(({ progress }) => progress !== null))
    );
  };
  const isPassed = (unit: Unit, x: number): boolean => {
    const { minScore } = unit;
    const attempts = inWindow
      .filter((each) => bearsOnIt(each, unit) && each.at <= x)
      .flatMap(({ at, success, score, lms }) => {
        if (minScore === undefined) return success === null ? [] : [{ at, passed: success }];
        if (score !== null) return [{ at, passed: score >= minScore - HAIR }];
        return success === null || lms ? [] : [{ at, passed: false }];
      });
    const latest = Math.max(...attempts.map(({ at }) => at));
    return attempts.some(({ at, passed }) => passed && (unit.attempts === 'best' || at === latest));
  };
  const presenceAt = (unit: Unit, x: number) => {
    const [begin, finish] = slotOf(unit);
    if (unit.cancelled) return { status: 'cancelled' as const, minutes: null };
    if (x < finish) return { status: 'upcoming' as const, minutes: null };
    const entry = entryOf(unit, x);
    if (entry?.meaning === 'excused') return { status: 'excused' as const, minutes: null };
    if (entry?.meaning === 'absent') return { status: 'absent' as const, minutes: 0 };
    const slot = (finish - begin) / 60_000;
    const moves = inWindow.filter(
      ({ object, meaning, at }) =>
        object === unit.id && (meaning === 'joined' || meaning === 'left') && at <= x,
    );
    const minutes = entry ? Math.min(entry.minutes ?? slot, slot) : minutesThere(moves, begin, finish);
    const enough = minutes > 0 && minutes / slot >= (unit.minAttendance ?? 0.8) - HAIR;
    return { status: enough ? ('attended' as const) : ('absent' as const), minutes };
  };
  const isWaived = (unit: Unit, x: number) =>
    inWindow.some(({ meaning, object, at }) => meaning === 'waived' && object === unit.id && at <= x);
  const isSatisfied = (unit: Unit, x: number): boolean => {
    if (isWaived(unit, x)) return true;
    switch (unit.satisfiedBy) {
      case 'Completed':
        return isCompleted(unit, x);
      case 'Passed':
        return isPassed(unit, x);
      case 'CompletedAndPassed':
        return isCompleted(unit, x) && isPassed(unit, x);
      case 'CompletedOrPassed':
        return isCompleted(unit, x) || isPassed(unit, x);
      case 'NotApplicable':
        return true;
      case 'Attended':
        return presenceAt(unit, x).status === 'attended';
    }
  };
  const isDemanded = (unit: Unit, x: number) => unit.required && !unit.cancelled && !isWaived(unit, x);
  const weight = (units: readonly Unit[]) => units.reduce((sum, unit) => sum + unit.weight, 0);
  /** Held while enrolled, and not waived. */
  const isOwed = (unit: Unit, x: number) =>
    !unit.cancelled && slotOf(unit)[1] <= x && slotOf(unit)[1] >= stay.from && !isWaived(unit, x);

  const isDone = (x: number): boolean => {
    const { require, mustSatisfy, minAttendance, acceptCourseCompletion } = definition.completion;
    const course = inWindow.filter(
      ({ object, completion, at }) =>
        at <= x && completion !== null && definition.contexts.some(({ activity }) => activity === object),
    );
    const latest = Math.max(...course.map(({ at }) => at));
    if (acceptCourseCompletion && course.some(({ at, completion }) => at === latest && completion === true))
      return true;
    if (!definition.units.some((unit) => unit.required && !unit.cancelled)) return false;
    const demanded = definition.units.filter((unit) => isDemanded(unit, x));
    const satisfied = demanded.filter((unit) => isSatisfied(unit, x));
    const enough =
      require === 'all'
        ? satisfied.length === demanded.length
        : weight(satisfied) >= require.weight * weight(demanded) - HAIR;
    const must = definition.units.filter(({ id, cancelled }) => mustSatisfy.includes(id) && !cancelled);
    const held = sessions
      .filter((unit) => isOwed(unit, x) && isDemanded(unit, x))
      .map((unit) => presenceAt(unit, x).status);
    const net = held.filter((status) => status !== 'excused');
    const share = net.length === 0 ? 1 : net.filter((status) => status === 'attended').length / net.length;
    return enough && must.every((unit) => isSatisfied(unit, x)) && share >= (minAttendance ?? 0) - HAIR;
  };

  /** Every instant at which an answer may change. */
  const instants = [
    ...new Set([from, ...inWindow.map(({ at }) => at), ...sessions.map((unit) => slotOf(unit)[1])]),
  ]
    .filter((x) => x >= from && x <= until)
    .sort((a, b) => b - a);
  /** Start of the unbroken spell up to the end: back from the last instant, one after the other. */
  const sinceWhen = (holds: (x: number) => boolean): number | null => {
    let since: number | null = null;
    for (const x of [until, ...instants]) {
      if (!holds(x)) break;
      since = x;
    }
    return since;
  };

  const pausedDay = (day: number): boolean =>
    definition.breaks.some((pause) => days.dayOf(pause.from) <= day && day <= days.dayOf(pause.to)) ||
    stay.suspended.some(([begin, finish]) => {
      const lastSuspended = Math.min(finish === null ? moment.T : finish - 1, moment.T);
      return begin <= lastSuspended && days.day(begin) <= day && day <= days.day(lastSuspended);
    });
  const lastActDay =
    acts.length === 0 ? entry : Math.max(entry, days.day(Math.max(...acts.map(({ at }) => at))));
  const silenceAt = (x: number): number => {
    const b = moment.closingDay === null ? days.day(x) : Math.min(days.day(x), moment.closingDay);
    let count = 0;
    for (let day = lastActDay + 1; day <= b; day += 1) if (!pausedDay(day)) count += 1;
    return count;
  };
  const dropDay = (): number => {
    let day = lastActDay + 1;
    while (pausedDay(day)) day += 1;
    return day;
  };
  return {
    stay,
    entry,
    from,
    until,
    endedAt,
    reason,
    inWindow,
    acts,
    sessions,
    isWaived,
    isSatisfied,
    isDemanded,
    isOwed,
    isBelow,
    presenceAt,
    isDone,
    sinceWhen,
    silenceAt,
    dropDay,
    weight,
  };
}

export type NaiveLearner = ReturnType<typeof learnerAt>;

/** From startsAt to endsAt, ms. */
function slotOf({ startsAt = '', endsAt = '' }: Unit): readonly [number, number] {
  return [Date.parse(startsAt), Date.parse(endsAt)];
}

/** Minutes inside a slot: between any two moves somebody was there or was not. */
function minutesThere(moves: readonly Telling[], begin: number, finish: number): number {
  const instants = [...new Set([...moves.map(({ at }) => at), finish])].sort((a, b) => a - b);
  let there = false;
  let total = 0;
  for (const [index, at] of instants.entries()) {
    const here = moves.filter((move) => move.at === at).map(({ meaning }) => meaning);
    const [joined, left] = [here.includes('joined'), here.includes('left')];
    if (joined !== left) there = joined;
    const next = Math.min(instants[index + 1] ?? finish, finish);
    if (there) total += Math.max(0, next - Math.max(at, begin));
  }
  return total / 60_000;
}

/** Seconds of a video that were played at least once: second by second. */
function seconds(segments: readonly (readonly [number, number])[], length: number): number {
  let count = 0;
  for (let second = 0; second < length; second += 1)
    if (segments.some(([from, to]) => from <= second && second + 1 <= to)) count += 1;
  return count;
}

function onePerEvent(tellings: readonly Telling[]): readonly Telling[] {
  return tellings.filter((each, index) => tellings.findIndex(({ event }) => event === each.event) === index);
}
