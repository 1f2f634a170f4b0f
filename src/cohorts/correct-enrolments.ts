import { z } from 'zod';
import { instant } from '../../config/cohort-definition.ts';
import { AssiduError } from '../base/errors.ts';
import { heldChanges } from '../progress/cohort-episodes.ts';
import type { Episode } from '../progress/episode.ts';
import type { CohortStore, EnrolmentChange } from '../storage/ports/cohort-store.ts';
import type { Cohort } from './definitions.ts';
import { REASONS, suspensionsSchema } from './enrolment-entries.ts';
import type { Enrolments } from './enrolments.ts';
import { amended, isSame, laterThan, type Recording, type Terms } from './episodes.ts';

/** Body of PATCH …/enrolments/{enrolment}: what is to be different. */
export const correctionSchema = z
  .strictObject({
    enrolledAt: instant.optional(),
    /** null: it goes on. */
    endedAt: instant.nullable().optional(),
    /** null: of an excluded one, it is as it was before. */
    reason: z.enum(REASONS).nullable().optional(),
    suspensions: suspensionsSchema.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'says nothing');
export type Correction = z.output<typeof correctionSchema>;

/** Sets enrolments right, whoever told of them; every correction is one more change in the history. */
export interface EnrolmentCorrections {
  /** Throws `not-found` for an episode that does not hold, `invalid-request` naming the field at fault. */
  correct(
    cohort: Cohort,
    enrolmentId: string,
    correction: Correction,
    by: Pick<Recording, 'source' | 'recordedBy'>,
  ): Promise<'changed' | 'unchanged'>;
  /** The episode never was. Throws `not-found`. */
  undo(cohort: Cohort, enrolmentId: string, by: Pick<Recording, 'source' | 'recordedBy'>): Promise<void>;
}

export interface CorrectionDeps {
  readonly store: Pick<CohortStore, 'addEnrolmentChanges'>;
  readonly enrolments: Pick<Enrolments, 'known'>;
  /** ms since the epoch. */
  readonly clock: () => number;
}

export function createEnrolmentCorrections({
  store,
  enrolments,
  clock,
}: CorrectionDeps): EnrolmentCorrections {
  const find = async (cohort: Cohort, enrolmentId: string) => {
    const { episodes, records } = await enrolments.known(cohort, null);
    const held = episodes.find(
      (each) =>
        each.enrolmentId === enrolmentId || each.parts.some((part) => part.enrolmentId === enrolmentId),
    );
    if (held === undefined)
      throw new AssiduError('not-found', `there is no enrolment ${enrolmentId} in ${cohort.id}`);
    return { held, changes: records.changes };
  };
  return {
    correct: async (cohort, enrolmentId, correction, by) => {
      const { held, changes } = await find(cohort, enrolmentId);
      const recording: Recording = { ...by, at: clock() };
      if (held.reason === 'excluded' && correction.reason === null && correction.endedAt === undefined) {
        await store.addEnrolmentChanges(readmitted(held, changes, recording));
        return 'changed';
      }
      const terms = corrected(held, correction, recording.at);
      if (isSame(held, terms)) return 'unchanged';
      const made = amended(held, terms, recording);
      await store.addEnrolmentChanges(made.map((each) => ({ ...each, correctedAt: each.recordedAt })));
      return 'changed';
    },
    undo: async (cohort, enrolmentId, by) => {
      const { held } = await find(cohort, enrolmentId);
      const recordedAt = laterThan(held, clock());
      await store.addEnrolmentChanges(
        held.parts.map((part) => ({ ...part, ...by, undone: true, recordedAt })),
      );
    },
  };
}

function corrected(held: Episode, correction: Correction, now: number): Terms {
  const { enrolledAt, endedAt, reason, suspensions } = correction;
  const excluding = reason === 'excluded';
  const end =
    endedAt === undefined
      ? (held.endedAt ?? (excluding ? now : null))
      : endedAt === null
        ? null
        : Date.parse(endedAt);
  const start = enrolledAt === undefined ? held.enrolledAt : Date.parse(enrolledAt);
  if (end === null && reason != null) throw fault('endedAt', 'is needed with a reason');
  if (end !== null && end < start) throw fault('endedAt', 'must not be before enrolledAt');
  return {
    enrolledAt: start,
    enrolledAtSource: enrolledAt === undefined ? held.enrolledAtSource : 'stated',
    endedAt: end,
    reason: end === null ? null : (reason ?? held.reason ?? 'removed'),
    suspensions: suspensions ?? held.suspensions,
  };
}

/** Every part as it was before it was excluded; one that never was anything else is undone. */
function readmitted(
  held: Episode,
  changes: readonly EnrolmentChange[],
  { source, recordedBy, at }: Recording,
): readonly EnrolmentChange[] {
  const recordedAt = laterThan(held, at);
  const meta = { source, recordedBy, recordedAt, correctedAt: recordedAt };
  return held.parts.map((part) => {
    const own = changes.filter(
      ({ enrolmentId, reason }) => enrolmentId === part.enrolmentId && reason !== 'excluded',
    );
    const [before] = heldChanges(own, null);
    return before && !before.undone ? { ...before, ...meta } : { ...part, ...meta, undone: true };
  });
}

function fault(path: string, message: string): AssiduError {
  return new AssiduError('invalid-request', `${path}: ${message}`, { problems: [{ path, message }] });
}
