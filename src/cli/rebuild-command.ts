import { Command } from 'commander';
import { print, withServices } from './context.ts';

/** `assidu rebuild`: forgets the facts and folds them anew from the statements. */
export function rebuildCommand(): Command {
  return new Command('rebuild')
    .description('fold the facts of cohorts anew from the statements')
    .option('--cohort <id>', 'only this one')
    .option('--org <org>', 'organisation', 'default')
    .action(async ({ cohort, org }: { cohort?: string; org: string }) => {
      const done = await withServices(async ({ definitions, storage, feed }) => {
        const list =
          cohort === undefined ? await definitions.list(org) : [await definitions.show(org, cohort, null)];
        for (const { id } of list) await storage.facts.forget(org, id, null);
        await feed.settled();
        return list.length;
      });
      print(`${done} cohorts rebuilt`);
    });
}
