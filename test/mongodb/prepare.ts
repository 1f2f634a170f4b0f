import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtFerretdb, FERRETDB_SOURCES, ferretdbHere, mongodHere } from '../support/mongodb-server.ts';

/** How long a download of mongod may take, ms: where it cannot be had that is known within seconds. */
const DOWNLOAD = 120_000;

/** Tries to download a mongod; false where that does not work. In a process of its own, which can be ended. */
function downloadMongod(): boolean {
  const script = "import('mongodb-memory-server').then(({ MongoBinary }) => MongoBinary.getPath({}))";
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    timeout: DOWNLOAD,
  });
  return status === 0 && mongodHere() !== null;
}

/** Builds FerretDB with the Go that is there; false where there is none, or its modules cannot be had. */
function buildFerretdb(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-go-'));
  try {
    cpSync(FERRETDB_SOURCES, folder, { recursive: true });
    const { status, error } = spawnSync('go', ['build', '-mod=mod', '-o', 'ferretdb', '.'], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (error || status !== 0) return false;
    mkdirSync(dirname(builtFerretdb()), { recursive: true });
    cpSync(join(folder, 'ferretdb'), `${builtFerretdb()}.new`);
    renameSync(`${builtFerretdb()}.new`, builtFerretdb());
    return existsSync(builtFerretdb());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Gets a server for the tests of the MongoDB adapter, unless there is one; exits with 1 where none can be had. */
const found =
  process.env.MONGODB_URI !== undefined ||
  mongodHere() !== null ||
  ferretdbHere() !== null ||
  downloadMongod() ||
  buildFerretdb();
console.info(
  found ? 'MongoDB: there is a server for the tests' : 'MongoDB: neither mongod nor FerretDB can be had',
);
process.exitCode = found ? 0 : 1;
