import { randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import { z } from 'zod';
import { AssiduError } from '../base/errors.ts';
import { NO_ORGANISATION, type Registration } from '../storage/ports/registration-store.ts';
import { print, printResult, UsageError, withServices } from './context.ts';
import { optionName } from './option-name.ts';
import { approveCommand, inviteCommand, listCommand, reviewCommand } from './platform-approval.ts';
import { rolesCommand } from './platform-roles.ts';

const httpUrl = z.string().regex(/^https?:\/\/\S+$/, 'must be an http or https URL');
const optionsSchema = z.object({
  name: z.string().min(1).max(200),
  issuer: httpUrl,
  clientId: z.string().min(1).max(255),
  authUrl: httpUrl,
  tokenUrl: httpUrl,
  jwksUrl: httpUrl,
  deployment: z.array(z.string().min(1).max(255)).min(1),
  org: z.string().min(1).max(100),
  actorHome: httpUrl.optional(),
  actorName: z.enum(['sub', 'username', 'mbox']),
  frameOrigin: z.array(httpUrl),
  json: z.boolean().optional(),
});

/** `assidu platform add|invite|list|review|approve|roles|remove`: the learning platforms that may launch us. */
export function platformCommand(): Command {
  const command = new Command('platform').description('learning platforms (LMS) that may launch this tool');
  const collect = (value: string, earlier: readonly string[]) => [...earlier, value];

  command
    .command('add')
    .description('register a platform; it is active at once')
    .requiredOption('--name <text>', 'name shown to people')
    .requiredOption('--issuer <url>', 'issuer (iss) of its id_tokens')
    .requiredOption('--client-id <id>', 'client id the platform gave us')
    .requiredOption('--auth-url <url>', 'OIDC authorisation endpoint')
    .requiredOption('--token-url <url>', 'access token endpoint')
    .requiredOption('--jwks-url <url>', 'public keys (JWKS)')
    .requiredOption('--deployment <id>', 'deployment id; may be repeated', collect, [])
    .option('--org <org>', 'organisation', 'default')
    .option('--actor-home <url>', 'homePage of the accounts in its xAPI statements (default: the issuer)')
    .addOption(
      new Option('--actor-name <what>', 'what the account name holds')
        .choices(['sub', 'username', 'mbox'])
        .default('sub'),
    )
    .option('--frame-origin <url>', 'another origin that may frame our pages; may be repeated', collect, [])
    .option('--json', 'print JSON')
    .action(async (given: unknown) => {
      const parsed = optionsSchema.safeParse(given);
      if (!parsed.success)
        throw new UsageError(
          parsed.error.issues.map(({ path, message }) => `${optionName(path)}: ${message}`).join('\n'),
        );
      const options = parsed.data;
      const registration: Registration = {
        id: randomBytes(9).toString('hex'),
        org: options.org,
        name: options.name,
        issuer: options.issuer,
        clientId: options.clientId,
        authUrl: options.authUrl,
        tokenUrl: options.tokenUrl,
        jwksUrl: options.jwksUrl,
        deployments: options.deployment,
        status: 'active',
        actorFormat: { homePage: options.actorHome ?? options.issuer, name: options.actorName },
        frameOrigins: options.frameOrigin,
        createdAt: Date.now(),
      };
      const outcome = await withServices(({ storage }) => storage.registrations.save(registration));
      if (outcome === 'conflict')
        throw new AssiduError(
          'conflict',
          `issuer ${options.issuer} with client id ${options.clientId} is registered already`,
        );
      printResult(options.json, registration, () => `${registration.id}  ${registration.name} is active`);
    });

  command
    .addCommand(inviteCommand())
    .addCommand(listCommand())
    .addCommand(reviewCommand())
    .addCommand(approveCommand())
    .addCommand(rolesCommand());

  command
    .command('remove <id>')
    .description('remove a platform: it can launch no more; what it told stays')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, { org }: { org: string }) => {
      const removed = await withServices(async ({ storage: { registrations } }) => {
        const nobodys = (await registrations.byId(id))?.org === NO_ORGANISATION;
        return registrations.remove(nobodys ? NO_ORGANISATION : org, id);
      });
      if (!removed) throw new AssiduError('not-found', `there is no platform ${id} in ${org}`);
      print(`${id} is removed`);
    });
  return command;
}
