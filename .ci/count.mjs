// Adds up Vitest's JSON reports and prints the closing line; a failed step counts as a failure, a missing report too.
import { existsSync, readFileSync } from 'node:fs';

const [failedSteps, ...reports] = process.argv.slice(2).reverse();
let passed = 0;
let failed = Number(failedSteps);
let skipped = 0;
for (const report of reports) {
  if (!existsSync(report)) {
    console.log(`${report} is missing`);
    failed += 1;
    continue;
  }
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests;
  skipped += numPendingTests;
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
