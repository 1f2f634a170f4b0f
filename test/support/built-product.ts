import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

/** Where nobody but tests finds it, and it finds what it depends on itself: one folder for each state of the sources. */
const FOLDER = resolve('node_modules/.cache/assidu-built');
/** Tells the workers of a run, and whoever they start, what was built for it. */
const VARIABLE = 'ASSIDU_TEST_BUILD';
/** A build that no run has asked for in this time is removed, ms. */
const UNUSED = 60 * 60_000;

/** The path of the built command, once `buildProduct` has run: it starts in a third of the time of the sources. */
export function builtCommand(): string {
  const folder = process.env[VARIABLE];
  if (folder === undefined) throw new Error('the product was not built: run the tests by vitest');
  return join(folder, 'src/cli/main.js');
}

/**
 * Builds the product as `npm run build` does, unless these very sources were built already. Several runs may do so at once:
 * each builds beside, and what is in its place is whole. Throws what the compiler says.
 */
export function buildProduct(): void {
  const folder = join(FOLDER, stateOf(['src', 'xapi', 'lti', 'config']));
  process.env[VARIABLE] = folder;
  mkdirSync(FOLDER, { recursive: true });
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return;
  }
  const beside = join(FOLDER, `unfinished-${randomUUID()}`);
  const compiler = resolve('node_modules/.bin/tsc');
  const built = spawnSync(compiler, ['--project', 'tsconfig.build.json', '--outDir', beside], {
    encoding: 'utf8',
  });
  if (!existsSync(join(beside, 'src/cli/main.js'))) throw new Error(built.stdout);
  cpSync('src/web/assets', join(beside, 'src/web/assets'), { recursive: true });
  writeFileSync(join(beside, 'package.json'), '{"type":"module"}');
  try {
    renameSync(beside, folder);
  } catch (error) {
    // Another run was first: the same sources make the same build.
    rmSync(beside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  removeUnused();
}

/** What tells these sources from any others: paths, sizes and times of change. */
function stateOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  const paths = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  for (const path of [...paths.sort(), 'tsconfig.build.json', 'package-lock.json']) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path}\n${size}\n${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function removeUnused(): void {
  for (const name of readdirSync(FOLDER)) {
    const path = join(FOLDER, name);
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (used < Date.now() - UNUSED) rmSync(path, { recursive: true, force: true });
  }
}

/** Vitest's global set-up. */
export default buildProduct;
