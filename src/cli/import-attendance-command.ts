import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { AssiduError } from '../base/errors.ts';
import type { AttendanceReport } from '../import/attendance/import-attendance.ts';
import { DATE_ORDERS, type DateOrder } from '../import/attendance/read-dates.ts';
import { printResult, UsageError, withServices } from './context.ts';
import { table } from './table.ts';

interface Options {
  readonly cohort: string;
  readonly org: string;
  readonly session?: string;
  readonly people?: string;
  readonly dateFormat?: DateOrder;
  readonly timezone?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `assidu import attendance`: registers and reports of virtual classes (docs/attendance.md). */
export function addImportAttendance(command: Command): void {
  command
    .command('attendance <file>')
    .description('a register, or a report of Zoom, Teams or BigBlueButton (CSV; - for standard input)')
    .requiredOption('--cohort <id>', 'cohort')
    .option('--session <id>', 'session that the file is about, when its lines name none')
    .option('--people <file>', 'CSV that says whose names are: name, and email or account')
    .addOption(new Option('--date-format <order>', 'order of dates such as 03/04/2026').choices(DATE_ORDERS))
    .option('--timezone <zone>', 'zone of times without one (default: the cohort’s)')
    .option('--dry-run', 'say what would be recorded, record nothing')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async (file: string, options: Options) => {
      const { session = null, people, dateFormat = null, timezone = null, dryRun = false } = options;
      if (timezone !== null && !isZone(timezone))
        throw new UsageError(`--timezone: ${timezone} is no IANA time zone, such as Europe/Paris`);
      const read = {
        bytes: readBytes(file),
        name: file === '-' ? 'standard input' : basename(file),
        people: people === undefined ? null : readBytes(people),
        session,
        dateOrder: dateFormat,
        timezone,
        dry: dryRun,
      };
      const report = await withServices(async ({ definitions, importAttendance }) =>
        importAttendance(await definitions.show(options.org, options.cohort, null), read),
      );
      printResult(options.json, { dryRun, ...report }, () => words(report, dryRun));
      if (report.rows > 0 && report.matched === 0)
        throw new AssiduError('invalid-request', 'no row matches anybody of the cohort');
    });
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new AssiduError('invalid-request', `${file} cannot be read`, { cause: error });
  }
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

function words({ rows, matched, recorded, unchanged, unmatched }: AttendanceReport, dry: boolean): string {
  return [
    `${rows} rows, ${matched} matched: ${recorded} ${dry ? 'would be recorded' : 'recorded'}, ${unchanged} unchanged`,
    ...(unmatched.length === 0
      ? []
      : [
          '',
          table(
            ['line', 'matches', 'name', 'e-mail', 'account'],
            unmatched.map(({ line, why, name, email, account }) => [line, why, name, email, account]),
          ),
        ]),
  ].join('\n');
}
