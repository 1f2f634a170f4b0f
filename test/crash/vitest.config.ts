import { defineConfig } from 'vitest/config';

/** Processes killed in the middle of their work: one file after the other, since each starts servers of its own. */
export default defineConfig({
  test: {
    include: ['test/crash/**/*.test.ts'],
    globalSetup: ['test/support/built-product.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
