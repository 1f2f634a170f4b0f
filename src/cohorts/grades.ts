import type { ToldServices } from '../../lti/services/told-services.ts';
import { withLease } from '../../xapi/client/with-lease.ts';
import { AssiduError, isError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { CourseStore } from '../storage/ports/course-store.ts';
import type { GradeLine, GradeSent } from '../storage/ports/grade-store.ts';
import type { Leased } from '../storage/ports/lease.ts';
import type { RegistrationStore } from '../storage/ports/registration-store.ts';
import type { StatementStore } from '../storage/ports/statement-store.ts';
import type { Visitor } from './access.ts';
import { courseSources } from './course-sources.ts';
import type { Cohort, Definitions } from './definitions.ts';
import type { Figures } from './figures.ts';
import {
  type GradeRun,
  gradedUnits,
  lineKey,
  newLine,
  type SendGradesDeps,
  sendGrades,
} from './send-grades.ts';
import type { CohortChoice } from './which-cohort.ts';

/** Grades of a cohort as platforms have them, and what stands in the way. */
export interface GradesView {
  readonly lines: readonly GradeLine[];
  readonly sent: readonly GradeSent[];
}

/** Sends progress and completion back to platforms (AGS 2.0), for cohorts whose definition asks for it. */
export interface Grades {
  /** A link that was placed with a grade column of its own gives it to its cohort, or to the unit it was placed for. */
  notice(visitor: Visitor, told: ToldServices, choice: CohortChoice): Promise<void>;
  /** Sends what is due now. Throws `not-found`, and `conflict` while somebody else does. */
  send(org: string, cohortId: string): Promise<GradeRun>;
  /** Throws `not-found`. */
  show(org: string, cohortId: string): Promise<GradesView>;
  /** Lets all that waits or was refused be tried again; answers how many. Throws `not-found`. */
  retry(org: string, cohortId: string): Promise<number>;
  /** Looks every `every` ms what is due. */
  start(every: number): void;
  /** Sends what is due in any cohort. */
  look(): Promise<void>;
  /** Waits for work under way; nothing begins afterwards. */
  close(): Promise<void>;
}

export interface GradesDeps extends SendGradesDeps {
  readonly courses: CourseStore;
  readonly registrations: RegistrationStore;
  readonly statements: Pick<StatementStore, 'head'>;
  readonly leases: Leased;
  readonly definitions: Definitions;
  readonly figures: Figures;
  /** What this process is called among those that share the store. */
  readonly holder: string;
  readonly log: Logger;
}

/** Figures also change with time, rosters and by hand: looked at so often though no statement came, ms. */
const AT_LEAST_EVERY = 10 * 60_000;

/** What was seen of a cohort at the last look. */
interface Seen {
  readonly head: number;
  readonly version: number;
  readonly at: number;
  readonly waiting: boolean;
}

export function createGrades(deps: GradesDeps): Grades {
  const { grades, definitions, clock, log } = deps;
  const seen = new Map<string, Seen>();
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let closed = false;

  const send = async (cohort: Cohort): Promise<GradeRun> => {
    const id = `grades\n${cohort.org}\n${cohort.id}`;
    const run = await withLease(id, { ...deps, store: deps.leases }, async () => {
      if (gradedUnits(cohort).length === 0) return { sent: 0, waiting: 0, dead: 0 };
      const sources = (await courseSources(cohort.org, deps))(cohort);
      const figures = await deps.figures.of(cohort.org, cohort.id, { asOf: null, knownAt: null });
      return sendGrades(figures, sources, deps);
    });
    if (run !== null) return run;
    throw new AssiduError('conflict', `grades of ${cohort.id} are being sent already`);
  };

  const lookAt = async (cohort: Cohort, head: number): Promise<void> => {
    const key = `${cohort.org}\n${cohort.id}`;
    const before = seen.get(key);
    const now = clock();
    const moved =
      before === undefined ||
      before.waiting ||
      before.head !== head ||
      before.version !== cohort.version ||
      before.at + AT_LEAST_EVERY <= now;
    if (!moved || closed) return;
    try {
      const { sent, waiting, dead } = await send(cohort);
      seen.set(key, { head, version: cohort.version, at: now, waiting: waiting > 0 });
      if (sent + dead > 0)
        log.info({ org: cohort.org, cohort: cohort.id, sent, waiting, dead }, 'grades sent');
    } catch (error) {
      if (isError(error, 'conflict') || isError(error, 'not-found')) return;
      log.error({ err: error, org: cohort.org, cohort: cohort.id }, 'grades could not be sent');
    }
  };

  const look = async (): Promise<void> => {
    const graded = (await definitions.listAll()).filter((cohort) => gradedUnits(cohort).length > 0);
    if (graded.length === 0) return;
    const { seq } = await deps.statements.head();
    for (const cohort of graded) await lookAt(cohort, seq);
  };
  const lookOnce = (): Promise<void> => {
    looking ??= look()
      .catch((error: unknown) => log.error({ err: error }, 'grades that are due could not be looked up'))
      .finally(() => {
        looking = null;
      });
    return looking;
  };

  return {
    notice: async ({ launch, registration }, { lineItemUrl }, choice) => {
      const { courseId, deployment } = launch;
      if (lineItemUrl === null || choice.kind !== 'one' || courseId === null) return;
      const { cohort } = choice;
      const unit = launch.custom.unit ?? null;
      if (!gradedUnits(cohort).includes(unit)) return;
      const place = { org: cohort.org, registrationId: registration.id, deployment, courseId };
      const course = { ...place, membershipsUrl: null, lineItemsUrl: null, scopes: [], seenAt: clock() };
      const key = lineKey({ course }, unit);
      const held = (await grades.lines(cohort.org, cohort.id)).find((line) => line.key === key);
      if (held?.url != null) return;
      await grades.saveLine({ ...newLine(cohort, { course }, unit), url: lineItemUrl });
    },
    send: async (org, cohortId) => send(await definitions.show(org, cohortId, null)),
    show: async (org, cohortId) => {
      await definitions.show(org, cohortId, null);
      const [lines, sent] = await Promise.all([grades.lines(org, cohortId), grades.sent(org, cohortId)]);
      return { lines, sent };
    },
    retry: async (org, cohortId) => {
      await definitions.show(org, cohortId, null);
      seen.delete(`${org}\n${cohortId}`);
      return grades.retry(org, cohortId);
    },
    start: (every) => {
      if (timer !== null || closed) return;
      timer = setInterval(() => void lookOnce(), every);
      timer.unref();
    },
    look: lookOnce,
    close: async () => {
      closed = true;
      if (timer !== null) clearInterval(timer);
      await looking;
    },
  };
}
