import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { AssiduError } from '../base/errors.ts';
import { DATE_ORDERS, type DateOrder } from '../import/attendance/read-dates.ts';
import type { Fault } from '../import/enrolments/read-enrolments.ts';
import { openText } from '../import/open-text.ts';
import { printResult, withServices } from './context.ts';
import { progressLine } from './progress-line.ts';

interface Options {
  readonly cohort: string;
  readonly org: string;
  readonly homePage?: string;
  readonly dateFormat?: DateOrder;
  readonly dryRun?: boolean;
  readonly skipInvalid?: boolean;
  readonly json?: boolean;
}

/** Lines recorded at a time: others get their turn, and the terminal sees something. */
const AT_ONCE = 2_000;

/** `assidu import enrolments FILE.csv --cohort ID`: docs/enrolments.md. */
export function addImportEnrolments(command: Command): void {
  command
    .command('enrolments <file>')
    .description('enrolments: a CSV in UTF-8 (- for standard input); the same file again changes nothing')
    .requiredOption('--cohort <id>', 'cohort they are of')
    .option('--org <org>', 'organisation', 'default')
    .option('--home-page <url>', 'site of the accounts, where the file has no column for it')
    .addOption(
      new Option('--date-format <order>', 'dmy or mdy, where the file does not tell').choices([
        ...DATE_ORDERS,
      ]),
    )
    .option('--dry-run', 'say what would be recorded, and record nothing')
    .option('--skip-invalid', 'record the other lines when some are faulty')
    .option('--json', 'print JSON')
    .action(async (file: string, options: Options) => {
      const pieces: string[] = [];
      for await (const piece of openText(file)) pieces.push(piece);
      const { cohort: id, org, homePage, dateFormat, dryRun = false, skipInvalid = false, json } = options;
      const progress = progressLine('lines');
      const report = await withServices(async ({ definitions, enrolments }) => {
        const cohort = await definitions.show(org, id, null);
        const { readEnrolments } = await import('../import/enrolments/read-enrolments.ts');
        const { entries, faults, ignored } = readEnrolments(pieces.join(''), {
          timezone: cohort.definition.timezone,
          ...(homePage === undefined ? {} : { homePage }),
          ...(dateFormat === undefined ? {} : { dateOrder: dateFormat }),
        });
        for (const name of ignored) process.stderr.write(`column ${JSON.stringify(name)} is not used\n`);
        const total = { recorded: 0, unchanged: 0 };
        const refused = faults.length > 0 && !skipInvalid;
        for (let from = 0; !refused && from < entries.length; from += AT_ONCE) {
          const telling = { source: 'file', by: basename(file), dry: dryRun } as const;
          const told = await enrolments.record(cohort, entries.slice(from, from + AT_ONCE), telling);
          total.recorded += told.recorded;
          total.unchanged += told.unchanged;
          progress.update(Math.min(from + AT_ONCE, entries.length));
        }
        return { ...total, dryRun, refused, faults };
      }).finally(progress.end);
      for (const fault of report.faults) process.stderr.write(`${textOf(fault)}\n`);
      const faulty = new Set(report.faults.map(({ line }) => line)).size;
      printResult(json, { ...report, faulty }, () =>
        [
          `${report.recorded} ${dryRun ? 'would be recorded' : 'recorded'}, ${report.unchanged} unchanged`,
          ...(faulty > 0 ? [`${faulty} faulty`] : []),
        ].join(', '),
      );
      if (report.refused)
        throw new AssiduError(
          'invalid-request',
          `${faulty} lines are faulty: nothing was recorded (--skip-invalid records the others)`,
        );
    });
}

function textOf({ line, column, message }: Fault): string {
  return column === null ? `line ${line}: ${message}` : `line ${line}, ${column}: ${message}`;
}
