import type { PageRow } from '../row.ts';

/** Pages of launches. A new page below /app/:launch wants a line here. */
export const pageRows: readonly PageRow[] = [
  { route: 'GET /app/:launch', may: 'everybody' },
  { route: 'GET /app/:launch/cohorts/:cohort', may: 'cohort' },
  { route: 'GET /app/:launch/cohorts/:cohort/learners/:learner', may: 'learner' },
  { route: 'GET /app/:launch/cohorts/:cohort/learners.csv', may: 'whole cohort' },
  { route: 'GET /app/:launch/cohorts/:cohort/retention.csv', may: 'whole cohort' },
  { route: 'GET /app/:launch/cohorts/:cohort/outcomes.csv', may: 'whole cohort' },
  { route: 'GET /app/:launch/cohorts/:cohort/units/:unit', may: 'cohort' },
  { route: 'POST /app/:launch/cohorts/:cohort/units/:unit/open', may: 'own work' },
  { route: 'POST /app/:launch/cohorts/:cohort/units/:unit/done', may: 'own work' },
  { route: 'POST /app/:launch/cohorts/:cohort/units/:unit/undo', may: 'own work' },
  { route: 'GET /app/:launch/cohorts/:cohort/sessions/:number', may: 'whole cohort' },
  { route: 'POST /app/:launch/cohorts/:cohort/sessions/:number', may: 'whole cohort' },
  {
    route: 'POST /app/:launch/cohorts/:cohort/learners/:learner/waivers',
    may: 'staff work',
    form: { unit: '1' },
  },
  { route: 'GET /app/:launch/placing', may: 'nobody' },
  { route: 'POST /app/:launch/placing', may: 'nobody' },
  { route: 'POST /app/:launch/close', may: 'everybody' },
];
