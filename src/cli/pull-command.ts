import { Command } from 'commander';
import { AssiduError } from '../base/errors.ts';
import { type AccountOptions, passwordOf, readingOptions, withAccountOptions } from './account-options.ts';
import { print, printResult, withServices } from './context.ts';
import { progressLine } from './progress-line.ts';
import { table } from './table.ts';

interface AddOptions extends AccountOptions {
  readonly every: string;
  readonly since?: string;
  readonly trusted?: boolean;
  readonly attachments: boolean;
}

/** `assidu pull add|list|run|pause|resume|remove`: other LRSs that statements are fetched from (docs/forwarding.md). */
export function pullCommand(): Command {
  const command = new Command('pull').description('fetch statements from other LRSs');
  command.addCommand(addCommand()).addCommand(listCommand()).addCommand(runCommand());
  command.addCommand(pauseCommand('pause', true)).addCommand(pauseCommand('resume', false));
  command.addCommand(removeCommand());
  return command;
}

function addCommand(): Command {
  return withAccountOptions(new Command('add').description('fetch statements from another LRS'))
    .option('--every <minutes>', 'minutes between two looks', '5')
    .option('--since <instant>', 'only what was stored there after this instant (ISO 8601, with a zone)')
    .option('--trusted', 'its statements may change standings, as those of a key with the scope cohorts')
    .option('--no-attachments', 'leave attachments where they are')
    .action(async (options: AddOptions) => {
      const password = await passwordOf(options);
      const input = {
        name: options.name,
        url: options.url,
        username: options.username,
        password,
        version: options.version,
        trusted: options.trusted ?? false,
        attachments: options.attachments,
        everyMinutes: Number(options.every),
        since: options.since ?? null,
      };
      const rules = { allowHttp: options.allowHttp ?? false, allowLocal: true } as const;
      const added = await readingOptions(() =>
        withServices(({ pulls }) => pulls.add(options.org, input, rules)),
      );
      printResult(
        options.json,
        added,
        () =>
          `${added.id}  statements come from ${added.url} every ${added.everyMinutes} minutes while the server runs`,
      );
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('list them, with how far each was read')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async ({ org, json }: { org: string; json?: boolean }) => {
      const list = await withServices(({ pulls }) => pulls.list(org));
      printResult(json, list, () =>
        table(
          ['id', 'name', 'url', 'state', 'read up to', 'taken', 'refused', 'next look', 'last error'],
          list.map((each) => [
            each.id,
            each.name,
            each.url,
            each.state,
            each.cursor,
            each.taken,
            each.refused,
            each.nextLookAt,
            each.lastError,
          ]),
        ),
      );
    });
}

function runCommand(): Command {
  return new Command('run')
    .description('fetch now what there is')
    .argument('<id>')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, { org }: { org: string }) => {
      const progress = progressLine('statements');
      try {
        const [before, after] = await withServices(async ({ pulls }) => [
          await pulls.show(org, id),
          await pulls.run(org, id, ({ taken }) => progress.update(taken)),
        ]);
        progress.clear();
        print(`${after.taken - before.taken} taken, ${after.refused - before.refused} refused`);
        if (after.lastError !== null)
          throw new AssiduError('conflict', `stopped: the source does not answer: ${after.lastError}`);
      } finally {
        progress.end();
      }
    });
}

function pauseCommand(name: 'pause' | 'resume', paused: boolean): Command {
  return new Command(name)
    .description(paused ? 'fetch nothing until it is resumed' : 'go on at once')
    .argument('<id>')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, { org }: { org: string }) => {
      await withServices(({ pulls }) => pulls.setPaused(org, id, paused));
      print(`${id} is ${paused ? 'paused' : 'resumed'}`);
    });
}

function removeCommand(): Command {
  return new Command('remove')
    .description('fetch nothing more from it; what came stays')
    .argument('<id>')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, { org }: { org: string }) => {
      await withServices(({ pulls }) => pulls.remove(org, id));
      print(`${id} is removed`);
    });
}
