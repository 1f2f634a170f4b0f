import { parseArgs } from 'node:util';
import { fraction, percent } from '../../src/cli/metrics-command.ts';
import { table } from '../../src/cli/table.ts';
import type { CohortMetrics } from '../../src/metrics/types.ts';
import { freePort } from '../support/free-port.ts';
import { orUsage } from '../support/or-usage.ts';
import { setStage } from './stage.ts';

const DEFAULT_PORT = 3_000;

/** The cohorts' figures, one line each. */
function cohortsTable(cohorts: readonly CohortMetrics[]): string {
  return table(
    [
      'cohort',
      '',
      'enrolled',
      'started',
      'completed',
      'active',
      'inactive',
      'dropped',
      'withdrawn',
      'transferred',
      'never started',
      'unfinished',
      'completion of enrolled',
      'at risk',
    ],
    cohorts.map(({ cohortId, final, counts, rates }) => [
      cohortId,
      final ? 'final' : 'to date',
      counts.enrolled,
      counts.started,
      counts.completed,
      counts.active,
      counts.inactive,
      counts.dropped,
      counts.withdrawn,
      counts.transferred,
      counts.notStarted + counts.noShow,
      counts.unfinished,
      `${fraction(rates.completionOfEnrolled)}  ${percent(rates.completionOfEnrolled.value) ?? '—'}`,
      counts.atRisk,
    ]),
  );
}

const USAGE = `npm run demo -- [options]
  --once     print the figures and end, instead of serving
  --port N   serve at this port, the demo LMS at the next one (${DEFAULT_PORT})`;
const { values } = orUsage(USAGE, () =>
  parseArgs({ options: { once: { type: 'boolean', default: false }, port: { type: 'string' } } }),
);
const port =
  values.port === undefined ? (values.once ? await freePort() : DEFAULT_PORT) : Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_534) {
  process.stderr.write('--port must be a whole number from 1 to 65534\n');
  process.exit(2);
}
const say = (line: string) => process.stderr.write(`${line}\n`);
const stage = await setStage({ port, lmsPort: values.once ? 0 : port + 1, say }).catch((error: unknown) => {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
  say(`Port ${port} or ${port + 1} is taken: choose another, npm run demo -- --port 4000`);
  process.exit(1);
});
say(`${stage.statements} statements sent, ${stage.launches} launches made`);
const metrics: CohortMetrics[] = [];
for (const id of stage.cohortIds) metrics.push(await stage.metrics(id));
process.stdout.write(`${cohortsTable(metrics)}\n`);
if (values.once) {
  await stage.close();
} else {
  const [manager, director] = [stage.staff.manager.id, stage.staff.director.id];
  say(`
Demo LMS   ${stage.lms.url}/
  as the community manager          ${stage.lms.url}/course/2?as=${manager}
  as the digital learning manager   ${stage.lms.url}/course/2?as=${director}
  as a learner                      ${stage.lms.url}/course/2?as=${stage.learners[0]?.id}
Product    ${stage.url}
  figures  curl -u ${stage.key.key}:${stage.key.secret} ${stage.url}/api/v1/cohorts/${stage.cohortIds[0]}/metrics
Stop with Ctrl+C; nothing is kept.`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await stage.close();
}
