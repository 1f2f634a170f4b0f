// Adds up Vitest's JSON reports and prints the closing line; a failed step counts as a failure, a missing report too.
// What failed is named again just before that line, for whoever reads the end of the output only.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [failedSteps, ...reports] = process.argv.slice(2).reverse();
const failures = [];
let passed = 0;
let failed = Number(failedSteps);
let skipped = 0;
for (const report of reports.reverse()) {
  if (!existsSync(report)) {
    failures.push(`${report} is missing`);
    failed += 1;
    continue;
  }
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  passed += numPassedTests;
  failed += numFailedTests;
  skipped += numPendingTests;
  for (const file of testResults) {
    const name = relative('.', file.name);
    const tests = file.assertionResults.filter((test) => test.status === 'failed');
    for (const test of tests) failures.push(`${name} > ${test.fullName}\n${test.failureMessages.join('\n')}`);
    // A file that could not be loaded, or whose hooks failed, has a message of its own.
    if (file.status === 'failed' && tests.length === 0) failures.push(`${name}\n${file.message}`);
  }
}
for (const failure of failures) console.log(`FAILED ${failure.slice(0, 1500)}\n`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
