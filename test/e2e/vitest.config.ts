import { defineConfig } from 'vitest/config';

/** End-to-end tests in Chromium: one after the other, since they share a machine's two cores with the browser. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
