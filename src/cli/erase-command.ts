import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import type { ErasureReport } from '../privacy/run-erasure.ts';
import { printResult, UsageError, withServices } from './context.ts';
import { readActor, WHO } from './read-actor.ts';
import { stepLine } from './step-line.ts';
import { table } from './table.ts';

interface Options {
  readonly org: string;
  readonly actor?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly resume?: boolean;
  readonly json?: boolean;
}

/** `assidu erase`: removes everything kept about a person, for good (GDPR article 17; docs/privacy.md). */
export function eraseCommand(): Command {
  return new Command('erase')
    .description('remove everything kept about a person, for good')
    .option('--actor <who>', `who: ${WHO}`)
    .option('--org <org>', 'organisation', 'default')
    .option('--dry-run', 'only tell what would be removed')
    .option('--yes', 'do not ask')
    .option('--resume', 'finish erasures that were cut off')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      if ((options.actor === undefined) === (options.resume === undefined))
        throw new UsageError('give either --actor or --resume');
      if (options.actor === undefined) return resume(options);
      await erase(options, options.actor);
    });
}

async function resume({ org, json }: Options): Promise<void> {
  const line = stepLine();
  const reports = await withServices(({ erasures }) => erasures.resume(org, line.show)).finally(line.end);
  printResult(json, reports, () => `${reports.length} erasures finished`);
}

async function erase({ org, dryRun, yes, json }: Options, who: string): Promise<void> {
  const actor = readActor(who);
  if (dryRun) {
    const report = await withServices(({ erasures }) => erasures.trial(org, actor));
    printResult(json, report, () => textOf(report, 'would be removed'));
    return;
  }
  if (!yes) await ask(org, who);
  const line = stepLine();
  const report = await withServices(async ({ erasures }) => {
    // What was cut off before goes first: it may be of the same person.
    await erasures.resume(org, line.show);
    return erasures.erase(org, actor, line.show);
  }).finally(line.end);
  printResult(json, report, () => textOf(report, 'removed'));
}

/** Asks on a terminal. Throws `UsageError` where nobody can answer, or the answer is another. */
async function ask(org: string, who: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('give --yes (or --dry-run): nobody is here to be asked');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(
      `Everything about ${who} in ${org} will be gone for good. Type "erase" to go on: `,
    );
    if (answer.trim() !== 'erase') throw new UsageError('nothing was erased');
  } finally {
    terminal.close();
  }
}

function textOf({ identifiers, cohorts, removed }: ErasureReport, what: string): string {
  return [
    `${identifiers} identifiers, cohorts: ${cohorts.join(', ') || 'none'}`,
    '',
    table(
      ['kind', what],
      Object.entries(removed).map(([kind, count]) => [kind, count]),
    ),
  ].join('\n');
}
