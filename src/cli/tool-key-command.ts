import { Command } from 'commander';
import { print, printResult, withServices } from './context.ts';
import { table } from './table.ts';

/** `assidu tool-key list|rotate|remove`: the keys by which platforms know what we sign. */
export function toolKeyCommand(): Command {
  const command = new Command('tool-key').description('keys by which platforms know what this tool signs');

  command
    .command('list')
    .description('list them, newest first; all are published at /lti/jwks')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const shown = await withServices(async ({ toolKeys }) => {
        await toolKeys.ensure();
        const signing = await toolKeys.signing();
        return (await toolKeys.list()).map(({ kid, createdAt }) => ({
          kid,
          createdAt: new Date(createdAt).toISOString(),
          signs: kid === signing.kid,
        }));
      });
      printResult(json, shown, () =>
        table(
          ['key', 'created', 'signs'],
          shown.map(({ kid, createdAt, signs }) => [kid, createdAt, signs ? 'yes' : null]),
        ),
      );
    });

  command
    .command('rotate')
    .description('make a new one: published at once, it signs an hour later; those before stay published')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const kid = await withServices(async ({ toolKeys }) => {
        await toolKeys.ensure();
        return toolKeys.rotate();
      });
      printResult(json, { kid }, () => `${kid} is published, and signs an hour from now`);
    });

  command
    .command('remove <key>')
    .description('withdraw one at once: nothing that it signed is believed any more')
    .action(async (kid: string) => {
      await withServices(({ toolKeys }) => toolKeys.remove(kid));
      print(`${kid} is withdrawn`);
    });
  return command;
}
