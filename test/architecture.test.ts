import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A project of files with one import each, under this project's own linter rules. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assidu-arrows-')));
let report = '';

function probe(file: string, index: number): string {
  return join(
    dirname(file),
    file.endsWith('probe.ts') ? `probe${index}.ts` : file.slice(dirname(file).length + 1),
  );
}

function write(file: string, importing: string): void {
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  writeFileSync(join(folder, file), `import ${JSON.stringify(importing)};\n`);
}

const forbidden: readonly (readonly [file: string, importing: string, why: string])[] = [
  ['config/probe.ts', '../src/app.ts', 'config reads nothing of ours'],
  ['xapi/probe.ts', '../lti/roles.ts', 'xapi does not know lti'],
  ['xapi/probe.ts', '../src/cohorts/feed.ts', 'xapi reaches storage through ports only'],
  ['xapi/vocabulary/probe.ts', 'node:fs', 'the vocabulary is pure'],
  ['lti/probe.ts', '../xapi/version.ts', 'lti does not know xapi'],
  ['lti/probe.ts', 'ltijs', 'ltijs is wrapped in one file'],
  ['src/metrics/probe.ts', 'node:fs', 'figures are pure'],
  ['src/metrics/probe.ts', '../storage/embedded/lane.ts', 'figures are pure'],
  ['src/progress/probe.ts', '../web/intl.ts', 'figures are pure'],
  ['src/web/probe.ts', '../storage/ports/index.ts', 'web knows no storage'],
  ['src/web/probe.ts', 'libsql', 'only storage knows a database'],
  ['src/cohorts/probe.ts', 'mongoose', 'only storage knows a database'],
  ['src/cohorts/probe.ts', '../storage/embedded/lane.ts', 'only the composition root picks an adapter'],
  ['src/storage/embedded/probe.ts', '../../cohorts/feed.ts', 'storage knows nobody who calls it'],
  ['src/probe.ts', '../test/platform/demo-lms.ts', 'the product does not know its tests'],
];

const allowed: readonly (readonly [file: string, importing: string])[] = [
  ['xapi/probe.ts', '../src/storage/ports/key-store.ts'],
  ['lti/probe.ts', '../src/base/errors.ts'],
  ['lti/provider.ts', 'ltijs'],
  ['src/metrics/probe.ts', '../storage/ports/cohort-store.ts'],
  ['src/storage/embedded/probe.ts', 'libsql'],
  ['src/compose.ts', './storage/embedded/open-embedded.ts'],
];

beforeAll(() => {
  const rules = JSON.parse(readFileSync('biome.json', 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...rules, vcs: { enabled: false } }));
  for (const [index, [file, importing]] of [...forbidden, ...allowed].entries())
    write(probe(file, index), importing);
  write('src/cycle-a.ts', './cycle-b.ts');
  write('src/cycle-b.ts', './cycle-a.ts');
  const biome = resolve('node_modules/.bin/biome');
  const run = spawnSync(biome, ['lint', '--reporter=github', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  report = run.stdout + run.stderr;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the linter says of a file, by rule. */
function complaints(file: string, rule: string): readonly string[] {
  return report.split('\n').filter((line) => line.includes(`/${file},`) && line.includes(rule));
}

describe('the arrows between folders, kept by the linter', () => {
  it.each(forbidden.map((row, index) => [...row, index] as const))(
    'refuses %s importing %s: %s',
    (file, _importing, _why, index) => {
      expect(complaints(probe(file, index), 'noRestrictedImports')).toHaveLength(1);
    },
  );

  it.each(allowed.map((row, index) => [...row, forbidden.length + index] as const))(
    'lets %s import %s',
    (file, _importing, index) => {
      expect(complaints(probe(file, index), 'noRestrictedImports')).toEqual([]);
    },
  );

  it('refuses cycles', () => {
    expect(complaints('src/cycle-a.ts', 'noImportCycles')).toHaveLength(1);
  });
});
