import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { statement } from './contract/subject.ts';

/**
 * Opens the store of `folder` at an instant (ms) and appends `count` statements one after the other, each with the same
 * actor; prints one line with their ids and `stored`, as JSON.
 */
const [folder = '', at = '0', count = '0', org = ''] = process.argv.slice(2);
await new Promise((resolve) => setTimeout(resolve, Number(at) - Date.now()));
const storage = openEmbedded({ folder, mode: 'inline' });
const written: { readonly id: string; readonly stored: number }[] = [];
for (let turn = 0; turn < Number(count); turn += 1) {
  const next = statement({ agents: [{ term: 'mailto:same@example.org', related: false }] });
  const result = await storage.statements.append(
    org,
    { keyId: `${process.pid}`, standings: false, voidsAny: false },
    [next],
  );
  if (result.kind === 'stored') written.push({ id: next.id, stored: result.stored });
}
const learner = await storage.cohorts.learnerOf(org, 'an actor', {
  learnerId: `${process.pid}`,
  name: null,
  at: 0,
});
await storage.close();
process.stdout.write(`${JSON.stringify({ written, learner: learner.id })}\n`);
