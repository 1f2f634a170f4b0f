import { z } from 'zod';
import { instant } from '../../config/cohort-definition.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Actor } from '../../xapi/statement/types.ts';
import { validateStatement } from '../../xapi/statement/validate.ts';
import { AssiduError, type Problem } from '../base/errors.ts';
import type { EnrolmentChange } from '../storage/ports/cohort-store.ts';
import { pathText } from './definitions.ts';

const suspension = z
  .strictObject({ from: instant, to: instant.optional() })
  .refine(({ from, to }) => to === undefined || Date.parse(to) > Date.parse(from), {
    path: ['to'],
    message: 'must be after from',
  });
/** Suspensions of an enrolment; without `to` it lasts. */
export const suspensionsSchema = z
  .array(suspension)
  .max(100)
  .transform((list) =>
    list.map(({ from, to }) => [Date.parse(from), to === undefined ? null : Date.parse(to)] as const),
  );
export const REASONS = ['withdrawn', 'removed', 'transferred', 'excluded'] as const;

const requestSchema = z
  .array(
    z
      .strictObject({
        actor: z.record(z.string(), z.unknown()),
        enrolledAt: instant.optional(),
        endedAt: instant.optional(),
        reason: z.enum(REASONS).optional(),
        suspensions: suspensionsSchema.optional(),
      })
      .refine((entry) => entry.reason === undefined || entry.endedAt !== undefined, {
        path: ['endedAt'],
        message: 'is needed with a reason',
      })
      .refine(
        ({ enrolledAt, endedAt }) =>
          enrolledAt === undefined || endedAt === undefined || Date.parse(endedAt) >= Date.parse(enrolledAt),
        { path: ['endedAt'], message: 'must not be before enrolledAt' },
      ),
  )
  .max(50_000);

/** One enrolment to record. Times in ms since the epoch; without `enrolledAt` the start of the cohort is assumed. */
export interface EnrolmentEntry {
  readonly actor: Actor;
  readonly enrolledAt: number | null;
  readonly endedAt: number | null;
  readonly reason: EnrolmentChange['reason'];
  /** Absent: nothing is said of them. */
  readonly suspensions?: EnrolmentChange['suspensions'];
}

/** A body of `POST …/enrolments`. Throws `invalid-request` naming each field at fault (`[3].actor.mbox`). */
export function parseEnrolments(body: unknown): readonly EnrolmentEntry[] {
  const parsed = requestSchema.safeParse(body);
  const problems: Problem[] = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue): Problem[] =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => ({
              path: pathText([...issue.path, key]),
              message: 'is not a field of an enrolment',
            }))
          : [{ path: pathText(issue.path), message: issue.message }],
      );
  const entries: EnrolmentEntry[] = [];
  for (const [index, entry] of (parsed.data ?? []).entries()) {
    const checked = validateStatement(
      { actor: entry.actor, verb: { id: 'urn:assidu:any' }, object: { id: 'urn:assidu:any' } },
      '2.0.0',
    );
    if (!checked.ok) {
      for (const { path, message } of checked.problems)
        problems.push({ path: `[${index}].${path}`, message });
    } else if (actorKey(checked.statement.actor) === null) {
      problems.push({ path: `[${index}].actor`, message: 'must have an inverse functional identifier' });
    } else {
      entries.push({
        actor: checked.statement.actor,
        enrolledAt: entry.enrolledAt === undefined ? null : Date.parse(entry.enrolledAt),
        endedAt: entry.endedAt === undefined ? null : Date.parse(entry.endedAt),
        reason: entry.reason ?? null,
        ...(entry.suspensions === undefined ? {} : { suspensions: entry.suspensions }),
      });
    }
  }
  const [first] = problems;
  if (first)
    throw new AssiduError('invalid-request', `${first.path || 'body'}: ${first.message}`, { problems });
  return entries;
}
