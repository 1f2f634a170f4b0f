import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { isError } from '../base/errors.ts';
import type { Organisation, OrganisationChange } from '../organisations/organisations.ts';
import { printResult, UsageError, withServices } from './context.ts';

interface SetOptions {
  readonly org: string;
  readonly name?: string;
  readonly nameEn?: string;
  readonly website?: string;
  readonly logo?: string | false;
  readonly json?: boolean;
}

/** `assidu organisation set|show`: name and logo on reports. */
export function organisationCommand(): Command {
  const command = new Command('organisation').description('name, website and logo that reports carry');

  command
    .command('set')
    .description('change what is given, and leave the rest as it is; an empty text takes it away')
    .option('--name <text>', 'name, in French and wherever no other is given')
    .option('--name-en <text>', 'name in English')
    .option('--website <url>', 'website')
    .option('--logo <file>', 'logo: PNG, JPEG or SVG, 200 kB at most')
    .option('--no-logo', 'take the logo away')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async (options: SetOptions) => {
      const change = await changeOf(options);
      const held = await withServices(async ({ organisations }) => {
        try {
          return await organisations.set(options.org, change);
        } catch (error) {
          if (isError(error, 'invalid-request')) throw new UsageError(asOptions(error.problems));
          throw error;
        }
      });
      printOrganisation(options.json, held);
    });

  command
    .command('show')
    .description('print name, website and logo')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async ({ org, json }: { org: string; json?: boolean }) => {
      printOrganisation(json, await withServices(({ organisations }) => organisations.show(org)));
    });
  return command;
}

async function changeOf({ name, nameEn, website, logo }: SetOptions): Promise<OrganisationChange> {
  const change: OrganisationChange = {
    name: { ...(name === undefined ? {} : { fr: name }), ...(nameEn === undefined ? {} : { en: nameEn }) },
    ...(website === undefined ? {} : { website: website === '' ? null : website }),
    ...(logo === undefined ? {} : { logo: logo === false ? null : await readFile(logo) }),
  };
  if (name === undefined && nameEn === undefined && website === undefined && logo === undefined)
    throw new UsageError('nothing to set: give --name, --name-en, --website or --logo');
  return change;
}

const OPTIONS: Readonly<Record<string, string>> = { 'name.fr': 'name', 'name.en': 'name-en' };

function asOptions(problems: readonly { readonly path: string; readonly message: string }[]): string {
  return problems.map(({ path, message }) => `--${OPTIONS[path] ?? path} ${message}`).join('\n');
}

/** The logo is told by type, size and digest: its bytes are no text. */
function printOrganisation(json: boolean | undefined, { org, name, website, logo }: Organisation): void {
  const told = logo && {
    type: logo.type,
    bytes: Buffer.from(logo.base64, 'base64').length,
    sha256: logo.sha256,
  };
  printResult(json, { org, name, website, logo: told }, () =>
    [
      `name     ${name.fr ?? name.en ?? '-'}${name.fr !== null && name.en !== null ? ` / ${name.en}` : ''}`,
      `website  ${website ?? '-'}`,
      `logo     ${told === null ? '-' : `${told.type}, ${told.bytes} bytes`}`,
    ].join('\n'),
  );
}
