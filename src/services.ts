import type { ToolKeys } from '../lti/tool-keys.ts';
import { type ContentKeys, createContentKeys } from '../xapi/content-keys.ts';
import { type Authenticator, createAuthenticator } from '../xapi/credentials.ts';
import { type FlaggedStatement, flaggedStatements } from '../xapi/flagged.ts';
import type { Forwards } from '../xapi/forwarding/forwards.ts';
import { createIntake, INTAKE_LIMITS, type Intake, type KeptReport } from '../xapi/intake.ts';
import { createKeyLimiter, type KeyLimiter } from '../xapi/key-limits.ts';
import { createLenientIntake, type LenientIntake } from '../xapi/lenient-intake.ts';
import type { Pulls } from '../xapi/pulling/pulls.ts';
import { createQuarantine, type Quarantine } from '../xapi/quarantine.ts';
import type { Logger } from './base/logger.ts';
import { type Access, createAccess } from './cohorts/access.ts';
import { type AttendanceRegister, createAttendance } from './cohorts/attendance.ts';
import {
  type CohortsAtAge,
  type CompareCohorts,
  createCohortsAtAge,
  createCompareCohorts,
} from './cohorts/compare-cohorts.ts';
import { type Contacts, createContacts } from './cohorts/contacts.ts';
import { createEnrolmentCorrections, type EnrolmentCorrections } from './cohorts/correct-enrolments.ts';
import { type Cohort, createDefinitions, type Definitions } from './cohorts/definitions.ts';
import { createDrafts, type Drafts } from './cohorts/drafts.ts';
import { createEnrolments, type Enrolments } from './cohorts/enrolments.ts';
import { createFeed, type Feed } from './cohorts/feed.ts';
import { createFigures, type Figures, factsFromStatements } from './cohorts/figures.ts';
import type { FoldCrew } from './cohorts/fold-crew.ts';
import { createGrades, type Grades } from './cohorts/grades.ts';
import { createGrants, type Grants } from './cohorts/grants.ts';
import { createIdentities, type Identities } from './cohorts/identities.ts';
import { createLaunchService, type LaunchService } from './cohorts/launches.ts';
import { createPortfolio, type ReadPortfolio } from './cohorts/portfolio.ts';
import type { RecordingDeps } from './cohorts/recording.ts';
import { createRosterSchedule, type RosterSchedule } from './cohorts/roster-schedule.ts';
import { createRosters, type Rosters } from './cohorts/rosters.ts';
import { createWaivers, type Waivers } from './cohorts/waivers.ts';
import { forwardsOver, pullsOver } from './exchange.ts';
import type { AttendanceFile, AttendanceReport } from './import/attendance/import-attendance.ts';
import { type UnitParts, unitsOver } from './open-units.ts';
import { createOrganisations, type Organisations } from './organisations/organisations.ts';
import { platformServicesOver } from './platform-services.ts';
import { createPersonalAccess, type PersonalAccess } from './privacy/access.ts';
import { createErasures, type Erasures } from './privacy/erasures.ts';
import { createOwnData, type OwnData } from './privacy/own-data.ts';
import type { Storage } from './storage/ports/index.ts';

/** What the world gives: time, chance, the network, a log. */
export interface World {
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
  /** Random UUIDs. */
  readonly newId: () => string;
  readonly fetch: typeof fetch;
  readonly log: Logger;
}

/** The application without its doors: what pages, API and commands call. */
export interface Services extends UnitParts {
  readonly storage: Storage;
  readonly authenticator: Authenticator;
  readonly limiter: KeyLimiter;
  readonly contentKeys: ContentKeys;
  readonly intake: Intake;
  readonly lenientIntake: LenientIntake;
  readonly quarantine: Quarantine;
  /** Statements with a timestamp that is not believed, after a position. */
  flagged(org: string, after: number, limit: number): Promise<readonly FlaggedStatement[]>;
  readonly definitions: Definitions;
  readonly drafts: Drafts;
  readonly enrolments: Enrolments;
  readonly corrections: EnrolmentCorrections;
  readonly identities: Identities;
  readonly attendance: AttendanceRegister;
  importAttendance(cohort: Cohort, file: AttendanceFile): Promise<AttendanceReport>;
  readonly waivers: Waivers;
  readonly contacts: Contacts;
  readonly feed: Feed;
  readonly figures: Figures;
  readonly compare: CompareCohorts;
  readonly cohortsAtAge: CohortsAtAge;
  readonly portfolio: ReadPortfolio;
  readonly access: Access;
  readonly launches: LaunchService;
  readonly forwards: Forwards;
  readonly pulls: Pulls;
  readonly rosters: Rosters;
  readonly rosterSchedule: RosterSchedule;
  readonly grades: Grades;
  readonly grants: Grants;
  readonly organisations: Organisations;
  readonly personalAccess: PersonalAccess;
  readonly ownData: OwnData;
  readonly erasures: Erasures;
  readonly toolKeys: ToolKeys;
  /** Finishes what was accepted, then closes the storage. */
  close(): Promise<void>;
}

/** What an installation is known by. */
export interface Installation {
  /** Where browsers and platforms reach it, without a slash at the end. */
  readonly publicUrl: string;
  /** The master secret, of at least 32 characters; every key at rest is derived from it. */
  readonly secret: string;
  /** Statements taken in one request. */
  readonly maxStatements?: number;
  /** Whether what strangers name may be on private addresses (src/base/outgoing.ts); false when absent. */
  readonly allowPrivate?: boolean;
}

