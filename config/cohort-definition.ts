import { z } from 'zod';
import { contentFaults, unitContent } from './unit-content.ts';

/** Text in one or several languages; a plain string stands for all of them. */
const localised = z
  .union([
    z.string().min(1).max(500),
    z
      .record(z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/), z.string().min(1).max(500))
      .refine((texts) => Object.keys(texts).length > 0, 'must have a text in at least one language'),
  ])
  .transform((text) => (typeof text === 'string' ? { fr: text, en: text } : text));

const iri = z
  .string()
  .max(2_000)
  .regex(/^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$/, 'must be an absolute IRI');
const date = z.iso.date('must be a date, YYYY-MM-DD');
/** An instant with a zone; seconds may be left out, as people write them. */
export const instant = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/,
    'must be a date and time with a zone, such as 2026-09-22T14:00+02:00',
  )
  .refine(
    (text) => !Number.isNaN(Date.parse(text)) && isRealDate(text.slice(0, 10)),
    'is no real date and time',
  );
/** Date.parse takes 30 February for 2 March. */
function isRealDate(text: string): boolean {
  return z.iso.date().safeParse(text).success;
}

const share = z.number().min(0).max(1);
const days = z.int().min(1).max(3_650);

const timezone = z.string().refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'must be an IANA time zone, such as Europe/Paris');

const context = z.strictObject({
  platform: z.string().min(1).max(2_000),
  client: z.string().min(1).max(255).optional(),
  deployment: z.string().min(1).max(255).optional(),
  course: z.string().min(1).max(255),
  group: z.string().min(1).max(255).optional(),
  activity: iri.optional(),
});

const unit = z
  .strictObject({
    id: iri,
    title: localised.optional(),
    modality: z.enum(['online', 'virtual-class', 'in-person', 'assessment']).default('online'),
    plannedMinutes: z.int().min(0).max(100_000).optional(),
    dueOn: date.optional(),
    satisfiedBy: z
      .enum(['Completed', 'Passed', 'CompletedAndPassed', 'CompletedOrPassed', 'NotApplicable', 'Attended'])
      .default('Completed'),
    minScore: share.optional(),
    minProgress: share.optional(),
    minAttendance: share.optional(),
    startsAt: instant.optional(),
    endsAt: instant.optional(),
    cancelled: z.boolean().default(false),
    weight: z.number().positive().max(1_000_000).default(1),
    required: z.boolean().default(true),
    attempts: z.enum(['best', 'last']).default('best'),
    /** For a unit that is a page of ours. */
    content: unitContent.optional(),
  })
  .check((ctx) => {
    const { satisfiedBy, startsAt, endsAt } = ctx.value;
    for (const { path, message } of contentFaults(ctx.value))
      ctx.issues.push({ code: 'custom', input: ctx.value, path, message });
    if (satisfiedBy === 'Attended' && (startsAt === undefined || endsAt === undefined)) {
      ctx.issues.push({
        code: 'custom',
        input: ctx.value,
        path: [startsAt === undefined ? 'startsAt' : 'endsAt'],
        message: 'a unit satisfied by Attended needs startsAt and endsAt',
      });
    }
    if (startsAt !== undefined && endsAt !== undefined && Date.parse(endsAt) <= Date.parse(startsAt)) {
      ctx.issues.push({
        code: 'custom',
        input: ctx.value,
        path: ['endsAt'],
        message: 'must be after startsAt',
      });
    }
  });

const completion = z
  .strictObject({
    require: z.union([z.literal('all'), z.strictObject({ weight: z.number().gt(0).max(1) })]).default('all'),
    minAttendance: share.optional(),
    mustSatisfy: z.array(iri).default([]),
    acceptCourseCompletion: z.boolean().default(false),
  })
  .prefault({});

/** Grades sent back to the platform: one column for the cohort, or one for each unit. */
const grades = z
  .strictObject({
    lineItem: z.enum(['cohort', 'units', 'none']).default('none'),
    scoreMaximum: z.number().positive().max(1_000_000).default(100),
    /** The language of a comment beside each grade; false: none. */
    comment: z.union([z.literal(false), z.enum(['fr', 'en'])]).default(false),
  })
  .prefault({});

const dropout = z
  .strictObject({
    warnAfterDays: days.default(7),
    alertAfterDays: days.default(14),
    dropAfterDays: days.nullable().default(30),
    startWithinDays: days.default(7),
  })
  .prefault({});

/**
 * The definition of a cohort (design.md "The cohort definition"). Strict: an unknown field is a fault.
 * Dates are local to `timezone`; shares are 0..1; durations are minutes or days, as named.
 */
export const cohortDefinitionSchema = z
  .strictObject({
    id: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9._-]{0,99}$/,
        'must be 1 to 100 of a-z, 0-9, ".", "_", "-", beginning with a letter or digit',
      ),
    title: localised,
    kind: z.enum(['spoc', 'blended']),
    timezone: timezone.default('Europe/Paris'),
    startsOn: date,
    endsOn: date.optional(),
    graceDays: z.int().min(0).max(3_650).default(7),
    contexts: z.array(context).max(200).default([]),
    breaks: z
      .array(z.strictObject({ from: date, to: date }))
      .max(200)
      .default([]),
    tags: z.record(z.string().min(1).max(100), z.string().max(500)).default({}),
    units: z.array(unit).max(1_000).default([]),
    /** Statements of enrolment make learners, too; otherwise they only confirm, end, suspend and bring back. */
    enrolFromStatements: z.boolean().default(false),
    completion,
    dropout,
    grades,
    cost: z
      .strictObject({
        fixed: z.number().min(0).default(0),
        perLearner: z.number().min(0).default(0),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, such as EUR')
          .default('EUR'),
      })
      .optional(),
  })
  .check((ctx) => {
    const definition = ctx.value;
    const fault = (path: (string | number)[], message: string) =>
      ctx.issues.push({ code: 'custom', input: definition, path, message });
    if (definition.endsOn !== undefined && definition.endsOn < definition.startsOn)
      fault(['endsOn'], 'must not be before startsOn');
    for (const [index, pause] of definition.breaks.entries())
      if (pause.to < pause.from) fault(['breaks', index, 'to'], 'must not be before from');
    const seen = new Set<string>();
    for (const [index, { id }] of definition.units.entries()) {
      if (seen.has(id)) fault(['units', index, 'id'], 'is the id of another unit of this cohort');
      seen.add(id);
    }
    for (const [index, id] of definition.completion.mustSatisfy.entries())
      if (!seen.has(id))
        fault(['completion', 'mustSatisfy', index], 'is not the id of a unit of this cohort');
    if (!definition.units.some((each) => each.required) && !definition.completion.acceptCourseCompletion)
      fault(
        ['units'],
        'at least one required unit, or completion.acceptCourseCompletion: otherwise nobody could ever complete',
      );
  });

/** What people write: defaults may be left out. */
export type CohortDefinitionInput = z.input<typeof cohortDefinitionSchema>;
/** A definition with every default filled in. */
export type CohortDefinition = z.output<typeof cohortDefinitionSchema>;
export type Unit = CohortDefinition['units'][number];
export type CohortContext = CohortDefinition['contexts'][number];
