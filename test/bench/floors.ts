import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';

/** What a floor took for its work: time that went by (s), and processor time (µs). */
export interface Taken {
  readonly seconds: number;
  readonly processor: number;
}

/** Bare SQLite: the same texts in the same batches by their ids, one table, WAL, synchronous=FULL. */
export function bareSqlite(folder: string, batches: readonly (readonly string[])[]): Taken {
  const file = join(folder, 'floor.sqlite');
  const database = new Libsql(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec('CREATE TABLE statements (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO statements (id, text) VALUES (?, ?)');
  const rows = batches.map((batch) => batch.map((text): [string, string] => [JSON.parse(text).id, text]));
  const [started, before] = [performance.now(), process.cpuUsage()];
  for (const batch of rows) {
    database.exec('BEGIN IMMEDIATE');
    for (const row of batch) insert.run(row);
    database.exec('COMMIT');
  }
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(before);
  database.close();
  rmSync(file, { force: true });
  return { seconds, processor: user + system };
}

/** Bare node:http in a process of its own, answering the same requests without doing anything. */
export async function bareHttp(): Promise<{ readonly url: string; close(): void }> {
  const child = spawn(process.execPath, [
    '-e',
    `const server = require('node:http').createServer((request, response) => {
       request.resume();
       request.on('end', () => response.end('[]'));
     });
     server.listen(0, () => console.log(server.address().port));`,
  ]);
  const port = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim()));
  });
  return { url: `http://localhost:${port}/`, close: () => child.kill() };
}