/** Wires the parts over a storage. */
export function createServices(
  storage: Storage,
  installation: Installation,
  world: World,
  crew: FoldCrew | null = null,
): Services {
  const { publicUrl } = installation;
  const { clock, newId, log, random } = world;
  const limiter = createKeyLimiter(clock);
  const definitions = createDefinitions(storage.cohorts, clock);
  const feed = createFeed(storage, definitions, log, crew);
  const forwards = forwardsOver(storage, definitions, installation, world);
  const onStored = ({ org, keyId, flagged }: KeptReport) => {
    feed.wake();
    forwards.wake();
    if (flagged > 0) log.warn({ org, keyId, flagged }, 'statements with a timestamp far off were kept');
  };
  const limits = {
    ...INTAKE_LIMITS,
    maxStatements: installation.maxStatements ?? INTAKE_LIMITS.maxStatements,
  };
  const intakeDeps = { statements: storage.statements, newId, onStored, limits };
  const intake = createIntake(intakeDeps);
  const lenientIntake = createLenientIntake({ ...intakeDeps, quarantine: storage.quarantine, clock, log });
  const pulls = pullsOver(storage, intake, installation, world);
  const factsOf = async (cohort: Cohort) =>
    (await feed.factsOf(cohort)) ?? (await factsFromStatements(storage, cohort, 'related'));
  const enrolments = createEnrolments({ store: storage.cohorts, factsOf, clock, newId });
  const corrections = createEnrolmentCorrections({ store: storage.cohorts, enrolments, clock });
  const identities = createIdentities({ store: storage.cohorts, clock, newId });
  const figures = createFigures(storage, definitions, feed, clock);
  const recording: RecordingDeps = {
    store: storage.cohorts,
    factsOf,
    intake,
    publicUrl,
    clock,
  };
  const attendance = createAttendance(recording);
  const access = createAccess({
    definitions,
    grants: storage.grants,
    enrolments,
    store: storage.cohorts,
    courses: storage.courses,
    clock,
  });
  const launches = createLaunchService({
    store: storage.cohorts,
    definitions,
    access,
    enrolments,
    identities,
    intake,
    publicUrl,
    clock,
    newId,
  });
  const contentKeys = createContentKeys({ keys: storage.keys, clock, random });
  const platforms = platformServicesOver(storage, installation, world);
  const rosters = createRosters({
    store: storage.cohorts,
    enrolments,
    identities,
    courses: storage.courses,
    registrations: storage.registrations,
    rosters: storage.rosters,
    leases: storage.leases,
    definitions,
    memberships: platforms.memberships,
    holder: newId(),
    clock,
    newId,
  });
  const rosterSchedule = createRosterSchedule({
    rosters,
    records: storage.rosters,
    courses: storage.courses,
    registrations: storage.registrations,
    definitions,
    launches,
    clock,
    log,
  });
  const grades = createGrades({
    grades: storage.grades,
    courses: storage.courses,
    registrations: storage.registrations,
    statements: storage.statements,
    leases: storage.leases,
    lineItems: platforms.lineItems,
    scores: platforms.scores,
    definitions,
    figures,
    holder: newId(),
    clock,
    random,
    log,
  });
  return {
    storage,
    authenticator: createAuthenticator(storage.keys, clock, limiter),
    limiter,
    contentKeys,
    ...unitsOver(storage, { figures, launches, intake, contentKeys, publicUrl, clock, random, newId }),
    intake,
    lenientIntake,
    flagged: (org, after, limit) => flaggedStatements(storage.statements, org, after, limit),
    quarantine: createQuarantine({
      store: storage.quarantine,
      keys: storage.keys,
      intake,
      home: publicUrl,
      clock,
    }),
    definitions,
    drafts: createDrafts({ stores: storage, definitions, figures, feed, clock, newId }),
    enrolments,
    corrections,
    identities,
    attendance,
    importAttendance: async (cohort, file) => {
      // Loaded when it is asked for, as whatever only some commands need.
      const { importAttendance } = await import('./import/attendance/import-attendance.ts');
      return importAttendance({ ...recording, attendance }, cohort, file);
    },
    waivers: createWaivers(recording),
    contacts: createContacts(recording),
    feed,
    figures,
    compare: createCompareCohorts({ definitions, figures, clock }),
    cohortsAtAge: createCohortsAtAge({ definitions, figures, clock }),
    portfolio: createPortfolio({
      definitions,
      figures,
      feed,
      facts: storage.facts,
      cohorts: storage.cohorts,
      clock,
    }),
    access,
    launches,
    forwards,
    pulls,
    rosters,
    rosterSchedule,
    grades,
    toolKeys: platforms.toolKeys,
    personalAccess: createPersonalAccess(storage, figures),
    ownData: createOwnData(storage, figures),
    erasures: createErasures({ storage, figures, feed, publicUrl, clock, newId }),
    organisations: createOrganisations(storage.organisations, clock),
    grants: createGrants({
      grants: storage.grants,
      registrations: storage.registrations,
      definitions,
      clock,
      newId,
    }),
    close: async () => {
      platforms.close();
      await Promise.all([forwards.close(), pulls.close(), rosterSchedule.close(), grades.close()]);
      await feed.close();
      await storage.close();
    },
  };
}
