import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { AssiduError } from '../base/errors.ts';
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

/** `assidu verify`: compares figures of what is kept with figures recomputed from the statements. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('recompute all figures from the statements and compare with what is kept')
    .option('--org <org>', 'organisation', 'default')
    .action(async ({ org }: { org: string }) => {
      const differing = await withServices(async ({ definitions, figures, storage }) => {
        const found: string[] = [];
        // What a running server stores meanwhile is left out of both sides.
        const { stored } = await storage.statements.head();
        for (const { id } of await definitions.list(org)) {
          const instants = { asOf: Date.now(), knownAt: Math.max(stored, Date.now()) };
          const kept = await figures.of(org, id, instants);
          const again = await figures.recomputed(org, id, instants);
          const same = isDeepStrictEqual([kept.metrics, kept.rows], [again.metrics, again.rows]);
          print(`${id}: ${same ? 'equal' : 'DIFFERS'}`);
          if (!same) found.push(id);
        }
        return found;
      });
      if (differing.length > 0)
        throw new AssiduError('internal', `figures differ from a recomputation: ${differing.join(', ')}`);
    });
}
