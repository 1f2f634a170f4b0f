import { CsvError, parse } from 'csv-parse/sync';
import { AssiduError } from '../../base/errors.ts';
import { type Field, fieldsOf, type ToldColumns } from './columns.ts';

/**
 * What a file is: a register by status; connections, one a line; joins and leaves, one a line; the first join and last
 * leave of each person with the time spent; or that time alone.
 */
export type TableKind = 'register' | 'connections' | 'moves' | 'spans' | 'durations';

/** A line of the file, its cells by what they tell; empty cells are absent. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Field, string>>>;
}

export interface Table {
  readonly kind: TableKind;
  readonly rows: readonly Row[];
  /** The duration column counts minutes, as its name says. */
  readonly inMinutes: boolean;
}

const PERSON: readonly Field[] = ['name', 'email', 'account'];
/** What makes a line the names of columns, the most telling first. */
const KINDS: readonly (readonly [TableKind, readonly Field[]])[] = [
  ['register', ['status']],
  ['connections', ['joined', 'left']],
  ['moves', ['action', 'timestamp']],
  ['spans', ['firstJoined', 'lastLeft', 'duration']],
  // The lines about the meeting itself that Zoom puts first have a duration and an e-mail, but no name.
  ['durations', ['name', 'duration']],
];
/** A file that only says whose names are. */
const PEOPLE: typeof KINDS = [
  ['register', ['name', 'email']],
  ['register', ['name', 'account']],
];
/** Teams: `2. Participants` begins another part. */
const PART = /^\d+\. /;

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Found {
  readonly rank: number;
  readonly kind: TableKind;
  readonly table: Table;
}

/**
 * The table of people in a file: its separator (tab, semicolon or comma) and its columns are those that are recognised;
 * lines before it tell of the meeting. Throws `invalid-request` when no columns are.
 * @param columns that somebody says what they are
 * @param peopleOnly the file only says whose names are
 */
export function readTable(text: string, columns: ToldColumns, peopleOnly = false): Table {
  const found = ['\t', ';', ',']
    .flatMap((delimiter) => tablesIn(linesOf(text, delimiter), peopleOnly ? PEOPLE : KINDS, columns))
    .sort((a, b) => a.rank - b.rank);
  const best = found.find(({ table }) => table.rows.length > 0) ?? found[0];
  if (best !== undefined) return best.table;
  const [first = ''] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  throw new AssiduError(
    'invalid-request',
    `no columns of a register or of a report of Zoom, Teams or BigBlueButton were recognised (first line: ${JSON.stringify(first.slice(0, 200))}); see docs/attendance.md`,
  );
}

function linesOf(text: string, delimiter: string): readonly Line[] {
  const lines: Line[] = [];
  try {
    parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      // Names in reports of Teams have quotes that quote nothing.
      relax_quotes: true,
      trim: true,
      on_record: (cells: string[], { lines: line }) => {
        lines.push({ line, cells });
        return null;
      },
    });
    return lines;
  } catch (error) {
    // Another separator may read it: a quote that never ends is one of them all.
    if (error instanceof CsvError) return [];
    throw error;
  }
}

function tablesIn(lines: readonly Line[], kinds: typeof KINDS, columns: ToldColumns): readonly Found[] {
  const headers = lines.flatMap(({ cells }, index) => {
    const fields = fieldsOf(cells, columns);
    const rank = kinds.findIndex(
      ([, needed]) => needed.every((field) => fields.has(field)) && PERSON.some((field) => fields.has(field)),
    );
    const kind = kinds[rank]?.[0];
    return kind === undefined ? [] : [{ index, rank, kind, fields, cells }];
  });
  return headers.map(({ index, rank, kind, fields, cells }, order) => {
    const end = headers[order + 1]?.index ?? lines.length;
    const rows: Row[] = [];
    for (const line of lines.slice(index + 1, end)) {
      if (PART.test(line.cells[0] ?? '') && line.cells.slice(1).every((cell) => cell === '')) break;
      const row = rowOf(line, fields);
      const { firstJoined, lastLeft, duration } = row.cells;
      // BigBlueButton's last line holds the anonymous answers to polls: nobody came and went.
      const isNobody = kind === 'spans' && !firstJoined && !lastLeft && !duration;
      if (!isNobody && line.cells.some((cell) => cell !== '')) rows.push(row);
    }
    const durationAt = fields.get('duration');
    const inMinutes = durationAt !== undefined && /minutes/i.test(cells[durationAt] ?? '');
    return { rank, kind, table: { kind, rows, inMinutes } };
  });
}

function rowOf({ line, cells }: Line, fields: ReadonlyMap<Field, number>): Row {
  const told: Partial<Record<Field, string>> = {};
  for (const [field, index] of fields) {
    const text = cells[index] ?? '';
    if (text !== '' && text !== '-') told[field] = text;
  }
  return { line, cells: told };
}
