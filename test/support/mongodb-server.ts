import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** A server that speaks the protocol of MongoDB. */
export interface MongoServer {
  /** What it is, for whoever reads the output of the tests. */
  readonly name: string;
  /** The URI of one of its databases. */
  uriOf(database: string): string;
  /** False where it reads a whole collection for nearly every question. */
  readonly indexed: boolean;
}

/** Where the sources of our FerretDB are. */
export const FERRETDB_SOURCES = resolve('test/mongodb/ferretdb');

/** Where test/mongodb/prepare.ts puts the FerretDB that it builds: another place for other sources. */
export function builtFerretdb(): string {
  const hash = createHash('sha256');
  for (const name of ['go.mod', 'go.sum', 'main.go']) hash.update(readFileSync(join(FERRETDB_SOURCES, name)));
  return resolve('node_modules/.cache/assidu-ferretdb', hash.digest('hex').slice(0, 16), 'ferretdb');
}

/** Where mongodb-memory-server keeps what it downloads. */
const DOWNLOADS = resolve('node_modules/.cache/mongodb-memory-server');

/** A mongod that is there already: the one named by MONGOMS_SYSTEM_BINARY, in the PATH, or downloaded before; or null. */
export function mongodHere(): string | null {
  const named = process.env.MONGOMS_SYSTEM_BINARY;
  if (named !== undefined) return named;
  const inPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'mongod'));
  const downloaded = existsSync(DOWNLOADS)
    ? readdirSync(DOWNLOADS)
        .filter((name) => name.startsWith('mongod-'))
        .map((name) => join(DOWNLOADS, name))
    : [];
  return [...inPath, ...downloaded].find((path) => existsSync(path)) ?? null;
}

/** The FerretDB that is there already: the one named by ASSIDU_FERRETDB (of main.go), or built before; or null. */
export function ferretdbHere(): string | null {
  const named = process.env.ASSIDU_FERRETDB;
  if (named !== undefined) return named;
  return existsSync(builtFerretdb()) ? builtFerretdb() : null;
}

let started: Promise<MongoServer | null> | undefined;

/**
 * The server of this process: MONGODB_URI, else a mongod by mongodb-memory-server, else FerretDB, each where it is there
 * (`tsx test/mongodb/prepare.ts` gets one); null where there is none. Says which one it is. Throws instead of answering
 * null where ASSIDU_MONGODB_REQUIRED is set.
 */
export function mongoServer(): Promise<MongoServer | null> {
  started ??= start().then((server) => {
    if (server === null && process.env.ASSIDU_MONGODB_REQUIRED === '1')
      throw new Error('MongoDB: no server can be had, and ASSIDU_MONGODB_REQUIRED says there must be one');
    console.info(
      server === null
        ? 'SKIPPED: MongoDB. No MONGODB_URI, no mongod, no FerretDB (get one: npx tsx test/mongodb/prepare.ts)'
        : `MongoDB: the server of these tests is ${server.name}`,
    );
    return server;
  });
  return started;
}

async function start(): Promise<MongoServer | null> {
  const given = process.env.MONGODB_URI;
  if (given !== undefined) {
    const [, place = given, options = ''] = /^(mongodb[^/]*\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(given) ?? [];
    const uriOf = (database: string) => `${place}/${database}${options}`;
    return { name: 'the one of MONGODB_URI', indexed: true, uriOf };
  }
  const mongod = mongodHere();
  if (mongod !== null) {
    const { MongoMemoryServer } = await import('mongodb-memory-server');
    const server = await MongoMemoryServer.create({ binary: { systemBinary: mongod } });
    return { name: `mongod (${mongod})`, indexed: true, uriOf: (database) => server.getUri(database) };
  }
  const ferretdb = ferretdbHere();
  if (ferretdb === null) return null;
  const uri = await startFerretdb(ferretdb);
  return { name: 'FerretDB 1.24.2 over SQLite', indexed: false, uriOf: (database) => `${uri}/${database}` };
}

/** It ends when this process does: it reads our end of its standard input. */
function startFerretdb(binary: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-ferretdb-'));
  const child = spawn(binary, [folder], { stdio: ['pipe', 'pipe', 'pipe'] });
  process.once('exit', () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  child.unref();
  return new Promise((resolveUri, reject) => {
    let [text, said] = ['', ''];
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`FerretDB ended: ${said}`)));
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const end = text.indexOf('\n');
      if (end >= 0) resolveUri(text.slice(0, end).replace(/\/$/, ''));
    });
  });
}

/** The URI of a database of its own. */
export function newDatabase(server: MongoServer): string {
  return server.uriOf(`assidu-test-${randomUUID().slice(0, 13)}`);
}
