import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, startWorld, type World } from '../authorisation/world.ts';
import { htmlFaults } from '../support/html-faults.ts';

const ASSETS = fileURLToPath(new URL('../../src/web/assets/', import.meta.url));
/** Bytes of all scripts together, at most. */
const BUDGET = 50_000;

/** Pages by whom they are for; LEARNER stands for the learner's id. */
const PAGES: readonly (readonly [Person, readonly string[]])[] = [
  [
    { role: 'dlm' },
    [
      '',
      '/new-cohort',
      '/portfolio',
      '/organisation',
      '/cohorts/walk-a',
      '/cohorts/walk-a?heat=learners&asOf=2026-02-01',
      '/cohorts/walk-a/today',
      '/cohorts/walk-a/compare?with=walk-b',
      '/cohorts/walk-a/report',
      '/cohorts/walk-a/report?for=outside',
      '/cohorts/walk-a/definition',
      '/cohorts/walk-a/definition?part=units',
      '/cohorts/walk-a/definition?part=rules',
      '/cohorts/walk-a/definition/versions',
      '/cohorts/walk-a/definition/duplicate',
      '/cohorts/walk-a/definition/import',
      '/cohorts/nowhere',
    ],
  ],
  [
    { role: 'staff', course: 'course-1' },
    [
      '/cohorts/walk-a/sessions/2',
      '/cohorts/walk-a/learners/LEARNER',
      '/cohorts/walk-a/learners/LEARNER/timeline',
    ],
  ],
  [
    { role: 'learner', course: 'course-1', sub: 'learner' },
    ['/cohorts/walk-a', '/cohorts/walk-a/my-data', '/cohorts/walk-a/units/UNIT'],
  ],
];

describe('every page', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, 60_000);
  afterAll(() => world.assidu.close());

  const cases = PAGES.flatMap(([person, paths]) =>
    paths.flatMap((path) => ['fr', 'en'].map((lang) => ({ person, path, lang }))),
  );
  it.each(cases)('is HTML by the standard, without inline scripts and styles: $path $lang', async (each) => {
    const { person, path, lang } = each;
    const { launch, headers } = await world.visit(person);
    const named = path.replace('LEARNER', world.ids.learners ?? '').replace('UNIT', world.ids.units ?? '');
    const address = `/app/${launch}${named}${named.includes('?') ? '&' : '?'}lang=${lang}`;
    const { text, headers: answered } = await world.assidu.request('GET', address, undefined, headers);
    expect(answered.get('content-type')).toContain('text/html');
    expect(text).toContain(`<html lang="${lang}"`);
    expect(await htmlFaults(text)).toEqual([]);
  });
});

describe('scripts', () => {
  it('are small islands: 50 KB for the whole product at most', () => {
    const scripts = readdirSync(ASSETS).filter((name) => name.endsWith('.js'));
    const bytes = scripts.reduce((sum, name) => sum + statSync(`${ASSETS}${name}`).size, 0);
    expect(scripts.length).toBeGreaterThan(5);
    expect(bytes).toBeLessThanOrEqual(BUDGET);
  });
});
