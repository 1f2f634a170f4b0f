import fc from 'fast-check';
import { cohortMetrics } from '../../src/metrics/cohort-metrics.ts';
import { learnerRows } from '../../src/metrics/learner-rows.ts';
import { retentionOf } from '../../src/metrics/retention.ts';
import { CLOCKS, POPULATIONS } from '../../src/metrics/types.ts';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { factsOf } from '../support/scene.ts';
import { naively } from './cohort.ts';
import { scenes } from './scenes.ts';
const N = Number(process.argv[2] ?? 300), seed = Number(process.argv[3] ?? 1);
const diff = (a: any, b: any, path: string): string[] => {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) < 1e-9 ? [] : [`${path}: product ${a} naive ${b}`];
  if (b === null || a === null || typeof b !== 'object' || typeof a !== 'object') return a === b ? [] : [`${path}: product ${JSON.stringify(a)} naive ${JSON.stringify(b)}`];
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return [`${path}.length: product ${a.length} naive ${b.length}`];
  return Object.keys(b).flatMap((k) => diff(a[k], b[k], `${path}.${k}`));
};
const counts = new Map<string, number>(); const bump = (k: string) => counts.set(k, (counts.get(k) ?? 0) + 1);
let bad = 0, tn = 0, tp = 0;
const only = process.argv[4] ? Number(process.argv[4]) : null;
const list = fc.sample(scenes, { numRuns: N, seed });
list.forEach((scene, i) => {
  if (only !== null && i !== only) return;
  const { definition, told, asOf, knownAt } = scene;
  let t = performance.now();
  const progress = cohortProgress({ ...scene, org: 'o', facts: factsOf(definition, told) }, asOf, knownAt);
  const v = { cohortVersion: 1, knownAt };
  const figures = cohortMetrics(progress, v);
  const rows = learnerRows(progress, (id) => ({ actor: {}, name: id }));
  const ret = CLOCKS.flatMap((clock) => POPULATIONS.map((population) => retentionOf(progress, { clock, population }, v)));
  tp += performance.now() - t; t = performance.now();
  const naive = naively(scene, asOf, knownAt);
  tn += performance.now() - t;
  const key = (r: any) => `${r.name ?? (r.person.startsWith('stranger') ? '~' : r.person)}`.replace(/^[0-9a-f-]{20,}$/, '~') + r.enrolledAt;
  const sort = (l: readonly any[]) => [...l].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const a = sort(rows), b = sort(naive.rows.map(({ person, ...r }) => ({ name: person.startsWith('stranger') ? undefined : person, person, ...r }))).map(({ person, name, ...r }) => r);
  const d = [...diff(a, b, 'rows'), ...diff(figures, naive.figures, 'figures'), ...diff(ret, naive.retention, 'ret')];
  if (d.length) { bad++; if (bad <= 12) { console.log('#', i, definition.timezone, 'T', new Date(asOf).toISOString(), knownAt, d.slice(0, 6)); if (only !== null) console.log(JSON.stringify(scene), JSON.stringify(a,null,1), JSON.stringify(b,null,1)); } }
  for (const r of naive.rows) { bump('state ' + r.state); r.alerts.forEach((x) => bump('alert ' + x)); r.sessions.forEach((s) => bump('session ' + s.status)); r.units.forEach((u) => { if (u.waived) bump('waived'); if (u.satisfiedAt) bump('sat ' + definition.units.find((x) => x.id === u.id)?.satisfiedBy); }); }
  naive.retention.forEach((r) => r.curve.length && bump('curve rows ' + r.clock + r.population));
});
console.log({ bad, N, tn, tp }, Object.fromEntries([...counts].sort()));
