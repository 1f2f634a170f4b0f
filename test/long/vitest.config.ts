import { defineConfig } from 'vitest/config';
import usual from '../../vitest.config.ts';
import { LONG_TESTS } from './files.ts';

/** As `npm test`, of other files. */
export default defineConfig({
  test: { ...usual.test, include: [...LONG_TESTS], exclude: ['node_modules/**'], testTimeout: 60_000 },
});
