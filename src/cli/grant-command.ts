import { userInfo } from 'node:os';
import { Command, Option } from 'commander';
import { GRANTED_ROLES, grantSchema } from '../cohorts/grants.ts';
import { readingOptions } from './account-options.ts';
import { print, printResult, UsageError, withServices } from './context.ts';
import { parseExpiry } from './expiry.ts';
import { optionName } from './option-name.ts';
import { table } from './table.ts';

interface AddOptions {
  readonly platform: string;
  readonly sub: string;
  readonly role: string;
  readonly cohort?: string;
  readonly tag?: readonly string[];
  readonly expires?: string;
  readonly org: string;
  readonly json?: boolean;
}

/** `assidu grant add|list|remove`: roles given by hand. */
export function grantCommand(): Command {
  const command = new Command('grant').description('roles given by hand, whatever the platform says');

  command
    .command('add')
    .description('give somebody of a platform a role; it counts at once, in pages that are open too')
    .requiredOption('--platform <id>', 'platform (platform list)')
    .requiredOption('--sub <id>', 'the platform’s id of the person; the page that turns them away shows it')
    .addOption(
      new Option(
        '--role <role>',
        'lcm: sees the cohort; dlm: all cohorts; executive: the portfolio; observer: none',
      )
        .choices(GRANTED_ROLES)
        .makeOptionMandatory(),
    )
    .option('--cohort <id>', 'in this cohort alone')
    .option(
      '--tag <name=value>',
      'executive: only cohorts with this tag (businessUnit="Eau France"); may be repeated for the other tag',
      (value: string, earlier: readonly string[] = []) => [...earlier, value],
    )
    .option('--expires <when>', 'an instant (2027-01-31T00:00:00Z) or from now (12h, 30d); default: never')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async ({ org, json, expires, tag, ...rest }: AddOptions) => {
      const parsed = grantSchema.safeParse({ ...rest, ...tagsOf(tag), ...endOf(expires) });
      if (!parsed.success)
        throw new UsageError(
          parsed.error.issues.map(({ path, message }) => `${optionName(path)}: ${message}`).join('\n'),
        );
      const added = await withServices(({ grants }) =>
        readingOptions(() => grants.add(org, parsed.data, operator())),
      );
      const tags = tagWords(added.tags);
      const where =
        tags !== null ? `of ${tags}` : added.cohort === null ? 'everywhere' : `in ${added.cohort}`;
      printResult(json, added, () => `${added.id}  ${added.sub} is ${added.role} ${where}`);
    });

  command
    .command('list')
    .description('list roles given by hand')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async ({ org, json }: { org: string; json?: boolean }) => {
      const list = await withServices(({ grants }) => grants.list(org));
      printResult(json, list, () =>
        table(
          ['id', 'platform', 'sub', 'role', 'cohort', 'tags', 'by', 'at', 'until'],
          list.map((each) => [
            each.id,
            each.platform,
            each.sub,
            each.role,
            each.cohort,
            tagWords(each.tags),
            each.grantedBy,
            each.grantedAt,
            each.inForce ? each.expiresAt : `${each.expiresAt} (expired)`,
          ]),
        ),
      );
    });

  command
    .command('remove <id>')
    .description('take a role back; the platform’s word counts again, at once')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, { org }: { org: string }) => {
      await withServices(({ grants }) => grants.remove(org, id, operator()));
      print(`${id} is taken back`);
    });
  return command;
}

function endOf(text: string | undefined): { readonly expiresAt?: string } {
  if (text === undefined) return {};
  const end = parseExpiry(text, Date.now());
  if (end === null) throw new UsageError('--expires: must be an instant to come, or how long from now (30d)');
  return { expiresAt: new Date(end).toISOString() };
}

/** `businessUnit=Eau France` as a tag and its value. */
function tagsOf(given: readonly string[] | undefined): { readonly tags?: Readonly<Record<string, string>> } {
  if (given === undefined) return {};
  const pairs = given.map((text) => {
    const at = text.indexOf('=');
    if (at <= 0) throw new UsageError(`--tag: ${text} is not name=value, such as businessUnit="Eau France"`);
    return [text.slice(0, at).trim(), text.slice(at + 1)] as const;
  });
  const twice = pairs.find(([name], index) => pairs.findIndex(([other]) => other === name) !== index);
  if (twice) throw new UsageError(`--tag: ${twice[0]} is given twice; give one more role for another value`);
  return { tags: Object.fromEntries(pairs) };
}

function tagWords(tags: Readonly<Record<string, string>> | null): string | null {
  if (tags === null) return null;
  return Object.entries(tags)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** Who gives it: whoever is at the command line. */
function operator(): string {
  try {
    return `command line, ${userInfo().username}`;
  } catch {
    // A process without an account of its own, in a container.
    return 'command line';
  }
}
