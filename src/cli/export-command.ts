import { Command, Option } from 'commander';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Instants } from '../cohorts/figures.ts';
import { learnersTable } from '../export/learners-table.ts';
import { metricsTable } from '../export/metrics-table.ts';
import { type StatementFilter, statementsTable } from '../export/statements-table.ts';
import { type ExportTable, FORMATS, type Format } from '../export/table.ts';
import { writeTable } from '../export/write-table.ts';
import type { CohortMetrics } from '../metrics/types.ts';
import type { Services } from '../services.ts';
import { UsageError, withServices } from './context.ts';
import { type InstantOptions, instantsOf, withInstants } from './instant-options.ts';
import { openOutput } from './output.ts';
import { progressLine } from './progress-line.ts';
import { readActor, WHO } from './read-actor.ts';

interface Options {
  readonly org: string;
  readonly format: Format;
  readonly output?: string;
  readonly bom?: boolean;
}

interface StatementOptions extends Options {
  readonly since?: string;
  readonly until?: string;
  readonly verb?: string;
  readonly activity?: string;
  readonly agent?: string;
  readonly related?: boolean;
}

/** `assidu export statements|learners|metrics`: files for analysts (docs/export.md). */
export function exportCommand(): Command {
  const command = new Command('export').description('write statements, learners or figures as files');
  const sub = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .addOption(new Option('--format <format>', 'of the file').choices(FORMATS).default('ndjson'))
      .option('--org <org>', 'organisation', 'default')
      .option('--output <file>', 'write to a file that only its owner can read (default: standard output)')
      .option('--bom', 'begin CSV with a byte order mark, for Excel');

  sub('statements', 'statements that stand, as they are kept')
    .option('--since <instant>', 'stored after, ISO 8601 with a zone')
    .option('--until <instant>', 'stored at or before')
    .option('--verb <iri>', 'with this verb')
    .option('--activity <iri>', 'about this activity')
    .option('--agent <who>', `of this actor: ${WHO}`)
    .option('--related', 'agent and activity count wherever statements name them')
    .action((options: StatementOptions) => {
      const filter = filterOf(options);
      return write(options, 'statements', async ({ storage }) =>
        statementsTable(storage.statements, options.org, filter),
      );
    });
  withInstants(
    sub('learners', 'learners of a cohort, a row each enrolment').requiredOption('--cohort <id>', 'whose'),
  ).action((options: Options & InstantOptions & { readonly cohort: string }) => {
    const instants = instantsOf(options);
    return write(options, 'learners', async ({ figures }) =>
      learnersTable(await figures.of(options.org, options.cohort, instants)),
    );
  });
  withInstants(
    sub('metrics', 'figures of cohorts, a row each').option('--cohort <id>', 'only this one'),
  ).action((options: Options & InstantOptions & { readonly cohort?: string }) => {
    const instants = instantsOf(options);
    return write(options, 'cohorts', async (services) =>
      metricsTable(metricsOf(services, options, instants)),
    );
  });
  return command;
}

async function write<Row>(
  { format, output, bom }: Options,
  unit: string,
  tableOf: (services: Services) => Promise<ExportTable<Row>>,
): Promise<void> {
  if (bom && format !== 'csv') throw new UsageError('--bom is for csv');
  if (output === undefined && process.stdout.isTTY && (format === 'xlsx' || format === 'parquet'))
    throw new UsageError(`${format} is nothing to read on a terminal: give --output`);
  const progress = progressLine(unit);
  await withServices(async (services) => {
    const table = await tableOf(services);
    const pieces = writeTable(table, format, { bom: bom ?? false, onProgress: progress.update });
    await openOutput(output).write(pieces);
  }).finally(progress.end);
}

async function* metricsOf(
  { definitions, figures }: Services,
  { org, cohort }: { readonly org: string; readonly cohort?: string },
  instants: Instants,
): AsyncIterable<CohortMetrics> {
  const ids = cohort === undefined ? (await definitions.list(org)).map(({ id }) => id) : [cohort];
  for (const id of ids) yield (await figures.of(org, id, instants)).metrics;
}

function filterOf({ since, until, verb, activity, agent, related }: StatementOptions): StatementFilter {
  return {
    related: related ?? false,
    since: instant('--since', since),
    until: instant('--until', until),
    verb,
    activity,
    agent: agent === undefined ? undefined : (actorKey(readActor(agent)) ?? undefined),
  };
}

/** ms since the epoch. Throws a `UsageError` naming the option. */
function instant(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new UsageError(`${option} must be an instant with a zone, such as 2026-09-07T08:00:00Z`);
  return at;
}
