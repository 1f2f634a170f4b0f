import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareFigures, difference, TOLERANCE } from '../oulad/compare-figures.ts';
import { type Door, loadPresentation } from '../oulad/load-presentation.ts';
import { type Presentation, readOulad } from '../oulad/read-oulad.ts';
import { sharedPath } from '../support/shared.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

const folder = sharedPath('data/oulad');
/** The smallest, and one with entries after the start and withdrawals without a date; `npm run bench -- oulad` takes all. */
const NAMES = ['AAA 2013J', 'EEE 2014J'];

describe.skipIf(folder === null)('the Open University dataset, through the API', () => {
  let assidu: RunningAssidu;
  let door: Door;
  let presentations: readonly Presentation[];

  beforeAll(async () => {
    presentations = await readOulad(folder ?? '');
    assidu = await startAssidu();
    door = {
      url: assidu.url,
      headers: { authorization: assidu.authorization, 'X-Experience-API-Version': '1.0.3' },
    };
  });
  afterAll(() => assidu?.close());

  it.each(NAMES)('gives what independent code made of %s, to 1e-6', async (name) => {
    const presentation = presentations.find((each) => `${each.module} ${each.presentation}` === name);
    if (!presentation) throw new Error(`no ${name}`);
    await loadPresentation(door, presentation);
    const compared = await compareFigures(door, presentation);
    expect(compared.filter((each) => !(difference(each) <= TOLERANCE))).toEqual([]);
    expect(compared.map(({ figure }) => figure)).toEqual(
      expect.arrayContaining(['registered', 'km_delayed_S30', 'km_delayed_S30_asof90', 'km_se240']),
    );
  });
});
