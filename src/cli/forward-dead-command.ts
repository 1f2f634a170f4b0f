import { Command } from 'commander';
import { AssiduError } from '../base/errors.ts';
import type { Services } from '../services.ts';
import { print, printResult, UsageError, withServices } from './context.ts';
import { table } from './table.ts';

type Letters = Awaited<ReturnType<Services['forwards']['deadLetters']>>;

const PAGE = 1_000;

/** `assidu forward dead list|replay|discard`: statements that a target refused for what they are. */
export function deadCommand(): Command {
  const command = new Command('dead').description('statements that a target refused for what they are');
  command.addCommand(listCommand()).addCommand(replayCommand()).addCommand(discardCommand());
  return command;
}

function listCommand(): Command {
  return new Command('list')
    .description('list them in their order')
    .argument('<id>', 'the forwarding')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async (id: string, { org, json }: { org: string; json?: boolean }) => {
      const letters = await withServices(async ({ forwards }) => {
        const all: Letters[number][] = [];
        for (;;) {
          const page: Letters = await forwards.deadLetters(org, id, all.at(-1)?.seq ?? 0, PAGE);
          all.push(...page);
          if (page.length < PAGE) return all;
        }
      });
      const shown = letters.map(({ statementId, status, reason, at }) => ({
        statementId,
        status,
        reason,
        at: new Date(at).toISOString(),
      }));
      printResult(json, shown, () =>
        table(
          ['statement', 'status', 'at', 'reason'],
          shown.map(({ statementId, status, at, reason }) => [statementId, status, at, reason]),
        ),
      );
    });
}

function replayCommand(): Command {
  return new Command('replay')
    .description('send one again, or all of them')
    .argument('<id>', 'the forwarding')
    .argument('[statement]', 'the statement')
    .option('--all', 'all of them')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, statement: string | undefined, options: { org: string; all?: boolean }) => {
      oneOrAll(statement, options.all);
      const total = await withServices(async ({ forwards }) => {
        let [taken, refused] = [0, 0];
        let which: { statementId: string } | { after: number } =
          statement === undefined ? { after: 0 } : { statementId: statement };
        for (;;) {
          const step = await forwards.replay(options.org, id, which);
          taken += step.taken;
          refused += step.refused;
          if (step.stopped !== null || step.next === null) return { taken, refused, stopped: step.stopped };
          which = { after: step.next };
        }
      });
      print(`${total.taken} taken, ${total.refused} refused again`);
      if (total.stopped !== null)
        throw new AssiduError(
          'too-many-requests',
          `stopped: the target does not take any now: ${total.stopped}`,
        );
    });
}

function discardCommand(): Command {
  return new Command('discard')
    .description('give one up, or all of them')
    .argument('<id>', 'the forwarding')
    .argument('[statement]', 'the statement')
    .option('--all', 'all of them')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, statement: string | undefined, options: { org: string; all?: boolean }) => {
      oneOrAll(statement, options.all);
      const count = await withServices(({ forwards }) =>
        forwards.discard(options.org, id, statement ?? null),
      );
      print(`${count} discarded`);
    });
}

function oneOrAll(statement: string | undefined, all: boolean | undefined): void {
  if ((statement === undefined) === (all !== true))
    throw new UsageError('name one statement, or --all of them');
}
