import type {
  EndReason,
  EnrolmentChange,
  EnrolmentSource,
  IdentityLink,
} from '../storage/ports/cohort-store.ts';
import type { EnrolmentRecords } from './cohort-episodes.ts';
import type { Persons } from './persons.ts';
import { isTold } from './told-enrolments.ts';

/** What one line of a history tells. */
export type HistoryKind =
  | 'enrolled'
  | 'moved'
  | 'ended'
  | 'reopened'
  | 'reasoned'
  | 'excluded'
  | 'readmitted'
  | 'suspended'
  | 'resumed'
  | 'unsuspended'
  | 'corrected'
  | 'undone'
  | 'restored'
  | 'toldEnrolled'
  | 'toldWithdrew'
  | 'toldSuspended'
  | 'toldResumed'
  | 'voided'
  | 'linked'
  | 'unlinked';

/** One thing that was recorded about somebody's enrolment. Times are ms. */
export interface HistoryEntry {
  readonly kind: HistoryKind;
  /** When it was recorded. */
  readonly recordedAt: number;
  /** Key, command, person, or what tells by itself; null: not known. */
  readonly recordedBy: string | null;
  readonly source: EnrolmentSource | 'identity';
  /** The instant it is about: a beginning, an ending, a suspension. */
  readonly at: number | null;
  readonly reason: EndReason | null;
  /** The beginning is assumed: nobody said when. */
  readonly assumed: boolean;
  readonly enrolmentId: string | null;
  readonly statementId: string | null;
  /** The learners that were linked, or the actor whom a statement is about, as an actor key. */
  readonly actors: readonly string[];
}

const TOLD = {
  enrolled: 'toldEnrolled',
  withdrew: 'toldWithdrew',
  suspended: 'toldSuspended',
  resumed: 'toldResumed',
} as const;

/**
 * Everything that was recorded of somebody's enrolment, in the order it was recorded, by `knownAt` (ms; null: everything):
 * changes one by one, statements and their voids, links between identifiers.
 * @param person the learner that stands for them
 */
export function enrolmentHistory(
  records: EnrolmentRecords,
  persons: Persons,
  person: string,
  knownAt: number | null,
): readonly HistoryEntry[] {
  const isOwn = (learnerId: string) => persons.ofLearner(learnerId) === person;
  const known = ({ recordedAt }: { readonly recordedAt: number }) =>
    knownAt === null || recordedAt <= knownAt;
  const changes = records.changes.filter(({ learnerId }) => isOwn(learnerId));
  const told = records.facts.filter(isTold).filter(({ actor }) => persons.ofActor(actor) === person);
  const links = records.links.filter(({ learnerId, other }) => isOwn(learnerId) || isOwn(other));
  const actorOf = new Map(records.identities.map(({ learnerId, actor }) => [learnerId, actor]));
  const entries: HistoryEntry[] = [
    ...ofChanges(changes),
    ...told.flatMap(({ actor, at, stored, meaning, statementId, voidedAt }): HistoryEntry[] => {
      const entry = {
        ...NOTHING,
        recordedBy: null,
        source: 'statement' as const,
        at,
        statementId,
        actors: [actor],
      };
      return [
        { ...entry, kind: TOLD[meaning], recordedAt: stored },
        ...(voidedAt === null ? [] : [{ ...entry, kind: 'voided' as const, recordedAt: voidedAt }]),
      ];
    }),
    ...links.map((link): HistoryEntry => ofLink(link, actorOf)),
  ];
  return entries.filter(known).sort((a, b) => a.recordedAt - b.recordedAt);
}

const NOTHING = {
  at: null,
  reason: null,
  assumed: false,
  enrolmentId: null,
  statementId: null,
  actors: [],
} as const;

function ofLink(
  { learnerId, other, linked, recordedAt, recordedBy }: IdentityLink,
  actorOf: ReadonlyMap<string, string>,
): HistoryEntry {
  const actors = [learnerId, other].flatMap((each) => actorOf.get(each) ?? []);
  return {
    ...NOTHING,
    kind: linked ? 'linked' : 'unlinked',
    recordedAt,
    recordedBy,
    source: 'identity',
    actors,
  };
}

/** The differences that changes made, episode by episode. */
function ofChanges(changes: readonly EnrolmentChange[]): readonly HistoryEntry[] {
  const episodes = new Map<string, EnrolmentChange[]>();
  for (const change of changes)
    episodes.set(change.enrolmentId, [...(episodes.get(change.enrolmentId) ?? []), change]);
  return [...episodes.values()].flatMap((own) => {
    const inOrder = [...own].sort((a, b) => a.recordedAt - b.recordedAt);
    return inOrder.flatMap((change, index) => differences(inOrder[index - 1] ?? null, change));
  });
}

function differences(before: EnrolmentChange | null, after: EnrolmentChange): readonly HistoryEntry[] {
  const { recordedAt, recordedBy = null, source, enrolmentId } = after;
  const entry = (kind: HistoryKind, change: Partial<HistoryEntry> = {}): HistoryEntry => ({
    ...NOTHING,
    kind,
    recordedAt,
    recordedBy,
    source,
    enrolmentId,
    ...change,
  });
  const { enrolledAt, reason } = after;
  if (after.undone) return before?.undone ? [] : [entry('undone', { at: enrolledAt })];
  if (before?.undone) return [entry('restored', { at: enrolledAt })];
  const assumed = after.enrolledAtSource === 'assumed';
  const beginning =
    before === null && reason !== 'excluded' && !after.told
      ? [entry('enrolled', { at: enrolledAt, assumed })]
      : before !== null && before.enrolledAt !== enrolledAt
        ? [entry('moved', { at: enrolledAt, assumed })]
        : [];
  const told = [...beginning, ...ending(before, after, entry), ...pauses(before, after, entry)];
  const confirmed = told.length === 0 && before?.correctedAt !== after.correctedAt;
  return confirmed ? [entry('corrected')] : told;
}

type Entry = (kind: HistoryKind, change?: Partial<HistoryEntry>) => HistoryEntry;

function ending(before: EnrolmentChange | null, { endedAt, reason }: EnrolmentChange, entry: Entry) {
  const was = { endedAt: before?.endedAt ?? null, reason: before?.reason ?? null };
  if (was.reason !== 'excluded' && reason === 'excluded') return [entry('excluded', { at: endedAt, reason })];
  const back = was.reason === 'excluded' && reason !== 'excluded' ? [entry('readmitted')] : [];
  if (endedAt === null) return was.endedAt === null || back.length > 0 ? back : [entry('reopened')];
  if (was.endedAt !== endedAt) return [...back, entry('ended', { at: endedAt, reason: reason ?? 'removed' })];
  return was.reason !== reason && back.length === 0 ? [entry('reasoned', { at: endedAt, reason })] : back;
}

function pauses(before: EnrolmentChange | null, { suspensions }: EnrolmentChange, entry: Entry) {
  const was = new Map((before?.suspensions ?? []).map(([from, to]) => [from, to]));
  const is = new Map(suspensions.map(([from, to]) => [from, to]));
  return [
    ...[...is].flatMap(([from, to]) => [
      ...(was.has(from) ? [] : [entry('suspended', { at: from })]),
      ...(to !== null && was.get(from) !== to ? [entry('resumed', { at: to })] : []),
      ...(to === null && (was.get(from) ?? null) !== null ? [entry('suspended', { at: from })] : []),
    ]),
    ...[...was.keys()].filter((from) => !is.has(from)).map((from) => entry('unsuspended', { at: from })),
  ];
}
