import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { newAccessKey, parseScopes } from '../../xapi/credentials.ts';
import { AssiduError, isError } from '../base/errors.ts';
import { print, printResult, UsageError, withServices } from './context.ts';
import { table } from './table.ts';

/** `assidu key create|list|revoke`: credentials of the LRS and the API. */
export function keyCommand(): Command {
  const command = new Command('key').description('keys for the LRS and the API');

  command
    .command('create')
    .description('create a key; its secret is shown once and kept as a hash')
    .option('--org <org>', 'organisation', 'default')
    .requiredOption(
      '--scopes <list>',
      'comma-separated: all, all/read, statements/write, statements/read, …, cohorts',
    )
    .option('--name <text>', 'what it is for', 'key')
    .option('--json', 'print JSON')
    .action(
      async ({ org, scopes, name, json }: { org: string; scopes: string; name: string; json?: boolean }) => {
        const { accessKey, secret } = newAccessKey(
          { org, name, scopes: scopesOf(scopes), at: Date.now() },
          randomBytes,
        );
        await withServices(({ storage }) => storage.keys.insert(accessKey));
        printResult(
          json,
          { key: accessKey.key, secret },
          () => `key     ${accessKey.key}\nsecret  ${secret}  (shown only now)`,
        );
      },
    );

  command
    .command('list')
    .description('list keys')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async ({ org, json }: { org: string; json?: boolean }) => {
      const list = await withServices(({ storage }) => storage.keys.list(org));
      const shown = list.map(({ key, name, scopes, createdAt, lastUsedAt, revokedAt }) => ({
        key,
        name,
        scopes,
        createdAt: iso(createdAt),
        lastUsedAt: iso(lastUsedAt),
        revokedAt: iso(revokedAt),
      }));
      printResult(json, shown, () =>
        table(
          ['key', 'name', 'scopes', 'created', 'last used', 'revoked'],
          shown.map((each) => [
            each.key,
            each.name,
            each.scopes.join(','),
            each.createdAt,
            each.lastUsedAt,
            each.revokedAt,
          ]),
        ),
      );
    });

  command
    .command('revoke <key>')
    .description('revoke a key, at once')
    .option('--org <org>', 'organisation', 'default')
    .action(async (key: string, { org }: { org: string }) => {
      const revoked = await withServices(({ storage }) => storage.keys.revoke(org, key, Date.now()));
      if (!revoked) throw new AssiduError('not-found', `there is no key ${key} in ${org}`);
      print(`${key} is revoked`);
    });
  return command;
}

function scopesOf(text: string) {
  try {
    return parseScopes(text);
  } catch (error) {
    if (isError(error, 'invalid-request')) throw new UsageError(`--${error.message}`);
    throw error;
  }
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
