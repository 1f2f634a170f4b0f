import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ISSUER, type World } from '../authorisation/world.ts';
import { makeLargeCohort } from './large-cohort.ts';

/** Bytes of a page's HTML, at most. */
const MOST = 300_000;
const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['cohort', ''],
  ['cohort, weeks by learner', '?heat=learners'],
  ['cohort, a later page of a filter', '?alert=any&page=7&sort=progress'],
  ['cohort, as of a past day', '?asOf=PAST'],
  ['comparison', '/compare?with=walk-a&with=walk-b'],
  ['report', '/report'],
  ['report for people outside', '/report?for=outside'],
  ['report with names', '/report?names=yes'],
  ['today', '/today'],
  ['definition', '/definition'],
  ['versions', '/definition/versions'],
  ['register', '/sessions/31'],
  ['a learner', '/learners/LEARNER'],
  ['timeline', '/learners/LEARNER/timeline'],
];

let world: World;
beforeAll(async () => {
  world = await makeLargeCohort();
}, 180_000);
afterAll(() => world.assidu.close());

describe('the pages of a cohort of 5,000', () => {
  it('are of 300 KB at most; their times are printed', async () => {
    const visit = await world.visit({ role: 'dlm' });
    const rows: { page: string; KB: number; ms: number }[] = [];
    const { storage } = world.assidu.services;
    const found = await storage.cohorts.findLearner('default', `account|${ISSUER}|large-77`);
    const past = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
    for (const [page, path] of PAGES) {
      const address = `/app/${visit.launch}/cohorts/large${path.replace('PAST', past).replace('LEARNER', found?.id ?? '')}`;
      let best = Number.POSITIVE_INFINITY;
      for (let time = 0; time < 4; time += 1) {
        const began = performance.now();
        const { status, text } = await world.assidu.request('GET', address, undefined, visit.headers);
        best = Math.min(best, performance.now() - began);
        expect([page, status]).toEqual([page, 200]);
        expect(Buffer.byteLength(text), page).toBeLessThanOrEqual(MOST);
        if (time === 0) rows.push({ page, KB: Math.round(Buffer.byteLength(text) / 1_000), ms: 0 });
      }
      const row = rows.at(-1);
      if (row) row.ms = Math.round(best);
    }
    console.table(rows);
  }, 120_000);
});
