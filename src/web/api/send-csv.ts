import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { ExportTable } from '../../export/table.ts';
import { writeTable } from '../../export/write-table.ts';

/** Answers a table as CSV (RFC 4180, UTF-8), piece by piece. */
export async function sendCsv<Row>(response: Response, table: ExportTable<Row>): Promise<void> {
  response.type('text/csv');
  const pieces = writeTable(table, 'csv', { bom: false, onProgress: () => undefined });
  await pipeline(Readable.from(pieces), response);
}
