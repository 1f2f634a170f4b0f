#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { AssiduError } from '../base/errors.ts';
import { accessCommand } from './access-command.ts';
import { backupCommand } from './backup-command.ts';
import { cohortCommand } from './cohort-command.ts';
import { compareCommand } from './compare-command.ts';
import { UsageError } from './context.ts';
import { eraseCommand } from './erase-command.ts';
import { exportCommand } from './export-command.ts';
import { forwardCommand } from './forward-command.ts';
import { gradesCommand } from './grades-command.ts';
import { grantCommand } from './grant-command.ts';
import { identityCommand } from './identity-command.ts';
import { importCommand } from './import-command.ts';
import { keyCommand } from './key-command.ts';
import { metricsCommand } from './metrics-command.ts';
import { migrateCommand } from './migrate-command.ts';
import { organisationCommand } from './organisation-command.ts';
import { platformCommand } from './platform-command.ts';
import { portfolioCommand } from './portfolio-command.ts';
import { pullCommand } from './pull-command.ts';
import { quarantineCommand } from './quarantine-command.ts';
import { rebuildCommand } from './rebuild-command.ts';
import { retentionCommand } from './retention-command.ts';
import { rosterCommand } from './roster-command.ts';
import { serveCommand } from './serve-command.ts';
import { toolKeyCommand } from './tool-key-command.ts';
import { verifyCommand } from './verify-command.ts';

const FAILED = 1;
const USAGE = 2;

/** Runs a command line; answers the exit code: 0, 1 failed, 2 called wrongly. */
async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('assidu')
    .description(
      'Who completes, who drops out, when and why: an LTI 1.3 tool with its own Learning Record Store',
    )
    .showHelpAfterError('(--help shows how it is called)');
  for (const command of [
    serveCommand(),
    platformCommand(),
    keyCommand(),
    toolKeyCommand(),
    cohortCommand(),
    metricsCommand(),
    retentionCommand(),
    compareCommand(),
    portfolioCommand(),
    importCommand(),
    identityCommand(),
    forwardCommand(),
    pullCommand(),
    quarantineCommand(),
    rosterCommand(),
    gradesCommand(),
    grantCommand(),
    organisationCommand(),
    rebuildCommand(),
    verifyCommand(),
    migrateCommand(),
    backupCommand(),
    exportCommand(),
    accessCommand(),
    eraseCommand(),
  ])
    program.addCommand(command);
  for (const command of allCommands(program)) command.exitOverride();
  try {
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    if (error instanceof UsageError) return complain(error.message, USAGE);
    if (error instanceof AssiduError) return complain(explain(error), FAILED);
    return complain(unexpected(error), FAILED);
  }
}

function allCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

function complain(message: string, code: number): number {
  process.stderr.write(`assidu: ${message}\n`);
  return code;
}

/** The message, every problem on a line of its own, and the cause of what was not the caller's fault. */
function explain(error: AssiduError): string {
  const [first, ...others] = error.problems;
  const lines = others.map(({ path, message }) => `${path}: ${message}`);
  const cause = error.code === 'storage' || error.code === 'internal' ? causeOf(error) : null;
  return [error.message, ...(first ? lines : []), ...(cause === null ? [] : [cause])].join('\n  ');
}

/** What the system refuses (a folder, a port) is said in its words; anything else is a bug and shows where it is. */
function unexpected(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'syscall' in error ? error.message : (error.stack ?? error.message);
}

function causeOf({ cause }: AssiduError): string | null {
  if (cause === undefined) return null;
  return cause instanceof Error ? cause.message : String(cause);
}

process.exitCode = await run(process.argv);
