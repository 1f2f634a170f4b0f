import { defineConfig } from 'vitest/config';
import { LONG_TESTS } from './test/long/files.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'test/crash/**', ...LONG_TESTS, 'node_modules/**'],
    globalSetup: ['test/support/built-product.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // Modules are loaded once a worker, not once a file: nothing in the product has state of its own outside what is made.
    isolate: false,
    // The aim is two cores; the default would leave one of them to itself.
    maxWorkers: 2,
  },
});
