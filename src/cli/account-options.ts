import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { isError } from '../base/errors.ts';
import { UsageError } from './context.ts';
import { optionName } from './option-name.ts';

/** What names another LRS on a command line. */
export interface AccountOptions {
  readonly name: string;
  readonly url: string;
  readonly username: string;
  readonly password?: string;
  readonly passwordStdin?: boolean;
  readonly version?: string;
  readonly allowHttp?: boolean;
  readonly org: string;
  readonly json?: boolean;
}

/** Adds the options that name another LRS. */
export function withAccountOptions(command: Command): Command {
  return command
    .requiredOption('--name <text>', 'what it is called here')
    .requiredOption('--url <url>', 'its LRS endpoint, such as https://lrs.example/xapi')
    .requiredOption('--username <text>', 'user name (key) of ours there')
    .option('--password-stdin', 'read the password (secret) from standard input')
    .option('--password <text>', 'the password; others on this machine may see it in the list of processes')
    .option('--version <version>', 'xAPI version that it speaks, 1.0.3 or 2.0.0', '1.0.3')
    .option('--allow-http', 'send credentials and data unencrypted, to another machine too')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON');
}

/** The password, from where it was said to be. */
export async function passwordOf(options: AccountOptions): Promise<string> {
  if (options.passwordStdin) return (await text(process.stdin)).replace(/\r?\n$/, '');
  if (options.password === undefined) throw new UsageError('--password-stdin (or --password) is needed');
  process.stderr.write('assidu: --password can be seen in the list of processes; --password-stdin cannot\n');
  return options.password;
}

/** Runs what reads settings; faults in them are faults of the command line. */
export async function readingOptions<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isError(error, 'invalid-request')) throw error;
    const lines = error.problems.map(({ path, message }) => `${nameOf(path)}: ${message}`);
    throw new UsageError(lines.length > 0 ? lines.join('\n') : error.message);
  }
}

/** `filter.cohorts[0]` is an option of its own, `--cohort`. */
function nameOf(path: string): string {
  const [, kind] = /^filter\.(\w+)/.exec(path) ?? [];
  const singular = { cohorts: 'cohort', verbs: 'verb', activities: 'activity' }[kind ?? ''];
  return optionName([singular ?? (path === 'everyMinutes' ? 'every' : path)]);
}
