/**
 * Tests that start many processes or go through much data: `npm test` stays under three minutes without them, and
 * `npm run long` runs them. They lie beside the others, by their subject.
 */
export const LONG_TESTS: readonly string[] = [
  ...[
    'another-secret',
    'enrolments',
    'exchange',
    'import-attendance',
    'listing',
    'organisation',
    'mongodb',
    'platform-approval',
    'portfolio',
    'quarantine',
    'roles',
    'roster',
    'tool-key',
  ].map((command) => `test/cli/${command}.test.ts`),
  'test/cohorts/recomputation.test.ts',
  'test/demo/demo.test.ts',
  'test/export/export.test.ts',
  'test/naive/agreement.test.ts',
  'test/privacy/erasure.test.ts',
  'test/real-input/fun-mooc.test.ts',
  'test/storage/back-up.test.ts',
  'test/storage/migration.test.ts',
  'test/storage/mongodb-journal.test.ts',
  'test/storage/mongodb-killed.test.ts',
  'test/storage/migration-killed.test.ts',
  'test/storage/processes.test.ts',
  'test/verify/verify.test.ts',
  'test/web/large-cohort.test.ts',
  'test/xapi/quick-post-around.test.ts',
];
