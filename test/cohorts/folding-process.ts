import { COHORT, ORG, openFolding } from './folding.ts';

/** Changes the definition of the cohort again and again, folds and rebuilds, `count` times over. */
const [folder = '', count = '0'] = process.argv.slice(2);
const folding = openFolding(folder);
for (let turn = 0; turn < Number(count); turn += 1) {
  await folding.define(`from another process, ${turn}`);
  await folding.feed.settled();
  if (turn % 3 === 0) await folding.storage.facts.forget(ORG, COHORT, null);
  if (turn % 2 === 0) await folding.feed.settled();
}
await folding.close();
