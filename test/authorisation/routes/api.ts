import type { KeyRow } from '../row.ts';
import { LEARNER } from '../world.ts';

/** Reading figures and definitions. */
const READ = ['cohorts', 'all', 'all/read'] as const;
/** Configuring, and saying who is enrolled. */
const WRITE = ['cohorts'] as const;
/** What reaches every statement, or opens cohorts to people. */
const ALL = ['all'] as const;

const cohort = (id: string) => ({
  id,
  title: 'Walk',
  kind: 'spoc',
  startsOn: '2026-01-05',
  units: [{ id: 'https://lms.example/unit/a' }],
});
let made = 0;

/** The API. A new route of the API wants a line here. */
export const apiRows: readonly KeyRow[] = [
  { route: 'GET /api/v1/openapi.json', may: 'public' },
  { route: 'GET /api/v1/cohorts', may: READ },
  { route: 'GET /api/v1/cohorts/:id', may: READ },
  {
    route: 'PUT /api/v1/cohorts/:id',
    may: WRITE,
    foreign: 'own',
    values: () => ({ id: 'put-by-walk' }),
    body: () => cohort('put-by-walk'),
  },
  {
    route: 'DELETE /api/v1/cohorts/:id',
    may: WRITE,
    values: async ({ assidu }) => {
      made += 1;
      const id = `doomed-${made}`;
      await assidu.request('PUT', `/api/v1/cohorts/${id}`, cohort(id));
      return { id };
    },
  },
  { route: 'POST /api/v1/cohorts/:id/enrolments', may: WRITE, body: () => [] },
  { route: 'GET /api/v1/cohorts/:id/enrolments', may: READ },
  {
    route: 'GET /api/v1/cohorts/:id/enrolments/history',
    may: READ,
    query: `?actor=${encodeURIComponent(JSON.stringify(LEARNER))}`,
  },
  { route: 'PATCH /api/v1/cohorts/:id/enrolments/:enrolment', may: WRITE, body: () => ({}) },
  {
    route: 'DELETE /api/v1/cohorts/:id/enrolments/:enrolment',
    may: WRITE,
    values: async (world) => ({ enrolment: await world.newEnrolment() }),
  },
  { route: 'GET /api/v1/identities', may: READ },
  { route: 'POST /api/v1/identities', may: WRITE, body: () => ({}) },
  {
    route: 'DELETE /api/v1/identities/:id',
    may: WRITE,
    values: async (world) => ({ id: await world.newLink() }),
  },
  { route: 'GET /api/v1/identities/rules/email', may: READ },
  { route: 'PUT /api/v1/identities/rules/email', may: WRITE, body: () => ({ on: false }) },
  { route: 'GET /api/v1/cohorts/:id/attendance', may: READ },
  { route: 'POST /api/v1/cohorts/:id/attendance', may: WRITE, body: () => [] },
  { route: 'DELETE /api/v1/cohorts/:id/attendance', may: WRITE, body: () => [] },
  { route: 'GET /api/v1/cohorts/:id/waivers', may: READ },
  { route: 'POST /api/v1/cohorts/:id/waivers', may: WRITE, body: () => [] },
  { route: 'DELETE /api/v1/cohorts/:id/waivers', may: WRITE, body: () => [] },
  { route: 'GET /api/v1/cohorts/:id/metrics', may: READ },
  { route: 'GET /api/v1/cohorts/:id/learners', may: READ },
  { route: 'GET /api/v1/cohorts/:id/retention', may: READ },
  { route: 'GET /api/v1/cohorts/:id/frozen', may: READ },
  { route: 'GET /api/v1/comparison', may: READ },
  { route: 'GET /api/v1/portfolio', may: READ },
  { route: 'GET /api/v1/cohorts/:id/roster', may: READ },
  { route: 'POST /api/v1/cohorts/:id/roster/sync', may: WRITE },
  { route: 'POST /api/v1/cohorts/:id/roster/confirm', may: WRITE },
  { route: 'POST /api/v1/content-keys', may: ALL, body: () => ({}) },
  { route: 'GET /api/v1/flagged-statements', may: ALL },
  { route: 'GET /api/v1/forwards', may: ALL },
  { route: 'POST /api/v1/forwards', may: ALL, body: () => ({}) },
  { route: 'GET /api/v1/forwards/:id', may: ALL },
  {
    route: 'DELETE /api/v1/forwards/:id',
    may: ALL,
    values: async (world) => ({ id: await world.newForward() }),
  },
  { route: 'POST /api/v1/forwards/:id/pause', may: ALL },
  { route: 'POST /api/v1/forwards/:id/resume', may: ALL },
  { route: 'GET /api/v1/forwards/:id/dead-letters', may: ALL },
  { route: 'POST /api/v1/forwards/:id/dead-letters/replay', may: ALL },
  { route: 'GET /api/v1/grants', may: ALL },
  { route: 'POST /api/v1/grants', may: ALL, body: () => ({}) },
  {
    route: 'DELETE /api/v1/grants/:id',
    may: ALL,
    values: async (world) => ({ id: await world.newGrant() }),
  },
  { route: 'GET /api/v1/quarantine', may: ALL },
  { route: 'GET /api/v1/quarantine/:id', may: ALL },
  {
    route: 'POST /api/v1/quarantine/:id/replay',
    may: ALL,
    body: () => ({ verb: 'still no statement' }),
  },
  {
    route: 'DELETE /api/v1/quarantine/:id',
    may: ALL,
    values: async (world) => ({ id: await world.newQuarantined() }),
  },
];
