import { describe, expect, it } from 'vitest';
import type { Exit } from '../../src/metrics/exits.ts';
import { dayTicks, stepArea, stepPath, xOf, yOf } from '../../src/web/chart-geometry.ts';
import { readCohortQuery } from '../../src/web/cohort-query.ts';
import { cohortPage } from '../../src/web/pages/cohort-page.tsx';
import { outcomesCsv, survivalCsv } from '../../src/web/retention-csv.ts';
import { retentionSample } from './sample-retention.ts';
import { cohortViewOf } from './sample-views.ts';

const few: readonly Exit[] = [
  { entry: 0, day: 3, event: 'dropout', horizon: 10 },
  { entry: 0, day: 5, event: 'completion', horizon: 10 },
  { entry: 0, day: 10, event: 'censored', horizon: 10 },
];
const page = (address = '', retention = retentionSample()) =>
  cohortPage(cohortViewOf(address, { locale: 'en', retention }));

/** The points where a path of straight lines turns. */
const cornersOf = (path: string): string => {
  const points = [...path.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => `${x},${y}`);
  return points.filter((point, index) => point !== points[index - 1]).join(' ');
};

describe('the geometry of charts', () => {
  it('draws steps that keep their value until the next', () => {
    const steps = [
      { day: 0, share: 1 },
      { day: 3, share: 0.75 },
      { day: 8, share: 0.5 },
    ];
    expect(cornersOf(stepPath(steps, 10))).toEqual('0,0 3,0 3,0.25 8,0.25 8,0.5 10,0.5');
    expect(cornersOf(stepArea(steps, [{ day: 0, share: 0 }], 10))).toEqual(
      '0,0 3,0 3,0.25 8,0.25 8,0.5 10,0.5 10,1 0,1',
    );
    const lower = [
      { day: 0, share: 0.5 },
      { day: 4, share: 0.25 },
    ];
    expect(cornersOf(stepArea([{ day: 0, share: 1 }], lower, 10))).toEqual(
      '0,0 10,0 10,0.75 4,0.75 4,0.5 0,0.5',
    );
    expect([stepPath([], 10), stepArea(steps, [], 10)]).toEqual(['', '']);
  });
  it('puts 100 % above 0 %, day 0 left and the horizon right', () => {
    expect(yOf(1)).toBeLessThan(yOf(0));
    expect([xOf(0, 40), xOf(10, 40), xOf(40, 40), xOf(0, 0)]).toEqual(['0%', '25%', '100%', '0%']);
  });
  it('writes few days, and always the horizon', () => {
    for (const horizon of [1, 3, 9, 20, 61, 88, 240, 1_000, 5_000]) {
      const ticks = dayTicks(horizon);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBe(horizon);
    }
    expect(dayTicks(0)).toEqual([0]);
  });
});

describe('the section on retention and outcomes', () => {
  it('has each chart with its title, its table and its CSV', () => {
    const html = page('asOf=2026-12-01&clock=learner');
    expect(html.match(/<svg class="chart"[^>]*role="img"/g)).toHaveLength(2);
    expect(html.match(/<details class="chart-table">/g)).toHaveLength(2);
    expect(html).toContain('/outcomes.csv?asOf=2026-12-01&amp;clock=learner');
    expect(html).toContain('/retention.csv?asOf=2026-12-01&amp;clock=learner');
  });
  it('hatches what is not known yet in a closed cohort, and says so', () => {
    expect(page()).toContain('Hatched area, after day 59');
    expect(page('', retentionSample(undefined, { final: false }))).not.toContain('chart-hatch');
    expect(page('', retentionSample(undefined, { knownThrough: 88 }))).not.toContain('chart-hatch');
  });
  it('draws a line of few people dashed, and marks its rows', () => {
    const html = page('', retentionSample(few, { horizon: 10 }));
    expect(html).toContain('chart-line chart-thin');
    expect(html).toContain('dashed: fewer than 10 people observed');
    expect(html).toContain('few people');
    expect(page()).not.toContain('dashed: fewer');
  });
  it('says that nobody is observed, or that nothing happened yet', () => {
    const calm = page(
      '',
      retentionSample([{ entry: 0, day: 10, event: 'censored', horizon: 10 }], { horizon: 10 }),
    );
    expect(calm).toContain('No dropout to show yet.');
    expect(calm).not.toContain('retention.csv');

    const html = page('', retentionSample([], { horizon: 0, knownThrough: 0 }));
    expect(html).toContain('Nobody is observed yet.');
    expect(html).not.toContain('<svg class="chart"');
    expect(html).not.toContain('retention.csv');
  });
  it('keeps what is asked for in the address, and reports what it cannot read', () => {
    expect(readCohortQuery(new URLSearchParams('clock=learner&population=enrolled'))).toMatchObject({
      clock: 'learner',
      population: 'enrolled',
      ignored: [],
    });
    expect(readCohortQuery(new URLSearchParams('clock=moon')).ignored).toEqual(['clock']);
  });
});

describe('the CSV of retention and outcomes', () => {
  it('has the names of the API and full precision', () => {
    const [head, first] = survivalCsv(retentionSample(few)).slice(1).split('\r\n');
    expect(head).toBe('day,atRisk,events,survival,se,lo,hi,thin');
    expect(first).toMatch(/^3,3,1,0\.66666\d+,0\.2721655\d+,0\.0\d+,0\.9\d+,true$/);
    const lines = outcomesCsv(retentionSample(few)).slice(1).split('\r\n');
    expect(lines[0]).toBe(
      'day,dropped,droppedLo,droppedHi,completed,completedLo,completedHi,stillIn,stillInLo,stillInHi,atRisk,thin',
    );
    expect(lines[1]).toMatch(/^3,0\.3333\d+,[\d.]+,[\d.]+,0,,,0\.666\d+,[\d.]+,[\d.]+,3,true$/);
    expect(lines).toHaveLength(4);
  });
});
