import type { Command } from 'commander';
import { isError } from '../base/errors.ts';
import type { Instants } from '../cohorts/figures.ts';
import { parseInstants } from '../web/api/instants.ts';
import { UsageError } from './context.ts';

/** The options of commands that print figures. */
export interface InstantOptions {
  readonly asOf?: string;
  readonly knownAt?: string;
}

/** Adds `--as-of` and `--known-at` to a command. */
export function withInstants(command: Command): Command {
  return command
    .option('--as-of <instant>', 'the instant they are asked for, ISO 8601 with a zone (default: now)')
    .option('--known-at <instant>', 'leave out what was recorded later');
}

/** The instants of these options. Throws `UsageError` naming the option. */
export function instantsOf({ asOf, knownAt }: InstantOptions): Instants {
  return asUsage(() => parseInstants({ asOf, knownAt }));
}

/** Runs a parser of query parameters over options: what it refuses names the option instead. */
export function asUsage<Value>(parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    if (isError(error, 'invalid-request'))
      throw new UsageError(error.message.replace(/^[a-zA-Z]+/, optionOf));
    throw error;
  }
}

function optionOf(parameter: string): string {
  return `--${parameter.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}
