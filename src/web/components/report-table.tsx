import type { ComponentChildren } from 'preact';
import { Bar } from './bar.tsx';

/** A line of a report's table. */
export interface ReportLine {
  readonly key: string;
  readonly head: ComponentChildren;
  readonly note?: string;
  readonly cells: readonly string[];
  /** 0..1, drawn beneath the words. */
  readonly share?: number | null;
  readonly tone?: string;
}

/** A table that prints: its heading row comes again on each sheet, and no line is cut. */
export function ReportTable({
  head,
  lines,
}: {
  head: readonly [string, ...string[]];
  lines: readonly ReportLine[];
}) {
  const [first, ...columns] = head;
  return (
    <table class="numbers stack units report-table">
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {columns.map((column) => (
            <th key={column} scope="col" class="num">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, head: words, note, cells, share, tone }) => (
          <tr key={key}>
            <th scope="row">
              {words}
              {note !== undefined && note !== '' && <span class="note">{note}</span>}
              {share !== undefined && share !== null && <Bar share={share} {...(tone ? { tone } : {})} />}
            </th>
            {cells.map((cell, index) => (
              <td key={columns[index]} class="num" data-label={columns[index]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
