import { CsvError, parse } from 'csv-parse/sync';
import type { Actor } from '../../../xapi/statement/types.ts';
import { AssiduError } from '../../base/errors.ts';
import type { EnrolmentEntry } from '../../cohorts/enrolment-entries.ts';
import { readAgent } from '../../cohorts/told-people.ts';
import { localInstants } from '../attendance/local-instant.ts';
import { type DateOrder, type DateReader, dateReader } from '../attendance/read-dates.ts';
import { COLUMNS, type Column, columnOf, reasonOf } from './columns.ts';

/** What is wrong with a line of a file; `column` is null for the line as a whole. */
export interface Fault {
  readonly line: number;
  readonly column: Column | null;
  readonly message: string;
}

/** A file of enrolments, read. */
export interface ReadEnrolments {
  readonly entries: readonly EnrolmentEntry[];
  readonly faults: readonly Fault[];
  /** Names of columns that mean nothing here. */
  readonly ignored: readonly string[];
}

export interface ReadingOptions {
  /** IANA zone of the cohort: a date without a time is its midnight. */
  readonly timezone: string;
  /** Site of the accounts where the file has no column for it. */
  readonly homePage?: string;
  /** Of dates such as 03/04/2026, where the file does not tell. */
  readonly dateOrder?: DateOrder;
}

interface Row {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
}

/**
 * Reads a CSV of enrolments, separated by comma, semicolon or tab, headed in English or French (docs/enrolments.md). Each
 * faulty line is told; the others are entries. Throws `invalid-request` when the file has no such columns, or a date
 * cannot be told.
 */
export function readEnrolments(text: string, options: ReadingOptions): ReadEnrolments {
  const { rows, faults, ignored } = rowsOf(text);
  const dated = rows.flatMap(({ line, cells }) =>
    [cells.enrolledAt, cells.endedAt].flatMap((each) => (each === undefined ? [] : [{ line, text: each }])),
  );
  const dates = dateReader(dated, options.dateOrder ?? null, options.timezone);
  if ('problems' in dates) {
    const [first] = dates.problems;
    throw new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, {
      problems: dates.problems,
    });
  }
  const midnight = localInstants(options.timezone);
  const entries: EnrolmentEntry[] = [];
  const all: Fault[] = [...faults];
  const broken = new Set(faults.map(({ line }) => line));
  for (const row of rows) {
    if (broken.has(row.line)) continue;
    const read = entryOf(row, options, (given) => instantOf(given, dates.reader, midnight));
    if ('faults' in read) all.push(...read.faults);
    else entries.push(read.entry);
  }
  return { entries, faults: all.sort((a, b) => a.line - b.line), ignored };
}

function instantOf(text: string, reader: DateReader, midnight: (wall: number) => number): number | null {
  const [, hour, minute] = /(\d{1,2})[:h](\d{2})/.exec(text) ?? [];
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return null;
  const instant = reader.instant(text);
  if (instant !== null) return instant;
  const date = reader.date(text);
  // A text that has a date but a time that is none is no date either.
  return date === null || hour !== undefined ? null : midnight(Date.parse(`${date}T00:00:00Z`));
}

type Reading = { readonly entry: EnrolmentEntry } | { readonly faults: readonly Fault[] };

function entryOf(
  { line, cells }: Row,
  { homePage }: ReadingOptions,
  instant: (text: string) => number | null,
): Reading {
  const faults: Fault[] = [];
  const fault = (column: Column | null, message: string): null => {
    faults.push({ line, column, message });
    return null;
  };
  const dateIn = (column: 'enrolledAt' | 'endedAt'): number | null => {
    const text = cells[column];
    if (text === undefined) return null;
    return instant(text) ?? fault(column, `${text} is no date, such as 2026-09-07 or 07/09/2026 14:00`);
  };
  const actor = actorOf(cells, homePage, fault);
  const [enrolledAt, endedAt] = [dateIn('enrolledAt'), dateIn('endedAt')];
  const reason = cells.reason === undefined ? null : reasonOf(cells.reason);
  if (cells.reason !== undefined && reason === null)
    fault('reason', `${cells.reason} is none of withdrawn, removed, transferred, excluded`);
  if (cells.reason !== undefined && cells.endedAt === undefined) fault('endedAt', 'is needed with a reason');
  if (enrolledAt !== null && endedAt !== null && endedAt < enrolledAt)
    fault('endedAt', 'must not be before the beginning');
  if (actor === null || faults.length > 0) return { faults };
  return { entry: { actor, enrolledAt, endedAt, reason } };
}

