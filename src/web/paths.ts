import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { unitKey } from '../units/own-units.ts';

/** Where the pages of a launch live; every launch has its own, so that two tabs are two sessions. */
export function launchPath(launchId: string): string {
  return `/app/${encodeURIComponent(launchId)}`;
}

/** Where a deep linking launch chooses what to place. */
export function placingPath(launchId: string): string {
  return `${launchPath(launchId)}/placing`;
}

/** The place of a unit on a learner's path; undefined for what is no unit of the cohort. */
export function stepAnchor({ units }: Pick<CohortDefinition, 'units'>, unit: string): string | undefined {
  const index = units.findIndex(({ id }) => id === unit);
  return index < 0 ? undefined : `step-${index + 1}`;
}

/** Where staff see one learner's path. */
export function learnerPath(launchId: string, cohortId: string, learnerId: string): string {
  return `${cohortPath(launchId, cohortId)}/learners/${encodeURIComponent(learnerId)}`;
}

/** What happened with one learner, in the order of time, for staff. */
export function timelinePath(launchId: string, cohortId: string, learnerId: string): string {
  return `${learnerPath(launchId, cohortId, learnerId)}/timeline`;
}

/** Where contacts with one learner are noted and taken back. */
export function contactsPath(launchId: string, cohortId: string, learnerId: string): string {
  return `${learnerPath(launchId, cohortId, learnerId)}/contacts`;
}

/** Where the register of a session is kept; `number` is its place among the units, from 1. */
export function sessionPath(launchId: string, cohortId: string, number: number): string {
  return `${cohortPath(launchId, cohortId)}/sessions/${number}`;
}

/** Where a cohort lives that was chosen among several. */
export function cohortPath(launchId: string, cohortId: string): string {
  return `${launchPath(launchId)}/cohorts/${encodeURIComponent(cohortId)}`;
}

/** Where a unit of ours is opened, or marked as done. */
export function unitPath(launchId: string, cohortId: string, unitId: string): string {
  return `${cohortPath(launchId, cohortId)}/units/${unitKey(unitId)}`;
}

/** Where a course's staff see whom to talk to today. */
export function todayPath(launchId: string, cohortId: string): string {
  return `${cohortPath(launchId, cohortId)}/today`;
}

/** Where cohorts are laid beside each other at equal age. */
export function comparePath(launchId: string, cohortId: string): string {
  return `${cohortPath(launchId, cohortId)}/compare`;
}

/** The report of a cohort, for print. */
export function reportPath(launchId: string, cohortId: string): string {
  return `${cohortPath(launchId, cohortId)}/report`;
}

/** Where the organisation says its name and shows its logo. */
export function organisationPath(launchId: string): string {
  return `${launchPath(launchId)}/organisation`;
}

/** Where a logo is served, of an organisation and with such a digest. */
export function logoPath(org: string, sha256: string): string {
  return `/app/logos/${encodeURIComponent(org)}/${sha256}`;
}

/** Where a cohort is configured. */
export function definitionPath(launchId: string, cohortId: string): string {
  return `${cohortPath(launchId, cohortId)}/definition`;
}

/** Where a cohort is made that is not there yet. */
export function newCohortPath(launchId: string): string {
  return `${launchPath(launchId)}/new-cohort`;
}

/** The organisation's programmes and business units. */
export function portfolioPath(launchId: string): string {
  return `${launchPath(launchId)}/portfolio`;
}

/** What is kept about the learner who asks. */
export function myDataPath(launchId: string, cohortId: string): string {
  return `${cohortPath(launchId, cohortId)}/my-data`;
}

/** The learner's sessions and due dates, for their own calendar. */
export function calendarPath(launchId: string, cohortId: string): string {
  return `${cohortPath(launchId, cohortId)}/my-calendar.ics`;
}

/** The learner's attestation of completion. */
export function attestationPath(launchId: string, cohortId: string): string {
  return `${cohortPath(launchId, cohortId)}/attestation`;
}
