import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startProduct } from '../bench/product.ts';

/**
 * Runs ADL's LRS conformance test suite (github.com/adlnet/lrs-conformance-test-suite, after `npm install` in it) against
 * the product over a store of its own: ADL_SUITE=folder npm run conformance
 */
const VERSIONS = ['1.0.3', '2.0.0'] as const;

interface Node {
  readonly title?: string;
  readonly status?: string;
  readonly error?: unknown;
  readonly tests?: readonly Node[];
}

const suite = resolve(process.env.ADL_SUITE ?? '');
if (process.env.ADL_SUITE === undefined || !existsSync(join(suite, 'bin/console_runner.js'))) {
  process.stderr.write(
    'ADL_SUITE must be the folder of the installed suite (it holds bin/console_runner.js)\n',
  );
  process.exit(2);
}

interface Report extends Node {
  readonly summary: { readonly total: number; readonly passed: number; readonly failed: number };
  /** Absent when everything passed. */
  readonly log?: Node;
}

function newestReport(): Report {
  const logs = readdirSync(join(suite, 'logs')).map((name) => join(suite, 'logs', name));
  const [newest] = logs.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  return JSON.parse(readFileSync(newest ?? '', 'utf8'));
}

/** The failed tests below a node, each with its path. */
function failures(node: Node, path: readonly string[] = []): readonly string[] {
  const here = [...path, node.title ?? ''];
  if (node.tests !== undefined && node.tests.length > 0)
    return node.tests.flatMap((each) => failures(each, here));
  return node.status === 'failed' ? [`${here.slice(-2).join(' > ')}: ${String(node.error)}`] : [];
}

const folder = mkdtempSync(join(tmpdir(), 'assidu-conformance-'));
const product = await startProduct(folder);
let failed = 0;
try {
  for (const version of VERSIONS) {
    const child = spawn(
      process.execPath,
      [
        'bin/console_runner.js',
        '-e',
        `${product.url}/xapi`,
        '-a',
        '-u',
        product.key,
        '-p',
        product.secret,
        '-x',
        version,
        '-z',
      ],
      { cwd: suite, stdio: 'ignore' },
    );
    await new Promise((done) => child.once('exit', done));
    const report = newestReport();
    for (const failure of failures(report.log ?? report)) process.stdout.write(`  ${failure}\n`);
    process.stdout.write(`xAPI ${version}: ${report.summary.passed}/${report.summary.total} passed\n`);
    failed += report.summary.failed;
  }
} finally {
  await product.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
