import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where nobody but tests finds it, and it finds what it depends on itself. */
const FOLDER = resolve('node_modules/.cache/assidu-built');
const STAMP = join(FOLDER, 'package.json');

/** The path of the built command, once `buildProduct` has run: it starts in a third of the time of the sources. */
export const BUILT_COMMAND = join(FOLDER, 'src/cli/main.js');

/** Builds the product as `npm run build` does, unless that was done since the sources changed. Throws what the compiler says. */
export function buildProduct(): void {
  if (existsSync(STAMP) && statSync(STAMP).mtimeMs > newest(['src', 'xapi', 'lti', 'config'])) return;
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const compiler = resolve('node_modules/.bin/tsc');
  const built = spawnSync(compiler, ['--project', 'tsconfig.build.json', '--outDir', FOLDER], {
    encoding: 'utf8',
  });
  if (!existsSync(BUILT_COMMAND)) throw new Error(built.stdout);
  cpSync('src/web/assets', join(FOLDER, 'src/web/assets'), { recursive: true });
  // Written last: it says that all of it is there.
  writeFileSync(STAMP, '{"type":"module"}');
}

/** When something in these folders was last changed, ms since the epoch. */
function newest(folders: readonly string[]): number {
  const times = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (path) => statSync(join(folder, path)).mtimeMs,
    ),
  );
  return Math.max(...times, statSync('tsconfig.build.json').mtimeMs);
}

/** Vitest's global set-up. */
export default buildProduct;
