import type { LineItems } from '../../lti/services/line-items.ts';
import { serviceScope } from '../../lti/services/scopes.ts';
import type { Scores } from '../../lti/services/scores.ts';
import { backoff } from '../../xapi/client/backoff.ts';
import { contentId } from '../base/content-id.ts';
import type { CourseStore } from '../storage/ports/course-store.ts';
import type { GradeLine, GradeSent, GradeStore } from '../storage/ports/grade-store.ts';
import type { CourseSource } from './course-sources.ts';
import type { Cohort } from './definitions.ts';
import type { CohortFigures } from './figures.ts';
import { type DueScore, dueScores, nextTimestamp, wantedScores } from './grade-plan.ts';

export interface SendGradesDeps {
  readonly grades: GradeStore;
  readonly courses: Pick<CourseStore, 'users'>;
  readonly lineItems: LineItems;
  readonly scores: Scores;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
}

/** What a round did. `waiting`: scores due that have to wait, `dead`: refused in this round. */
export interface GradeRun {
  readonly sent: number;
  readonly waiting: number;
  readonly dead: number;
}

/** The key of a cohort's line in a course: one for each unit, null for the whole. */
export function lineKey({ course }: Pick<CourseSource, 'course'>, unit: string | null): string {
  return JSON.stringify([course.registrationId, course.courseId, unit]);
}

/** By what our columns are found again, and placed links name theirs. Longer ids than platforms keep are shortened. */
export function resourceIdOf(cohortId: string, unit: string | null): string {
  if (unit === null) return cohortId;
  return unit.length <= 255 ? unit : contentId(unit);
}

/** A line that nothing is known of yet. */
export function newLine(
  cohort: Cohort,
  source: Pick<CourseSource, 'course'>,
  unit: string | null,
): GradeLine {
  return {
    org: cohort.org,
    cohortId: cohort.id,
    key: lineKey(source, unit),
    registrationId: source.course.registrationId,
    courseId: source.course.courseId,
    unit,
    url: null,
    attempts: 0,
    nextAttemptAt: null,
    lastError: null,
    gone: false,
  };
}

/** The units that have lines of their own; null is the whole cohort. */
export function gradedUnits({ definition }: Cohort): readonly (string | null)[] {
  if (definition.grades.lineItem === 'none') return [];
  return definition.grades.lineItem === 'cohort' ? [null] : definition.units.map(({ id }) => id);
}

/**
 * Sends what platforms do not have yet, line by line. Every answer is kept before the next score leaves: who dies in
 * between sends one score again, the same one.
 */
export async function sendGrades(
  figures: CohortFigures,
  sources: readonly CourseSource[],
  deps: SendGradesDeps,
): Promise<GradeRun> {
  const { cohort, definition, rows, learnerOf } = figures;
  const { org, id } = cohort;
  const lines = new Map((await deps.grades.lines(org, id)).map((line) => [line.key, line]));
  const sentOf = new Map<string, Map<string, GradeSent>>();
  for (const each of await deps.grades.sent(org, id))
    sentOf.set(each.line, (sentOf.get(each.line) ?? new Map()).set(each.sub, each));
  const total = { sent: 0, waiting: 0, dead: 0 };
  const done = new Set<string>();
  for (const source of sources) {
    const people = (await deps.courses.users(source.course)).map(({ sub, learnerId }) => ({
      sub,
      learnerId: figures.personOf(learnerId),
    }));
    // A platform that does not take one score now takes no others.
    let quiet = false;
    for (const unit of gradedUnits(cohort)) {
      const key = lineKey(source, unit);
      if (done.has(key)) continue;
      done.add(key);
      const wanted = wantedScores(definition, rows, learnerOf, unit);
      const due = dueScores(wanted, people, sentOf.get(key) ?? new Map(), deps.clock());
      if (due.length === 0) continue;
      const line = lines.get(key) ?? newLine(cohort, source, unit);
      const run: LineRun | null = quiet ? null : await sendLine(cohort, source, line, due, deps);
      total.sent += run?.sent ?? 0;
      total.dead += run?.dead ?? 0;
      total.waiting += due.length - (run?.sent ?? 0) - (run?.dead ?? 0);
      quiet ||= run?.quiet ?? false;
    }
  }
  return total;
}

