import { readFileSync } from 'node:fs';

/** A row of a table, by the heads of its columns. */
export type TableRow = Readonly<Record<string, string>>;

/** The tables of the worked example of docs/metrics.md, in their order. */
export function workedTables(): readonly (readonly TableRow[])[] {
  const text = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
  const [, example = ''] = text.split('\n## A worked example\n');
  const [section = ''] = example.split('\n## ');
  return section
    .split(/\n(?!\|)/)
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
    .filter((lines) => lines.length > 2)
    .map(([head = '', , ...rows]) => {
      const heads = cells(head);
      return rows.map((row) =>
        Object.fromEntries(cells(row).map((cell, index) => [heads[index] ?? '', cell] as const)),
      );
    });
}

function cells(line: string): readonly string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** What a printed number stands for: `–` null, `12.5 %` between 0.1245 and 0.1255, `9` nine; null when `value` is another. */
export function says(cell: string | undefined, value: number | null | undefined): string | null {
  if (cell === undefined || value === undefined) return null;
  if (value === null) return '–';
  const perCent = cell.endsWith('%');
  const decimals = /\.(\d+)/.exec(cell)?.[1]?.length ?? 0;
  const shown = (perCent ? 100 * value : value).toFixed(decimals);
  return perCent ? `${shown} %` : shown;
}
