import { Command, Option } from 'commander';
import { type AccountOptions, passwordOf, readingOptions, withAccountOptions } from './account-options.ts';
import { print, printResult, withServices } from './context.ts';
import { deadCommand } from './forward-dead-command.ts';
import { table } from './table.ts';

interface AddOptions extends AccountOptions {
  readonly cohort: readonly string[];
  readonly verb: readonly string[];
  readonly activity: readonly string[];
  readonly from: string;
}

/** `assidu forward add|list|pause|resume|remove|dead`: other LRSs that statements are sent on to (docs/forwarding.md). */
export function forwardCommand(): Command {
  const command = new Command('forward').description('send statements on to other LRSs');
  command.addCommand(addCommand()).addCommand(listCommand());
  command.addCommand(pauseCommand('pause', true)).addCommand(pauseCommand('resume', false));
  command.addCommand(removeCommand()).addCommand(deadCommand());
  return command;
}

function addCommand(): Command {
  const collect = (value: string, earlier: readonly string[]) => [...earlier, value];
  return withAccountOptions(new Command('add').description('send statements on to another LRS'))
    .option('--cohort <id>', 'only evidence of this cohort; may be repeated', collect, [])
    .option('--verb <iri>', 'only statements with this verb; may be repeated', collect, [])
    .option('--activity <iri>', 'only statements that name this activity; may be repeated', collect, [])
    .addOption(
      new Option('--from <when>', 'what is sent: from now on, or all that is kept')
        .choices(['now', 'beginning'])
        .default('now'),
    )
    .action(async (options: AddOptions) => {
      const password = await passwordOf(options);
      const input = {
        name: options.name,
        url: options.url,
        username: options.username,
        password,
        version: options.version,
        from: options.from,
        filter: { cohorts: options.cohort, verbs: options.verb, activities: options.activity },
      };
      const rules = { allowHttp: options.allowHttp ?? false, allowLocal: true } as const;
      const added = await readingOptions(() =>
        withServices(({ forwards }) => forwards.add(options.org, input, rules)),
      );
      printResult(
        options.json,
        added,
        () => `${added.id}  statements go to ${added.url} while the server runs`,
      );
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('list them, with how far each has come')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async ({ org, json }: { org: string; json?: boolean }) => {
      const list = await withServices(({ forwards }) => forwards.list(org));
      printResult(json, list, () =>
        table(
          ['id', 'name', 'url', 'state', 'position', 'behind', 'dead letters', 'waiting until', 'last error'],
          list.map((each) => [
            each.id,
            each.name,
            each.url,
            each.state,
            each.position,
            each.behind,
            each.deadLetters,
            each.waitingUntil,
            each.lastError,
          ]),
        ),
      );
    });
}

function pauseCommand(name: 'pause' | 'resume', paused: boolean): Command {
  return new Command(name)
    .description(paused ? 'send nothing until it is resumed' : 'go on; one that waits tries at once')
    .argument('<id>')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, { org }: { org: string }) => {
      await withServices(({ forwards }) => forwards.setPaused(org, id, paused));
      print(`${id} is ${paused ? 'paused' : 'resumed'}`);
    });
}

function removeCommand(): Command {
  return new Command('remove')
    .description('send nothing more to it; what it has, it keeps')
    .argument('<id>')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, { org }: { org: string }) => {
      await withServices(({ forwards }) => forwards.remove(org, id));
      print(`${id} is removed`);
    });
}
