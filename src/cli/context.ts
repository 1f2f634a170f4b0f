import { readSettings, type Settings } from '../../config/settings.ts';
import { AssiduError } from '../base/errors.ts';
import type { Services } from '../services.ts';

/** A command that was called wrongly: exit code 2. */
export class UsageError extends Error {}

/** Settings of the process, or `settings` with a line per fault. */
export function commandSettings(): Settings {
  const read = readSettings(process.env);
  if ('faults' in read)
    throw new AssiduError('settings', `settings:\n${read.faults.map((line) => `  ${line}`).join('\n')}`);
  return read.settings;
}

/** Runs a command's work over the store and closes it, whatever happens. Warnings go to stderr. */
export async function withServices<Result>(
  work: (services: Services, settings: Settings) => Promise<Result>,
): Promise<Result> {
  const settings = commandSettings();
  // Loaded when there is work: help and complaints come at once.
  const [{ composeServices, realWorld }, { default: pino }] = await Promise.all([
    import('../compose.ts'),
    import('pino'),
  ]);
  const log = pino({ level: settings.logLevel === 'info' ? 'warn' : settings.logLevel }, pino.destination(2));
  const services = await composeServices(settings, 'inline', realWorld(log));
  try {
    return await work(services, settings);
  } finally {
    await services.close();
  }
}

/** Writes a result to stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** JSON on request, else what people read. */
export function printResult(json: boolean | undefined, value: unknown, text: () => string): void {
  print(json ? JSON.stringify(value, null, 2) : text());
}
