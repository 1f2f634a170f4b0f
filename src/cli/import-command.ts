import { Command } from 'commander';
import { AssiduError } from '../base/errors.ts';
import { importStatements } from '../import/import-statements.ts';
import { openText } from '../import/open-text.ts';
import { withServices } from './context.ts';
import { addImportAttendance } from './import-attendance-command.ts';
import { addImportEnrolments } from './import-enrolments-command.ts';
import { progressLine } from './progress-line.ts';

/** `assidu import …`: files into the store. */
export function importCommand(): Command {
  const command = new Command('import').description('import files');
  command
    .command('statements <file>')
    .description('xAPI statements: a JSON array or one statement a line, .gz too (- for standard input)')
    .option('--org <org>', 'organisation', 'default')
    .option('--trusted', 'statements may change standings, as those of a key with the scope cohorts')
    .action(async (file: string, { org, trusted }: { org: string; trusted?: boolean }) => {
      const progress = progressLine('statements');
      const report = await withServices(({ intake }, { publicUrl }) =>
        importStatements(openText(file), {
          intake,
          sender: {
            org,
            authority: {
              objectType: 'Agent',
              name: 'import',
              account: { homePage: publicUrl, name: 'import' },
            },
            writer: { keyId: 'import', standings: trusted ?? false, voidsAny: false, defines: true },
          },
          onProgress: progress.update,
          onRefused: (line, reason) => {
            progress.clear();
            process.stderr.write(`line ${line}: ${reason}\n`);
          },
        }),
      );
      progress.end();
      const adapted = Object.entries(report.adapted)
        .map(([what, count]) => `\n${count} adapted: ${what}`)
        .join('');
      process.stdout.write(`${report.accepted} accepted, ${report.refused} refused${adapted}\n`);
      if (report.accepted === 0 && report.refused > 0)
        throw new AssiduError('invalid-statement', 'no statement could be imported');
    });
  addImportAttendance(command);
  addImportEnrolments(command);
  return command;
}
