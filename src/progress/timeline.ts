import { completionSpells } from './completion.ts';
import type { Frame } from './enrolments.ts';
import type { Episode } from './episode.ts';
import { evidenceOf } from './evidence.ts';
import type { KnownFact } from './fact.ts';
import type { LearnerProgress } from './learner-progress.ts';
import { standingOf } from './satisfaction.ts';
import { sessionIds } from './sessions.ts';
import type { TimelineEntry } from './timeline-entry.ts';
import { overdueOf, silencesOf, statesOf } from './timeline-states.ts';
import { workOf } from './timeline-work.ts';
import { factsByUnit } from './unit-facts.ts';

/**
 * Everything that happened with one person in a cohort until the frame's instant, in the order of time: what they did,
 * sessions, due dates missed, silences, changes of state, enrolments, waivers.
 * @param enrolments all of the person's
 * @param facts of all the person's identities
 * @param episodes of the person, for what was recorded of the enrolments themselves
 */
export function timelineOf(
  frame: Frame,
  enrolments: readonly LearnerProgress[],
  facts: readonly KnownFact[],
  episodes: readonly Episode[],
): readonly TimelineEntry[] {
  const { definition, asOf } = frame;
  const sessions = sessionIds(definition);
  const told = enrolments.flatMap((learner) => {
    const evidence = evidenceOf(learner.enrolment, facts, null, sessions);
    const unitFacts = factsByUnit(evidence);
    const standings = definition.units.map((unit) => standingOf(unit, learner.enrolment, unitFacts(unit.id)));
    const completions = completionSpells(definition, standings, evidence, learner.enrolment);
    return [
      ...workOf(frame, learner, evidence),
      ...statesOf(frame, learner, completions),
      ...silencesOf(frame, learner),
      ...overdueOf(frame, learner),
    ];
  });
  return [...told, ...episodes.flatMap(enrolmentOf)]
    .filter(({ at }) => at <= asOf)
    .sort((a, b) => a.at - b.at || RANK.indexOf(a.kind) - RANK.indexOf(b.kind));
}

/** Of one instant, what comes first: an enrolment before what is done in it, what is done before what follows from it. */
const RANK: readonly TimelineEntry['kind'][] = [
  'enrolled',
  'resumed',
  'visited',
  'work',
  'session',
  'satisfied',
  'waived',
  'overdue',
  'silence',
  'state',
  'suspended',
  'ended',
];

function enrolmentOf({
  enrolledAt,
  enrolledAtSource,
  endedAt,
  reason,
  suspensions,
}: Episode): readonly TimelineEntry[] {
  if (reason === 'excluded') return [];
  const sources: readonly string[] = [];
  return [
    { kind: 'enrolled', at: enrolledAt, assumed: enrolledAtSource === 'assumed', sources },
    ...suspensions.flatMap(([from, to]): TimelineEntry[] => [
      { kind: 'suspended', at: from, sources },
      ...(to === null ? [] : [{ kind: 'resumed' as const, at: to, sources }]),
    ]),
    ...(endedAt === null
      ? []
      : [{ kind: 'ended' as const, at: endedAt, reason: reason ?? 'removed', sources }]),
  ];
}
