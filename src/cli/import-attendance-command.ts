import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { AssiduError } from '../base/errors.ts';
import { FIELDS, type Field, plainWord } from '../import/attendance/columns.ts';
import type { AttendanceReport } from '../import/attendance/import-attendance.ts';
import { DATE_ORDERS, type DateOrder } from '../import/attendance/read-dates.ts';
import { printResult, UsageError, withServices } from './context.ts';
import { table } from './table.ts';

interface Options {
  readonly cohort: string;
  readonly org: string;
  readonly session?: string;
  readonly people?: string;
  readonly column?: ReadonlyMap<string, Field>;
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
    .addOption(
      new Option(
        '--column <field=name>',
        `what a column is whose name is not known (again for another one); fields: ${FIELDS.join(', ')}`,
      ).argParser(toldColumn),
    )
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
        columns: options.column ?? new Map(),
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

/** `joined=Beitrittszeit`, added to those before. */
function toldColumn(
  text: string,
  before: ReadonlyMap<string, Field> = new Map(),
): ReadonlyMap<string, Field> {
  const [, told, name = ''] = /^(\w+)=(.+)$/.exec(text) ?? [];
  const field = FIELDS.find((each) => each === told);
  if (field === undefined || plainWord(name) === '')
    throw new InvalidArgumentError(`must be a field and a name, such as joined=Beitrittszeit`);
  return new Map(before).set(plainWord(name), field);
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
