import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { csvText } from './csv-text.ts';
import type { Texts } from './intl.ts';
import { pseudonymCode } from './pseudonym.ts';
import { reasonWords } from './reason-words.ts';
import type { TodayRow } from './today-rows.ts';

const HEAD = [
  'enrolmentId',
  'name',
  'state',
  'since',
  'reasons',
  'reasonsInWords',
  'lastActAt',
  'progress',
  'missedSessions',
  'heldSessions',
  'contactedAt',
  'contactWay',
  'contactedBy',
  'contacted',
  'outcome',
  'outcomeAt',
] as const;

/**
 * The list of the day as CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheets): fields, states and reasons by the
 * names of metrics.md, the reasons in words besides, instants ISO 8601, progress a share 0..1. Notes of contacts stay out.
 */
export function todayCsv(definition: CohortDefinition, rows: readonly TodayRow[], texts: Texts): string {
  const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());
  const lines = rows.map(({ learner, name, reasons, missed, held, contact, answered }) => [
    learner.enrolment.id,
    name ?? pseudonymCode(learner.enrolment.id),
    learner.state,
    iso(learner.since),
    reasons.map(({ kind }) => kind).join(' '),
    reasons.map((reason) => reasonWords(reason, { texts, definition })).join(' ; '),
    iso(learner.lastActAt),
    learner.progress,
    missed,
    held,
    iso(contact?.at ?? null),
    contact?.way ?? null,
    contact?.recorder?.name ?? null,
    answered,
    contact?.outcome.kind ?? null,
    contact === null || contact.outcome.kind === 'nothing' ? null : iso(contact.outcome.at),
  ]);
  return csvText([HEAD, ...lines]);
}
