import { randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import { newAccessKey } from '../../xapi/credentials.ts';
import { AssiduError } from '../base/errors.ts';
import { type AccessKey, KEY_SCOPES, ON_INVALID } from '../storage/ports/key-store.ts';
import { print, printResult, withServices } from './context.ts';
import { readKeyOptions } from './key-options.ts';
import { table } from './table.ts';

/** `assidu key create|list|revoke`: credentials of the LRS and the API. */
export function keyCommand(): Command {
  const command = new Command('key').description('keys for the LRS and the API');

  command
    .command('create')
    .description('create a key; its secret is shown once and kept as a hash')
    .option('--org <org>', 'organisation', 'default')
    .requiredOption('--scopes <list>', `comma-separated: ${KEY_SCOPES.join(', ')}`)
    .option('--name <text>', 'what it is for', 'key')
    .option('--expires <when>', 'an instant (2027-01-31T00:00:00Z) or from now (12h, 30d); default: never')
    .option('--requests-per-minute <n>', 'requests it may send (default: any number)')
    .option('--statements-per-minute <n>', 'statements it may send (default: any number)')
    .option('--trusted-source <url>', 'site of the LMS whose plugin it is for: may change standings there')
    .addOption(
      new Option('--on-invalid <what>', 'a batch with faulty statements: refuse it, or keep the good ones')
        .choices([...ON_INVALID])
        .default('refuse'),
    )
    .option('--json', 'print JSON')
    .action(async (given: unknown) => {
      const at = Date.now();
      const { json, ...options } = readKeyOptions(given, at);
      const { accessKey, secret } = newAccessKey({ ...options, at }, randomBytes);
      await withServices(({ storage }) => storage.keys.insert(accessKey));
      printResult(
        json,
        { key: accessKey.key, secret },
        () => `key     ${accessKey.key}\nsecret  ${secret}  (shown only now)`,
      );
    });

  command
    .command('list')
    .description('list keys, without their secrets')
    .option('--org <org>', 'organisation', 'default')
    .option('--content', 'those made for content in browsers instead')
    .option('--json', 'print JSON')
    .action(async ({ org, content, json }: { org: string; content?: boolean; json?: boolean }) => {
      const list = await withServices(({ storage }) =>
        storage.keys.list(org, content ? 'content' : 'standing'),
      );
      const shown = list.map(asShown);
      printResult(json, shown, () =>
        table(
          ['key', 'name', 'scopes', 'created', 'last used', 'revoked', 'expires', 'terms'],
          shown.map((each) => [
            each.key,
            each.name,
            each.scopes.join(','),
            each.createdAt,
            each.lastUsedAt,
            each.revokedAt,
            each.expiresAt,
            termsText(each),
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

function asShown(key: AccessKey) {
  return {
    key: key.key,
    name: key.name,
    scopes: key.scopes,
    createdAt: iso(key.createdAt),
    lastUsedAt: iso(key.lastUsedAt),
    revokedAt: iso(key.revokedAt),
    expiresAt: iso(key.expiresAt),
    limits: key.limits,
    boundTo: key.boundTo,
    trustedSource: key.trustedPlatform,
    onInvalid: key.onInvalid,
  };
}

/** What sets a key apart from one made without options. */
function termsText({ limits, boundTo, trustedSource, onInvalid }: ReturnType<typeof asShown>): string {
  return [
    limits.requestsPerMinute === null ? [] : [`${limits.requestsPerMinute} requests/min`],
    limits.statementsPerMinute === null ? [] : [`${limits.statementsPerMinute} statements/min`],
    boundTo === null ? [] : [`for ${boundTo.actor}`],
    trustedSource === null ? [] : [`trusted: ${trustedSource}`],
    onInvalid === 'refuse' ? [] : [`on invalid: ${onInvalid}`],
  ]
    .flat()
    .join(', ');
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
