import type { Unit } from '../../config/cohort-definition.ts';
import type { Frame } from './enrolments.ts';
import type { Fact } from './fact.ts';
import type { LearnerProgress } from './learner-progress.ts';
import { registerEntry, slotOf } from './sessions.ts';
import { type Doing, PRESENCE, type TimelineEntry } from './timeline-entry.ts';
import { TOLERANCE } from './unit-spells.ts';

/** What a learner did, and what others recorded of them: acts by day and unit, sessions, steps done, waivers. */
export function workOf(
  frame: Frame,
  learner: LearnerProgress,
  evidence: readonly Fact[],
): readonly TimelineEntry[] {
  const units = new Map(frame.definition.units.map((unit) => [unit.id, unit]));
  const isSession = (unit: string | null) => {
    const found = unit === null ? undefined : units.get(unit);
    return found !== undefined && slotOf(found) !== null;
  };
  const groups = new Map<string, Fact[]>();
  for (const fact of evidence) {
    const unit = unitOf(fact);
    if (fact.act ? PRESENCE.has(fact.meaning) && isSession(unit) : fact.meaning !== 'visited') continue;
    const key = `${frame.calendar.day(fact.at)}\n${fact.act ? `work\n${unit ?? ''}` : 'visited'}`;
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  const daysWorked = new Set<number>();
  const done = doneOn(frame, learner);
  const seen = new Set<string>();
  const work = [...groups.values()].flatMap((facts): TimelineEntry[] => {
    const [first] = facts;
    const last = facts.at(-1);
    if (first === undefined || last === undefined || !first.act) return [];
    const unit = unitOf(first);
    const day = frame.calendar.day(first.at);
    daysWorked.add(day);
    const satisfied = unit !== null && done.get(unit) === day;
    if (satisfied) seen.add(unit);
    const doings = unit === null ? [] : doingsOf(facts, units.get(unit));
    return [{ kind: 'work', unit, doings, satisfied, ...traced(facts, first, last) }];
  });
  const visits = [...groups.values()].flatMap((facts): TimelineEntry[] => {
    const [first] = facts;
    const last = facts.at(-1);
    if (first === undefined || last === undefined || first.act) return [];
    // Who opens the course and works in it has worked.
    if (daysWorked.has(frame.calendar.day(first.at))) return [];
    return [{ kind: 'visited', ...traced(facts, first, last) }];
  });
  return [
    ...work,
    ...visits,
    ...sessionsOf(frame, learner, evidence),
    ...satisfiedOf(learner, units, seen, evidence),
    ...waivedOf(evidence),
  ];
}

function traced(facts: readonly Fact[], first: Fact, last: Fact) {
  const sources = facts.map(({ statementId }) => statementId);
  return { at: first.at, traces: facts.length, from: first.at, to: last.at, sources };
}

/** The unit that a fact is told of: the nearest. */
function unitOf({ units }: Fact): string | null {
  const near = ['self', 'attempt', 'below'].map((bearing) => units.find((each) => each.bearing === bearing));
  return near.find((each) => each !== undefined)?.unit ?? null;
}

/** The day on which each unit was satisfied, where it is. */
function doneOn({ calendar }: Frame, { units }: LearnerProgress): ReadonlyMap<string, number> {
  return new Map(
    units.flatMap(({ id, satisfiedAt }) =>
      satisfiedAt === null ? [] : [[id, calendar.day(satisfiedAt)] as const],
    ),
  );
}

/** What acts on a unit amount to, the most telling first. */
function doingsOf(facts: readonly Fact[], unit: Unit | undefined): readonly Doing[] {
  const doings: Doing[] = [];
  const own = facts.filter(({ units }) =>
    units.some((each) => each.unit === unit?.id && each.bearing !== 'below'),
  );
  if (
    own.some(
      ({ completion, units }) => completion === true && units.some(({ bearing }) => bearing === 'self'),
    )
  )
    doings.push({ kind: 'completed', share: null });
  const tried = own.filter(({ score, success }) => score !== null || success !== null);
  const outcomes = tried.map((fact) => ({ share: fact.score, outcome: outcomeOf(fact, unit) }));
  for (const kind of ['passed', 'failed', 'scored'] as const) {
    const shares = outcomes.filter(({ outcome }) => outcome === kind).map(({ share }) => share ?? -1);
    if (shares.length === 0) continue;
    // Who passed in the end has not failed that day.
    if (kind !== 'passed' && doings.some((doing) => doing.kind === 'passed')) continue;
    const best = Math.max(...shares);
    doings.push({ kind, share: best < 0 ? null : best });
  }
  const progress = Math.max(...own.map((fact) => fact.progress ?? -1), -1);
  if (doings.length === 0 && progress >= 0) doings.push({ kind: 'progressed', share: progress });
  if (doings.length > 0) return doings;
  return [{ kind: facts.every(({ meaning }) => meaning === 'started') ? 'opened' : 'worked', share: null }];
}

function outcomeOf({ score, success }: Fact, unit: Unit | undefined): 'passed' | 'failed' | 'scored' {
  if (unit?.minScore !== undefined && score !== null)
    return score >= unit.minScore - TOLERANCE ? 'passed' : 'failed';
  return success === null ? 'scored' : success ? 'passed' : 'failed';
}

function sessionsOf(
  { definition }: Frame,
  { sessions }: LearnerProgress,
  evidence: readonly Fact[],
): readonly TimelineEntry[] {
  return sessions.flatMap(({ unit: id, status, minutes, owed }): TimelineEntry[] => {
    const unit = definition.units.find((each) => each.id === id);
    const slot = unit === undefined ? null : slotOf(unit);
    if (slot === null || !owed || status === 'cancelled' || status === 'upcoming') return [];
    const own = evidence.filter(
      ({ meaning, units }) =>
        PRESENCE.has(meaning) && units.some((each) => each.unit === id && each.bearing === 'self'),
    );
    const entry = registerEntry(own);
    const sources = (entry === null ? own : [entry]).map(({ statementId }) => statementId);
    const told = { recorder: entry?.entry?.recorder ?? null, recordedAt: entry?.stored ?? null };
    return [{ kind: 'session', at: slot.to, unit: id, status, minutes, ...told, sources }];
  });
}

/** Units satisfied on a day without work on them: an LMS concluded it, or a rule did. */
function satisfiedOf(
  { units }: LearnerProgress,
  definitions: ReadonlyMap<string, Unit>,
  seen: ReadonlySet<string>,
  evidence: readonly Fact[],
): readonly TimelineEntry[] {
  return units.flatMap(({ id, satisfiedAt, waived }): TimelineEntry[] => {
    const rule = definitions.get(id)?.satisfiedBy;
    if (satisfiedAt === null || waived || seen.has(id) || rule === 'NotApplicable' || rule === 'Attended')
      return [];
    const sources = evidence
      .filter(({ at, units: told }) => at === satisfiedAt && told.some(({ unit }) => unit === id))
      .map(({ statementId }) => statementId);
    return [{ kind: 'satisfied', at: satisfiedAt, unit: id, sources }];
  });
}

function waivedOf(evidence: readonly Fact[]): readonly TimelineEntry[] {
  return evidence.flatMap(({ meaning, at, stored, statementId, entry, units }): TimelineEntry[] => {
    const unit = units.find(({ bearing }) => bearing === 'self')?.unit;
    if (meaning !== 'waived' || unit === undefined) return [];
    const { reason = null, recorder = null } = entry ?? {};
    return [{ kind: 'waived', at, unit, reason, recorder, recordedAt: stored, sources: [statementId] }];
  });
}
