import { createHash } from 'node:crypto';
import type { ToldServices } from '../../lti/services/told-services.ts';
import { isError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { CourseStore } from '../storage/ports/course-store.ts';
import type { RegistrationStore } from '../storage/ports/registration-store.ts';
import type { RosterStore } from '../storage/ports/roster-store.ts';
import { placeOf, type Visitor } from './access.ts';
import { courseSources } from './course-sources.ts';
import type { Cohort, Definitions } from './definitions.ts';
import type { LaunchService } from './launches.ts';
import type { RosterReadings, Rosters } from './rosters.ts';
import { cohortsOfCourse, isOpen } from './which-cohort.ts';

/** When rosters are read without being asked for: every hour, and when somebody of the staff arrives. */
export interface RosterSchedule {
  /**
   * Keeps what a launch tells of its course, after `arrive`. A member of staff sets a reading going, in the background,
   * when the last one is older than ten minutes.
   */
  notice(visitor: Visitor, told: ToldServices): Promise<void>;
  /** Looks every `every` ms what is due. Cohorts of one course are read together, from one reading of its roster. */
  start(every: number): void;
  /** Reads what is due now; resolves when that is done. */
  look(): Promise<void>;
  /** Waits for readings under way; nothing begins afterwards. */
  close(): Promise<void>;
}

export interface RosterScheduleDeps {
  readonly rosters: Rosters;
  readonly records: Pick<RosterStore, 'records'>;
  readonly courses: CourseStore;
  readonly registrations: RegistrationStore;
  readonly definitions: Definitions;
  readonly launches: Pick<LaunchService, 'learnerOf'>;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly log: Logger;
}

const EVERY = 60 * 60_000;
/** Up to this share later, each course its own: platforms are not asked for everything at once. */
const JITTER = 0.1;
/** After a fault it is tried again sooner, ms. */
const AFTER_FAULT = 10 * 60_000;
/** A reading younger than this is good enough for whoever arrives, ms. */
const FRESH = 10 * 60_000;

export function createRosterSchedule(deps: RosterScheduleDeps): RosterSchedule {
  const { rosters, records, courses, definitions, clock, log } = deps;
  const running = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const lastOf = async ({ org, id }: Cohort) => (await records.records(org, id, 1))[0] ?? null;

  const isDue = async (cohort: Cohort, place: string): Promise<boolean> => {
    const last = await lastOf(cohort);
    if (last === null) return true;
    const pause = last.fault === null ? EVERY * (1 + JITTER * shareOf(place)) : AFTER_FAULT;
    return last.at + pause <= clock();
  };

  const isOld = async (cohort: Cohort): Promise<boolean> => {
    const last = await lastOf(cohort);
    return last === null || last.at + FRESH <= clock();
  };

  /** Those of these cohorts, of one course, whose last reading is no more fresh, from one reading. */
  const readTogether = async (cohorts: readonly Cohort[]): Promise<void> => {
    const readings: RosterReadings = new Map();
    for (const cohort of cohorts) if (await isOld(cohort)) await read(cohort, readings);
  };

  const read = async ({ org, id }: Cohort, readings: RosterReadings): Promise<void> => {
    if (closed) return;
    try {
      const record = await rosters.synchronise(org, id, { readings });
      const { fault, held, enrolled, resumed, ended, excluded } = record;
      const fields = { org, cohort: id, enrolled, resumed, ended, excluded, held };
      if (fault !== null) log.warn({ ...fields, fault }, 'a roster could not be read whole');
      else if (held > 0) log.warn(fields, 'removals of a roster wait to be confirmed');
      else log.info(fields, 'roster read');
    } catch (error) {
      // Another process is at it, or the cohort is gone.
      if (isError(error, 'conflict') || isError(error, 'not-found')) return;
      log.error({ err: error, org, cohort: id }, 'a roster could not be followed');
    }
  };

  /** One after the other on each platform; platforms do not wait for each other. */
  const inLine = (platform: string, work: () => Promise<void>): Promise<void> => {
    const before = running.get(platform) ?? Promise.resolve();
    const next = before
      .catch(() => undefined)
      .then(work)
      .finally(() => {
        if (running.get(platform) === next) running.delete(platform);
      });
    running.set(platform, next);
    return next;
  };

  const look = async (): Promise<void> => {
    const work: Promise<void>[] = [];
    const all = await definitions.listAll();
    for (const org of new Set(all.map((cohort) => cohort.org))) {
      const sourcesOf = await courseSources(org, deps);
      const courses = new Map<string, { readonly platform: string; readonly cohorts: Cohort[] }>();
      for (const cohort of all.filter((each) => each.org === org && isOpen(each, clock()))) {
        const source = sourcesOf(cohort).find(({ course }) => course.membershipsUrl !== null);
        if (source === undefined) continue;
        const platform = source.registration.id;
        const place = JSON.stringify([org, platform, source.course.membershipsUrl]);
        const together = courses.get(place) ?? { platform, cohorts: [] };
        courses.set(place, together);
        together.cohorts.push(cohort);
      }
      for (const [place, { platform, cohorts }] of courses)
        work.push(
          inLine(platform, async () => {
            const due = await Promise.all(cohorts.map((cohort) => isDue(cohort, place)));
            if (due.includes(true)) await readTogether(cohorts);
          }),
        );
    }
    await Promise.all(work);
  };
  let looking: Promise<void> | null = null;
  const lookOnce = (): Promise<void> => {
    looking ??= look()
      .catch((error: unknown) => log.error({ err: error }, 'rosters that are due could not be looked up'))
      .finally(() => {
        looking = null;
      });
    return looking;
  };

  return {
    notice: async (visitor, told) => {
      const { launch, registration } = visitor;
      const { org, courseId, deployment, sub, groups, role } = launch;
      if (courseId === null) return;
      if (told.foreign.length > 0)
        log.warn(
          { registration: registration.id, urls: told.foreign },
          'a launch told of services that are not on the platform’s origins: ignored',
        );
      const { membershipsUrl, lineItemsUrl, scopes } = told;
      const place = { org, registrationId: registration.id, courseId };
      const seenAt = clock();
      await courses.save({ ...place, deployment, membershipsUrl, lineItemsUrl, scopes, seenAt });
      const learner = await deps.launches.learnerOf(visitor);
      if (learner !== null)
        await courses.saveUsers(place, [
          { sub, learnerId: learner.id, groups: groups.length > 0 ? groups : null },
        ]);
      if ((role !== 'staff' && role !== 'dlm') || membershipsUrl === null) return;
      const here = cohortsOfCourse(placeOf(visitor), await definitions.list(org));
      const open = here.filter((cohort) => isOpen(cohort, clock()));
      void inLine(registration.id, () => readTogether(open)).catch((error: unknown) =>
        log.error({ err: error }, 'a roster could not be looked up'),
      );
    },
    start: (every) => {
      if (timer !== null || closed) return;
      timer = setInterval(() => void lookOnce(), every);
      timer.unref();
      void lookOnce();
    },
    look: lookOnce,
    close: async () => {
      closed = true;
      if (timer !== null) clearInterval(timer);
      await looking;
      await Promise.allSettled(running.values());
    },
  };
}

/** 0..1, always the same for a course. */
function shareOf(place: string): number {
  return createHash('sha256').update(place).digest().readUInt32BE() / 2 ** 32;
}
