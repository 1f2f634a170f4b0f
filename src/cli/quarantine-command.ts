import { Command } from 'commander';
import { AssiduError } from '../base/errors.ts';
import { openText } from '../import/open-text.ts';
import { entryJson, QUARANTINE_STATES } from '../web/api/quarantine.ts';
import { print, printResult, UsageError, withServices } from './context.ts';
import { progressLine } from './progress-line.ts';
import { table } from './table.ts';

const PAGE = 1_000;

/** `assidu quarantine list|show|replay|discard`: statements that were not stored while others of their request were. */
export function quarantineCommand(): Command {
  const command = new Command('quarantine').description('statements that were sent and could not be stored');
  command.addCommand(listCommand()).addCommand(showCommand());
  command.addCommand(replayCommand()).addCommand(discardCommand());
  return command;
}

function listCommand(): Command {
  return new Command('list')
    .description('list entries, oldest first')
    .option('--org <org>', 'organisation', 'default')
    .option('--state <state>', QUARANTINE_STATES.join(', '), 'open')
    .option('--key <key>', 'only what this key sent')
    .option('--json', 'print JSON')
    .action(async (options: { org: string; state: string; key?: string; json?: boolean }) => {
      const state = QUARANTINE_STATES.find((each) => each === options.state);
      if (state === undefined)
        throw new UsageError(`--state: must be one of ${QUARANTINE_STATES.join(', ')}`);
      const shown = await withServices(async ({ quarantine }) => {
        const all: ReturnType<typeof entryJson>[] = [];
        let after: { readonly receivedAt: number; readonly id: string } | null = null;
        for (;;) {
          const query = { state, key: options.key, after, limit: PAGE };
          const page: Awaited<ReturnType<typeof quarantine.list>> = await quarantine.list(options.org, query);
          all.push(...page.map(entryJson));
          after = page.at(-1) ?? null;
          if (page.length < PAGE) return all;
        }
      });
      printResult(options.json, shown, () =>
        table(
          ['id', 'key', 'received', 'times', 'what', 'first problem', 'resolution'],
          shown.map(({ id, key, receivedAt, times, code, problems, resolution }) => {
            const [first] = problems;
            const problem = first === undefined ? null : `${first.path} ${first.message}`.trim();
            return [id, key, receivedAt, times, code, problem, resolution];
          }),
        ),
      );
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('print the text of an entry as it was sent')
    .argument('<id>')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print all that is known of it as JSON')
    .action(async (id: string, { org, json }: { org: string; json?: boolean }) => {
      const entry = await withServices(({ quarantine }) => quarantine.show(org, id));
      printResult(json, { ...entryJson(entry), text: entry.text }, () => entry.text);
    });
}

function replayCommand(): Command {
  return new Command('replay')
    .description('judge an entry again and store it, as it is or corrected')
    .argument('[id]')
    .option('--all', 'every open entry')
    .option('--with <file>', 'the corrected statement (- for standard input)')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(
      async (
        id: string | undefined,
        { all, with: file, org, json }: { all?: boolean; with?: string; org: string; json?: boolean },
      ) => {
        if ((id === undefined) !== (all === true)) throw new UsageError('replay: takes an id or --all');
        if (id === undefined) {
          if (file !== undefined) throw new UsageError('--with: corrects one entry, not all');
          return replayAll(org, json);
        }
        const corrected = file === undefined ? undefined : await wholeText(file);
        const replay = await withServices(({ quarantine }) => quarantine.replay(org, id, null, corrected));
        if (replay.kind === 'refused') throw replay.error;
        const { statementId } = replay;
        printResult(json, { id, statementId }, () => `${id} is stored as statement ${statementId}`);
      },
    );
}

async function replayAll(org: string, json: boolean | undefined): Promise<void> {
  const progress = progressLine('entries');
  const report = await withServices(({ quarantine }) =>
    quarantine.replayAll(org, null, progress.update),
  ).finally(progress.end);
  printResult(json, report, () => `${report.stored} stored, ${report.refused} still refused`);
  if (report.stored === 0 && report.refused > 0)
    throw new AssiduError('invalid-statement', 'nothing could be stored');
}

function discardCommand(): Command {
  return new Command('discard')
    .description('close an entry without storing it; its text stays')
    .argument('<id>')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, { org }: { org: string }) => {
      await withServices(({ quarantine }) => quarantine.discard(org, id));
      print(`${id} is discarded`);
    });
}

async function wholeText(file: string): Promise<string> {
  let text = '';
  for await (const piece of openText(file)) text += piece;
  return text;
}
