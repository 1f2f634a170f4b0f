import { contentId } from '../base/content-id.ts';
import type { EnrolmentChange } from '../storage/ports/cohort-store.ts';
import { byBeginning, covers, type Episode, isEndedByPerson } from './episode.ts';
import type { KnownFact } from './fact.ts';

/** What statements may tell of an enrolment, in the order in which they hold at the same instant. */
const TELLING = ['withdrew', 'enrolled', 'suspended', 'resumed'] as const;
type Telling = (typeof TELLING)[number];

/** A statement about somebody's enrolment in the cohort as a whole. */
export type ToldFact = KnownFact & { readonly meaning: Telling };

/** Of which cohort; whether statements alone make learners. */
export interface ToldCohort {
  readonly org: string;
  readonly cohortId: string;
  readonly enrolFromStatements: boolean;
}

/** True of a fact that tells of an enrolment, voided or not. */
export function isTold(fact: KnownFact): fact is ToldFact {
  return fact.whole === true && TELLING.some((telling) => telling === fact.meaning);
}

/** The facts that tell of enrolments, told by `knownAt` (ms; null: everything) and not voided by then. */
export function toldFacts(facts: readonly KnownFact[], knownAt: number | null): readonly ToldFact[] {
  return facts
    .filter(isTold)
    .filter(({ stored, voidedAt }) =>
      knownAt === null ? voidedAt === null : stored <= knownAt && (voidedAt === null || voidedAt > knownAt),
    );
}

/** Id of the episode that a statement of enrolment begins: the same event told twice begins the same one. */
export function toldEpisodeId(
  org: string,
  cohortId: string,
  { actor, at }: Pick<KnownFact, 'actor' | 'at'>,
): string {
  return contentId(['enrolled', org, cohortId, actor, at].join('\n'));
}

/** An episode in the making. */
type Draft = { -readonly [Key in keyof Episode]: Episode[Key] } & {
  /** Begun by a statement, it goes over into this one, recorded later, when it lasts until then. */
  becomes?: Draft;
  /** The ending that was recorded, where a statement told of an earlier one. */
  after?: Pick<EnrolmentChange, 'endedAt' | 'reason' | 'source'>;
};

/**
 * A person's episodes with what statements tell of them (vocabulary.md "Statement enrolments"), by timestamp, never by
 * arrival; the same told again changes nothing. `withdrew` ends the episode that is open (removed), `suspended` and
 * `resumed` pause it, `enrolled` confirms it, and begins a new one after an ending; before any, only where the cohort
 * enrols from statements. What a person ended or corrected stays so; who is excluded stays excluded.
 * @param recorded the person's episodes without statements
 * @param amended what was recorded of episodes that statements told, by id
 */
export function withTold(
  cohort: ToldCohort,
  person: string,
  recorded: readonly Episode[],
  told: readonly ToldFact[],
  amended: ReadonlyMap<string, EnrolmentChange>,
): readonly Episode[] {
  if (told.length === 0) return recorded;
  const drafts: Draft[] = recorded
    .filter(({ reason }) => reason !== 'excluded')
    .map((episode) => ({ ...episode }));
  const excluded = recorded.filter(({ reason }) => reason === 'excluded');
  for (const fact of [...told].sort(inOrder)) {
    const { at, meaning } = fact;
    const open = drafts.findLast((draft) => covers(draft, at));
    if (meaning === 'enrolled') {
      const known =
        cohort.enrolFromStatements || drafts.some(({ endedAt }) => endedAt !== null && endedAt <= at);
      if (open || excluded.length > 0 || !known) continue;
      const begun = begin(cohort, person, fact, drafts, amended);
      if (begun) drafts.splice(drafts.findLastIndex(({ enrolledAt }) => enrolledAt <= at) + 1, 0, begun);
    } else if (open && !isCorrected(open, at)) {
      if (meaning === 'withdrew') end(open, at);
      else if (meaning === 'suspended') open.suspensions = [...open.suspensions, [at, null]];
      else open.suspensions = resumed(open.suspensions, at);
    }
  }
  return [...settled(drafts), ...excluded].sort(byBeginning);
}

function inOrder(a: ToldFact, b: ToldFact): number {
  return (
    a.at - b.at ||
    TELLING.indexOf(a.meaning) - TELLING.indexOf(b.meaning) ||
    (a.actor < b.actor ? -1 : a.actor > b.actor ? 1 : 0)
  );
}

/** Set right by a person at a time when what happened at `at` was past. */
function isCorrected(episode: Draft, at: number): boolean {
  return episode.parts.some(({ correctedAt }) => correctedAt !== undefined && at <= correctedAt);
}

function end(open: Draft, at: number): void {
  if (isEndedByPerson(open)) return;
  if (open.endedAt !== null) open.after = { endedAt: open.endedAt, reason: open.reason, source: open.source };
  delete open.becomes;
  open.endedAt = at;
  open.reason = 'removed';
  open.source = 'statement';
}

function resumed(suspensions: EnrolmentChange['suspensions'], at: number): EnrolmentChange['suspensions'] {
  return suspensions.map(([from, to]) => (from <= at && (to === null || to > at) ? [from, at] : [from, to]));
}

/** The episode that `enrolled` begins; null when a person undid it, or set right the one that follows. */
function begin(
  { org, cohortId }: ToldCohort,
  person: string,
  fact: ToldFact,
  drafts: readonly Draft[],
  amended: ReadonlyMap<string, EnrolmentChange>,
): Draft | null {
  const { at } = fact;
  const enrolmentId = toldEpisodeId(org, cohortId, fact);
  const amendment = amended.get(enrolmentId);
  if (amendment?.undone || amendment?.reason === 'excluded') return null;
  const next = drafts.find(({ enrolledAt }) => enrolledAt > at);
  if (next && isCorrected(next, at)) return null;
  const before = drafts.findLast(({ enrolledAt }) => enrolledAt <= at)?.after;
  const ended = before && before.endedAt !== null && before.endedAt > at ? before : null;
  const told: EnrolmentChange = amendment ?? {
    org,
    cohortId,
    enrolmentId,
    learnerId: person,
    enrolledAt: at,
    enrolledAtSource: 'stated',
    endedAt: null,
    reason: null,
    suspensions: [],
    source: 'statement',
    recordedAt: fact.stored,
    told: true,
    ...ended,
  };
  const draft: Draft = { ...told, learnerId: person, parts: [told] };
  if (next && (draft.endedAt === null || draft.endedAt >= next.enrolledAt)) {
    draft.endedAt = next.enrolledAt;
    draft.reason = null;
    draft.becomes = next;
  }
  return draft;
}

/** What lasted until a recorded beginning is that episode, begun earlier. */
function settled(drafts: readonly Draft[]): readonly Episode[] {
  for (const draft of drafts) {
    const { becomes } = draft;
    if (becomes === undefined) continue;
    becomes.enrolledAt = draft.enrolledAt;
    becomes.enrolledAtSource = 'stated';
    becomes.suspensions = [...draft.suspensions, ...becomes.suspensions];
  }
  return drafts
    .filter(({ becomes }) => becomes === undefined)
    .map(({ becomes: _, after: __, ...episode }) => episode);
}
