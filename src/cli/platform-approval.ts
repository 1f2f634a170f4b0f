import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { z } from 'zod';
import { approveRegistration } from '../../lti/registration/approve.ts';
import { hashOfCode, hashOfReviewCode, newCode } from '../../lti/registration/code.ts';
import { AssiduError } from '../base/errors.ts';
import type { Storage } from '../storage/ports/index.ts';
import { NO_ORGANISATION, type Registration } from '../storage/ports/registration-store.ts';
import { print, printResult, UsageError, withServices } from './context.ts';
import { optionName } from './option-name.ts';
import { table } from './table.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const organisation = z.string().trim().min(1).max(100);
const inviteSchema = z.object({
  org: organisation,
  days: z.coerce.number().int().min(1).max(90),
  firstDeployment: z.boolean().default(false),
  json: z.boolean().optional(),
});
const reviewSchema = z.object({
  org: organisation,
  hours: z.coerce.number().int().min(1).max(72),
  json: z.boolean().optional(),
});
const approveSchema = z.object({
  org: organisation.optional(),
  deployment: z.array(z.string().min(1).max(255)),
});

function parsed<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new UsageError(
    result.error.issues.map(({ path, message }) => `${optionName(path)}: ${message}`).join('\n'),
  );
}

/** `platform invite`: a code with which one platform registers itself. */
export function inviteCommand(): Command {
  return new Command('invite')
    .description('make a one-time code with which a platform registers itself at /lti/register')
    .option('--org <org>', 'organisation the platform will belong to', 'default')
    .option('--days <n>', 'days until the code expires, 1 to 90', '7')
    .option(
      '--first-deployment',
      'also approve the first deployment that launches before the code expires (Canvas names none at registration)',
    )
    .option('--json', 'print JSON')
    .action(async (given: unknown) => {
      const { org, days, firstDeployment, json } = parsed(inviteSchema, given);
      const code = newCode(randomBytes);
      const createdAt = Date.now();
      const expiresAt = createdAt + days * DAY;
      const registerUrl = await withServices(async ({ storage }, { publicUrl }) => {
        await storage.invitations.insert({
          hash: hashOfCode(code),
          org,
          createdAt,
          expiresAt,
          firstDeployment,
          usedAt: null,
          usedBy: null,
        });
        return `${publicUrl}/lti/register`;
      });
      const until = new Date(expiresAt).toISOString();
      printResult(json, { code, org, expiresAt: until, firstDeployment, registerUrl }, () =>
        [`code          ${code}`, `good until    ${until}, once`, `register at   ${registerUrl}`].join('\n'),
      );
    });
}

/** `platform review`: a code that opens the page on which platforms are approved. */
export function reviewCommand(): Command {
  return new Command('review')
    .description('make a one-time code that opens the page on which platforms are approved, for half an hour')
    .option('--org <org>', 'organisation the approved platforms will belong to', 'default')
    .option('--hours <n>', 'hours until the code expires, 1 to 72', '1')
    .option('--json', 'print JSON')
    .action(async (given: unknown) => {
      const { org, hours, json } = parsed(reviewSchema, given);
      const code = newCode(randomBytes);
      const createdAt = Date.now();
      const expiresAt = createdAt + hours * HOUR;
      const reviewUrl = await withServices(async ({ storage }, { publicUrl }) => {
        await storage.invitations.insert({
          hash: hashOfReviewCode(code),
          org,
          createdAt,
          expiresAt,
          firstDeployment: false,
          usedAt: null,
          usedBy: null,
        });
        return `${publicUrl}/lti/review`;
      });
      const until = new Date(expiresAt).toISOString();
      printResult(json, { code, org, expiresAt: until, reviewUrl }, () =>
        [`open        ${reviewUrl}`, `type        ${code}`, `good until  ${until}, once`].join('\n'),
      );
    });
}

/** `platform list`: platforms, with the deployments that were turned away and wait for approval. */
export function listCommand(): Command {
  return new Command('list')
    .description('list platforms, with the deployments that wait for approval')
    .option('--org <org>', 'only of this organisation')
    .option('--json', 'print JSON')
    .action(async ({ org, json }: { org?: string; json?: boolean }) => {
      const list = await withServices(({ storage }) => withWaiting(storage, org ?? null));
      printResult(json, list, () =>
        table(
          ['id', 'org', 'name', 'issuer', 'client', 'deployments', 'waiting', 'status'],
          list.map((each) => [
            each.id,
            each.org === NO_ORGANISATION ? null : each.org,
            each.name,
            each.issuer,
            each.clientId,
            each.deployments.join(' '),
            each.waitingDeployments.join(' '),
            each.status,
          ]),
        ),
      );
    });
}

async function withWaiting(storage: Storage, org: string | null) {
  const [list, waiting] = await Promise.all([
    storage.registrations.list(org),
    storage.registrations.waiting(),
  ]);
  return list.map((registration) => ({
    ...registration,
    waitingDeployments: waiting
      .filter(({ registrationId }) => registrationId === registration.id)
      .map(({ deployment }) => deployment),
  }));
}

/** `platform approve`: takes a pending platform in, or approves deployments of one. */
export function approveCommand(): Command {
  const collect = (value: string, earlier: readonly string[]) => [...earlier, value];
  return new Command('approve')
    .argument('<id>', 'platform (platform list)')
    .description('make a pending platform active, or approve deployments of a platform')
    .option('--org <org>', 'organisation, for a platform that registered itself without a code')
    .option('--deployment <id>', 'deployment to approve; may be repeated', collect, [])
    .action(async (id: string, given: unknown) => {
      const { org, deployment } = parsed(approveSchema, given);
      const approved = await withServices(({ storage }) => approve(storage, id, org, deployment));
      const whose = approved.deployments.length === 0 ? 'none yet' : approved.deployments.join(' ');
      print(`${id} is active in ${approved.org}; deployments: ${whose}`);
    });
}

async function approve(
  { registrations }: Storage,
  id: string,
  org: string | undefined,
  deployments: readonly string[],
): Promise<Registration> {
  const approval = await approveRegistration(registrations, { id, org, deployments });
  switch (approval.kind) {
    case 'approved':
      return approval.registration;
    case 'unknown':
      throw new AssiduError('not-found', `there is no platform ${id}`);
    case 'no-organisation':
      throw new UsageError('--org: say which organisation the platform belongs to');
    case 'foreign':
      throw new AssiduError('conflict', `the platform ${id} belongs to ${approval.org}`);
    case 'changed':
      throw new AssiduError('conflict', `the platform ${id} was changed meanwhile`);
  }
}
