import { Command } from 'commander';
import { commandSettings, printResult } from './context.ts';
import { stepLine } from './step-line.ts';

/** `assidu backup FOLDER`: a copy of the embedded store as of now, while the server goes on. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('copy the embedded store, as it is now, into a new folder; the server goes on meanwhile')
    .argument('<folder>', 'made when missing; must be empty')
    .option('--json', 'print JSON')
    .action(async (folder: string, { json }: { readonly json?: boolean }) => {
      const settings = commandSettings();
      const { backUpStore } = await import('../compose.ts');
      const line = stepLine();
      line.show(`copying ${settings.dataFolder}`);
      try {
        const backup = backUpStore(settings, folder);
        printResult(json, backup, () => `${backup.folder}: ${(backup.bytes / 1_000_000).toFixed(1)} MB`);
      } finally {
        line.end();
      }
    });
}
