export type CsvValue = string | number | boolean | null;

/** A cell that a spreadsheet takes for text: quoted, and never for a formula. */
function cell(value: CsvValue): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines as CSV: RFC 4180, UTF-8 with a byte order mark for spreadsheets. */
export function csvText(lines: readonly (readonly CsvValue[])[]): string {
  return `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