/** By exactly one identifier: which of several would be meant nobody can tell. */
function actorOf(
  cells: Row['cells'],
  homePage: string | undefined,
  fault: (column: Column | null, message: string) => null,
): Actor | null {
  const { email, account, mbox_sha1sum, openid, name } = cells;
  const site = cells.homePage ?? homePage;
  const given: { readonly column: Column; readonly identifier: object }[] = [];
  if (email !== undefined)
    given.push({
      column: 'email',
      identifier: { mbox: email.startsWith('mailto:') ? email : `mailto:${email}` },
    });
  if (account !== undefined) {
    if (site === undefined) return fault('homePage', 'is needed with an account (a column, or --home-page)');
    given.push({ column: 'account', identifier: { account: { homePage: site, name: account } } });
  }
  if (mbox_sha1sum !== undefined) given.push({ column: 'mbox_sha1sum', identifier: { mbox_sha1sum } });
  if (openid !== undefined) given.push({ column: 'openid', identifier: { openid } });
  const [only, second] = given;
  if (only === undefined)
    return fault(null, 'has no email, account, mbox_sha1sum or openid: names identify nobody');
  if (second !== undefined)
    return fault(
      second.column,
      `is a second identifier beside ${only.column}: keep one, and link the two (assidu identity link)`,
    );
  const read = readAgent({ ...only.identifier, ...(name === undefined ? {} : { name }) }, 'actor');
  if (!('problems' in read)) return read.actor;
  return fault(only.column, read.problems[0]?.message ?? 'is no identifier');
}

/** The lines of a file by its columns; the separator is the one by which most columns are recognised. */
function rowsOf(text: string): {
  readonly rows: readonly Row[];
  readonly faults: readonly Fault[];
  readonly ignored: readonly string[];
} {
  const tables = [';', ',', '\t'].map((delimiter) => linesOf(text, delimiter));
  const known = (header: readonly string[] | undefined) =>
    (header ?? []).filter((name) => columnOf(name) !== null).length;
  const [best] = tables.sort((a, b) => known(b[0]?.cells) - known(a[0]?.cells));
  const [head, ...lines] = best ?? [];
  if (head === undefined || known(head.cells) === 0)
    throw new AssiduError(
      'invalid-request',
      `no table with the columns ${COLUMNS.join(', ')} (a wrong first line, or a quote that never ends)`,
    );
  const columns = head.cells.map(columnOf);
  const twice = columns.find((column, index) => column !== null && columns.indexOf(column) !== index);
  if (twice != null) throw new AssiduError('invalid-request', `line 1: two columns tell of ${twice}`);
  const faults: Fault[] = [];
  const rows = lines.map(({ line, cells }): Row => {
    if (cells.length > columns.length)
      faults.push({
        line,
        column: null,
        message: `has ${cells.length} cells, the columns are ${columns.length}`,
      });
    const told: Partial<Record<Column, string>> = {};
    for (const [index, column] of columns.entries()) {
      const cell = cells[index] ?? '';
      if (column !== null && cell !== '') told[column] = cell;
    }
    return { line, cells: told };
  });
  return { rows, faults, ignored: head.cells.filter((name) => name !== '' && columnOf(name) === null) };
}

/** The lines by a separator; none where it makes no table of the text (a quote that never ends). */
function linesOf(
  text: string,
  delimiter: string,
): { readonly line: number; readonly cells: readonly string[] }[] {
  const lines: { readonly line: number; readonly cells: readonly string[] }[] = [];
  try {
    parse(text, {
      delimiter,
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      on_record: (cells: string[], { lines: line }) => {
        lines.push({ line, cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // By this separator the file is no table: what was read of it is nothing.
    return [];
  }
  return lines;
}
