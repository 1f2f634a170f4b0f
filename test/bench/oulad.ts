import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../../src/cli/table.ts';
import { type Compared, compareFigures, difference, TOLERANCE } from '../oulad/compare-figures.ts';
import { loadPresentation } from '../oulad/load-presentation.ts';
import { readOulad } from '../oulad/read-oulad.ts';
import { sharedPath } from '../support/shared.ts';
import { startProduct } from './product.ts';

/** `npm run bench -- oulad`: every figure of expected.csv and km_curve.csv beside the product's. Answers the exit code. */
export async function benchOulad(): Promise<number> {
  const folder = sharedPath('data/oulad');
  if (folder === null) return 0;
  const presentations = await readOulad(folder);
  const data = mkdtempSync(join(tmpdir(), 'assidu-oulad-'));
  const product = await startProduct(data);
  const begun = performance.now();
  const all: Compared[] = [];
  let loading = 0;
  try {
    for (const presentation of presentations) {
      const name = `${presentation.module} ${presentation.presentation}`;
      process.stderr.write(`${name}…\n`);
      const from = performance.now();
      await loadPresentation(product, presentation);
      loading += performance.now() - from;
      const compared = await compareFigures(product, presentation);
      all.push(...compared);
      const { rows, single } = summary(compared);
      process.stdout.write(`${name}\n${table(HEAD, [...single.map(line), rows])}\n\n`);
    }
  } finally {
    await product.close();
    rmSync(data, { recursive: true, force: true });
  }
  const off = all.filter((each) => !(difference(each) <= TOLERANCE));
  const seconds = (time: number) => `${(time / 1_000).toFixed(1)} s`;
  const people = presentations.reduce((total, { registrations }) => total + registrations.length, 0);
  process.stdout.write(
    `${presentations.length} presentations, ${people} registrations, ${all.length} figures, ${off.length} off by more than ${TOLERANCE}; ` +
      `greatest difference ${Math.max(...all.map(difference)).toExponential(1)}; ` +
      `${seconds(performance.now() - begun)}, of which loading ${seconds(loading)}\n`,
  );
  for (const each of off) process.stdout.write(`off: ${line(each).join(' ')}\n`);
  return off.length === 0 ? 0 : 1;
}

const HEAD = ['figure', 'expected', 'ours', 'difference'];

function line(each: Compared): readonly [string, string, string, string] {
  const text = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(6));
  return [each.figure, text(each.expected), text(each.ours), difference(each).toExponential(1)];
}

/** The curve has hundreds of figures: its greatest difference stands for them. */
function summary(compared: readonly Compared[]) {
  const ofCurve = compared.filter(({ figure }) => figure.startsWith('km_curve '));
  const single = compared.filter((each) => !ofCurve.includes(each));
  const greatest = Math.max(...ofCurve.map(difference));
  return { single, rows: [`km_curve, ${ofCurve.length} cells`, '', '', greatest.toExponential(1)] };
}
