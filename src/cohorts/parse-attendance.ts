import { z } from 'zod';
import type { Actor } from '../../xapi/statement/types.ts';
import type { Problem } from '../base/errors.ts';
import { pathText } from './definitions.ts';
import { refuseProblems } from './recording.ts';
import { REGISTER_STATUSES, type RegisterStatus } from './register-entries.ts';
import { readAgent } from './told-people.ts';

/** As many as an intake takes in one request. */
const MOST = 10_000;

const target = { actor: z.unknown(), session: z.string().min(1, 'must be the id of a session') };

/** A body of `POST …/attendance`. */
export const attendanceSchema = z
  .array(
    z
      .strictObject({
        ...target,
        status: z.enum(REGISTER_STATUSES),
        minutes: z.number().min(0, 'must not be negative').optional(),
      })
      .refine(({ status, minutes }) => minutes === undefined || status === 'present', {
        path: ['minutes'],
        message: 'is told of who was present only',
      }),
  )
  .max(MOST);

/** A body of `DELETE …/attendance`. */
export const attendanceTargetsSchema = z.array(z.strictObject(target)).max(MOST);

/** One thing to record in a register; `status` null takes out what it says. */
export interface AttendanceEntry {
  readonly actor: Actor;
  /** Id of the unit. */
  readonly session: string;
  readonly status: RegisterStatus | null;
  /** Of presence; null: the whole session. */
  readonly minutes: number | null;
  /** The entry that was seen, null for none: what changed since is not written over. Absent: whatever holds. */
  readonly seen?: string | null;
}

/** What is told in a body, field by field; `what` names the thing. Throws `invalid-request` naming each field at fault. */
export function parseTold<Item extends { readonly actor?: unknown }>(
  schema: z.ZodType<readonly Item[]>,
  body: unknown,
  what: string,
): readonly (Omit<Item, 'actor'> & { readonly actor: Actor })[] {
  const parsed = schema.safeParse(body);
  const problems: Problem[] = (parsed.error?.issues ?? []).flatMap((issue): Problem[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: pathText([...issue.path, key]),
          message: `is not a field of ${what}`,
        }))
      : [{ path: pathText(issue.path), message: issue.message }],
  );
  const told = (parsed.data ?? []).flatMap((item, index) => {
    const read = readAgent(item.actor, `[${index}].actor`);
    if ('actor' in read) return [{ ...item, actor: read.actor }];
    problems.push(...read.problems);
    return [];
  });
  refuseProblems(problems);
  return told;
}

/** Reads a body of `POST …/attendance`. Throws `invalid-request`. */
export function parseAttendance(body: unknown): readonly AttendanceEntry[] {
  return parseTold(attendanceSchema, body, 'a register entry').map(({ minutes, ...entry }) => ({
    ...entry,
    minutes: minutes ?? null,
  }));
}

/** Reads a body of `DELETE …/attendance`. Throws `invalid-request`. */
export function parseAttendanceTargets(body: unknown): readonly AttendanceEntry[] {
  return parseTold(attendanceTargetsSchema, body, 'a register entry').map((entry) => ({
    ...entry,
    status: null,
    minutes: null,
  }));
}
