export type CsvValue = string | number | boolean | null;

/** A cell that a spreadsheet takes for text: quoted, and never for a formula. */
function cell(value: CsvValue): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line as CSV, without its end. */
export function csvLine(values: readonly CsvValue[]): string {
  return values.map(cell).join(',');
}

/** Lines as CSV: RFC 4180, UTF-8 with a byte order mark for spreadsheets. */
export function csvText(lines: readonly (readonly CsvValue[])[]): string {
  return `\uFEFF${lines.map(csvLine).join('\r\n')}\r\n`;
}
