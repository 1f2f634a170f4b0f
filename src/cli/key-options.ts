import { z } from 'zod';
import { type KeyTerms, parseScopes } from '../../xapi/credentials.ts';
import { isError } from '../base/errors.ts';
import { type KeyScope, ON_INVALID } from '../storage/ports/key-store.ts';
import { UsageError } from './context.ts';
import { parseExpiry } from './expiry.ts';
import { optionName } from './option-name.ts';

const perMinute = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'must be a whole number, 1 to 9999999')
  .transform(Number)
  .optional();

/** An address as it is compared (xapi/standing-rights.ts): what does not tell where the platform is has no place in it. */
const platformUrl = z
  .string()
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash;
  }, 'must be the http or https URL of a platform, without query')
  .transform((text) => new URL(text).href.replace(/\/+$/, ''));

const schema = (now: number) =>
  z.object({
    org: z.string().min(1).max(100),
    name: z.string().min(1).max(200),
    scopes: z.string(),
    requestsPerMinute: perMinute,
    statementsPerMinute: perMinute,
    expires: z
      .string()
      .transform((text, context) => {
        const end = parseExpiry(text, now);
        if (end === null)
          context.addIssue('must be to come: an instant with its zone, or a duration such as 12h or 30d');
        return end;
      })
      .optional(),
    trustedSource: platformUrl.optional(),
    onInvalid: z.enum(ON_INVALID, `must be one of ${ON_INVALID.join(', ')}`),
    json: z.boolean().optional(),
  });

/** What `key create` was asked for. */
export interface KeyOptions {
  readonly org: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly terms: Partial<KeyTerms>;
  readonly json: boolean | undefined;
}

/** The options of `key create` at an instant (ms). Throws `UsageError` with a line for each fault. */
export function readKeyOptions(given: unknown, now: number): KeyOptions {
  const parsed = schema(now).safeParse(given);
  if (!parsed.success)
    throw new UsageError(
      parsed.error.issues.map(({ path, message }) => `${optionName(path)}: ${message}`).join('\n'),
    );
  const { org, name, scopes, json, ...rest } = parsed.data;
  return {
    org,
    name,
    json,
    scopes: scopesOf(scopes),
    terms: {
      expiresAt: rest.expires ?? null,
      limits: {
        requestsPerMinute: rest.requestsPerMinute ?? null,
        statementsPerMinute: rest.statementsPerMinute ?? null,
      },
      trustedPlatform: rest.trustedSource ?? null,
      onInvalid: rest.onInvalid,
    },
  };
}

function scopesOf(text: string): readonly KeyScope[] {
  try {
    return parseScopes(text);
  } catch (error) {
    if (isError(error, 'invalid-request')) throw new UsageError(`--${error.message}`);
    throw error;
  }
}
