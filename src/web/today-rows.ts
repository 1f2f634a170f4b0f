import { type Contact, contactsOf } from '../cohorts/contacts.ts';
import type { CohortFigures } from '../cohorts/figures.ts';
import { type ContactOutcome, contactOutcome } from '../progress/contact-outcome.ts';
import type { LearnerProgress } from '../progress/learner-progress.ts';
import { missedSessions, type Reason, reasonsOf, reasonsSince } from '../progress/reasons.ts';
import { pseudonymCode } from './pseudonym.ts';
import { plain } from './select-rows.ts';
import { OPEN_STATES, readTodaySort, type TodayQuery, type TodaySortColumn } from './today-query.ts';

export const TODAY_PAGE = 25;
/** For how many days a contact is recent. */
export const RECENT_DAYS = 30;

/** Somebody in the list of the day. */
export interface TodayRow {
  readonly learner: LearnerProgress;
  readonly name: string | null;
  /** Neither completed nor gone, in a cohort that is not over: dropped people may come back. */
  readonly expected: boolean;
  readonly reasons: readonly Reason[];
  /** Sessions missed, and held while enrolled. */
  readonly missed: number;
  readonly held: number;
  /** The last contact of this enrolment, and what came of it. */
  readonly contact: (Contact & { readonly outcome: ContactOutcome }) | null;
  /** Somebody has been in touch about the reasons since they hold. */
  readonly answered: boolean;
}

type Found = Pick<CohortFigures, 'definition' | 'progress' | 'facts' | 'nameOf'>;

const OPEN: ReadonlySet<string> = new Set<string>(OPEN_STATES);

/** Everybody of the cohort, as the page of the day tells of them. */
export function todayRows({ progress, facts, nameOf }: Found): readonly TodayRow[] {
  const { frame, persons, learners } = progress;
  const contacts = new Map<string, Contact[]>();
  for (const contact of contactsOf(facts, persons.ofActor))
    contacts.set(contact.learnerId, [...(contacts.get(contact.learnerId) ?? []), contact]);
  return learners.map((learner): TodayRow => {
    const { enrolment, sessions } = learner;
    const reasons = reasonsOf(frame, learner);
    const since = reasonsSince(frame, learner, reasons);
    const last = contacts
      .get(enrolment.learnerId)
      ?.find(({ at }) => at >= enrolment.enrolledAt && at <= frame.asOf);
    return {
      learner,
      name: nameOf(enrolment.learnerId),
      expected: !frame.closed && OPEN.has(learner.state),
      reasons,
      missed: missedSessions(learner).length,
      held: sessions.filter(({ owed }) => owed).length,
      contact: last === undefined ? null : { ...last, outcome: contactOutcome(learner, last.at) },
      answered: last !== undefined && since !== null && last.at >= since,
    };
  });
}

/** In touch with within the last 30 days. */
export function isRecent({ contact }: TodayRow, asOf: number): boolean {
  return contact !== null && contact.at > asOf - RECENT_DAYS * 86_400_000;
}

/** Infinity minus infinity is no number, hence no subtraction. */
function ascending(a: number | null, b: number | null): number {
  const [x, y] = [a ?? Number.NEGATIVE_INFINITY, b ?? Number.NEGATIVE_INFINITY];
  return x < y ? -1 : x > y ? 1 : 0;
}

const BY_STATE: readonly string[] = OPEN_STATES;

/** Who is at risk comes first, then who is dropped, then the others; of these the most reasons, then the longest silence. */
function rank({ learner, reasons }: TodayRow): number {
  return learner.alerts.length > 0 ? -1 - learner.alerts.length : reasons.length > 0 ? -1 : 0;
}

const comparators: Readonly<Record<TodaySortColumn, (a: TodayRow, b: TodayRow) => number>> = {
  attention: (a, b) => rank(a) - rank(b) || ascending(a.learner.lastActAt, b.learner.lastActAt),
  name: () => 0,
  state: (a, b) => BY_STATE.indexOf(a.learner.state) - BY_STATE.indexOf(b.learner.state),
  lastAct: (a, b) => ascending(a.learner.lastActAt, b.learner.lastActAt),
  progress: (a, b) => ascending(a.learner.progress, b.learner.progress),
  missed: (a, b) => a.missed - b.missed,
  contact: (a, b) => ascending(a.contact?.at ?? null, b.contact?.at ?? null),
};

const collator = new Intl.Collator('fr', { sensitivity: 'base', numeric: true });

function byNameThenId(a: TodayRow, b: TodayRow): number {
  return collator.compare(nameOf(a), nameOf(b)) || (a.learner.enrolment.id < b.learner.enrolment.id ? -1 : 1);
}

function nameOf({ name, learner }: TodayRow): string {
  return name ?? pseudonymCode(learner.enrolment.id);
}

/** The rows that match the query, in its order. A unit asks for who has not done it, `q` for a part of the name. */
export function matchToday(
  rows: readonly TodayRow[],
  { reason, state, unit, q, contact, sort }: TodayQuery,
  asOf: number,
): readonly TodayRow[] {
  const wanted = q === undefined ? null : plain(q);
  const { column, descending } = readTodaySort(sort);
  const sign = descending ? -1 : 1;
  const isAsked = (row: TodayRow) =>
    contact === 'recent'
      ? isRecent(row, asOf) && (reason === undefined || reason === 'all' || hasReason(row, reason))
      : row.expected && (reason === 'all' || hasReason(row, reason));
  return rows
    .filter(
      (row) =>
        isAsked(row) &&
        (state === undefined || row.learner.state === state) &&
        (unit === undefined || isLeft(row, unit)) &&
        (contact !== 'none' || !row.answered) &&
        (contact !== 'done' || row.answered) &&
        (wanted === null || plain(nameOf(row)).includes(wanted)),
    )
    .sort((a, b) => sign * (comparators[column](a, b) || byNameThenId(a, b)));
}

function hasReason({ reasons }: TodayRow, wanted: TodayQuery['reason']): boolean {
  return wanted === undefined ? reasons.length > 0 : reasons.some(({ kind }) => kind === wanted);
}

function isLeft({ learner }: TodayRow, place: number): boolean {
  const unit = learner.units[place - 1];
  return unit !== undefined && unit.satisfiedAt === null && !unit.waived;
}