interface LineRun {
  readonly sent: number;
  readonly dead: number;
  /** The platform wants to be left alone for a while. */
  readonly quiet: boolean;
}

async function sendLine(
  cohort: Cohort,
  source: CourseSource,
  before: GradeLine,
  due: readonly DueScore[],
  deps: SendGradesDeps,
): Promise<LineRun> {
  const { grades, scores, clock } = deps;
  const run = { sent: 0, dead: 0 };
  if (before.gone) return { ...run, quiet: false };
  if ((before.nextAttemptAt ?? 0) > clock()) return { ...run, quiet: true };
  let line = before.url === null ? await findLine(cohort, source, before, deps) : before;
  const { url } = line;
  if (url === null) return { ...run, quiet: true };
  for (const { sub, score, value, before: earlier } of due) {
    const timestamp = nextTimestamp(earlier, clock());
    const outcome = await scores.send(source.registration, url, sub, score, timestamp);
    const kept: GradeSent = {
      org: cohort.org,
      cohortId: cohort.id,
      line: line.key,
      sub,
      value: earlier?.value ?? null,
      timestamp: outcome.timestamp,
      attempts: 0,
      nextAttemptAt: null,
      lastError: null,
      dead: false,
    };
    if (outcome.kind === 'taken') {
      await grades.saveSent({ ...kept, value });
      run.sent += 1;
      if (line.attempts > 0) {
        line = { ...line, attempts: 0, nextAttemptAt: null, lastError: null };
        await grades.saveLine(line);
      }
      continue;
    }
    const { reason: lastError, retryAfter } = outcome.failure;
    if (outcome.kind === 'gone') {
      await grades.saveLine({ ...line, gone: true, lastError: `the grade column is gone: ${lastError}` });
      return { ...run, quiet: false };
    }
    const attempts = (earlier?.attempts ?? 0) + 1;
    const failed = { ...kept, attempts, lastError };
    if (outcome.kind === 'refused') {
      await grades.saveSent({ ...failed, dead: true });
      run.dead += 1;
      continue;
    }
    const wait = (count: number) =>
      clock() + backoff(count, retryAfter ?? undefined, { now: clock(), random: deps.random });
    if (outcome.kind === 'late') {
      await grades.saveSent({ ...failed, nextAttemptAt: wait(attempts) });
      continue;
    }
    await grades.saveSent(failed);
    await grades.saveLine({
      ...line,
      attempts: line.attempts + 1,
      nextAttemptAt: wait(line.attempts + 1),
      lastError,
    });
    return { ...run, quiet: true };
  }
  return { ...run, quiet: false };
}

/** The line with its line item found or made; without, and waiting, when that failed. */
async function findLine(
  cohort: Cohort,
  { course, registration }: CourseSource,
  line: GradeLine,
  { grades, lineItems, clock, random }: SendGradesDeps,
): Promise<GradeLine> {
  const { definition } = cohort;
  const unit = definition.units.find(({ id }) => id === line.unit);
  const title = { ...definition.title, ...unit?.title };
  const outcome =
    course.lineItemsUrl === null || !course.scopes.includes(serviceScope.lineItems)
      ? 'the platform does not let this tool make grade columns'
      : await lineItems.ensure(registration, course.lineItemsUrl, {
          label: title.fr ?? Object.values(title)[0] ?? cohort.id,
          scoreMaximum: definition.grades.scoreMaximum,
          resourceId: resourceIdOf(cohort.id, line.unit),
        });
  const now = clock();
  const found: GradeLine =
    typeof outcome !== 'string' && outcome.kind === 'item'
      ? { ...line, url: outcome.url, attempts: 0, nextAttemptAt: null, lastError: null }
      : {
          ...line,
          attempts: line.attempts + 1,
          nextAttemptAt:
            now +
            backoff(
              line.attempts + 1,
              typeof outcome === 'string' ? undefined : (outcome.retryAfter ?? undefined),
              { now, random },
            ),
          lastError: typeof outcome === 'string' ? outcome : outcome.reason,
        };
  await grades.saveLine(found);
  return found;
}
