import { z } from 'zod';
import { type Outgoing, OutgoingError } from '../../src/base/outgoing.ts';
import { isLoopbackHost } from '../../src/base/public-address.ts';
import { type RegistrationFault, registrationFault } from './faults.ts';

const claim = 'https://purl.imsglobal.org/spec/lti-platform-configuration';

const address = z.url({ protocol: /^https?$/ }).max(2_048);
const words = z.array(z.string().max(500)).max(1_000).catch([]);

const documentSchema = z.object({
  issuer: address,
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  registration_endpoint: address,
  scopes_supported: words,
  claims_supported: words,
  [claim]: z.object({
    product_family_code: z.string().max(200),
    version: z.string().max(200).nullish().catch(null),
    messages_supported: z.array(z.object({ type: z.string().max(200), placements: words })).max(100),
    variables: words,
    'https://canvas.instructure.com/lti/account_name': z.string().max(200).nullish().catch(null),
  }),
});

/** A kind of message a platform can send, with the places it offers for it. */
export interface SupportedMessage {
  readonly type: string;
  readonly placements: readonly string[];
}

/** What a platform says of itself (LTI Dynamic Registration 1.0 §2.1). */
export interface PlatformConfiguration {
  readonly issuer: string;
  readonly authUrl: string;
  readonly tokenUrl: string;
  readonly jwksUrl: string;
  readonly registrationUrl: string;
  readonly family: 'moodle' | 'canvas' | 'other';
  /** Its family as it writes it, with its version: for people. */
  readonly product: string;
  /** For people: the institution where it is named, else the host. */
  readonly name: string;
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
  readonly messages: readonly SupportedMessage[];
  /** Variables for custom parameters, without `$`. */
  readonly variables: readonly string[];
}

export interface ConfigurationReader {
  readonly outgoing: Outgoing;
  readonly allowPrivate: boolean;
}

type ReadResult =
  | { readonly kind: 'read'; readonly configuration: PlatformConfiguration }
  | RegistrationFault;

/** Control characters have no place on a page or in a terminal. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();

function configurationOf(read: z.output<typeof documentSchema>): PlatformConfiguration {
  const told = read[claim];
  const code = told.product_family_code.toLowerCase();
  const account = plain(told['https://canvas.instructure.com/lti/account_name'] ?? '');
  return {
    issuer: read.issuer,
    authUrl: read.authorization_endpoint,
    tokenUrl: read.token_endpoint,
    jwksUrl: read.jwks_uri,
    registrationUrl: read.registration_endpoint,
    family: code === 'moodle' || code === 'canvas' ? code : 'other',
    product: plain(`${told.product_family_code} ${told.version ?? ''}`),
    name: account === '' ? new URL(read.issuer).host : account,
    scopes: read.scopes_supported,
    claims: read.claims_supported,
    messages: told.messages_supported,
    variables: told.variables,
  };
}

/** True for addresses that a browser or we may be sent to with something that matters. */
function isSafe(url: URL, allowPrivate: boolean): boolean {
  const unlike = url.username !== '' || url.password !== '' || url.hash !== '';
  const plain = url.protocol === 'http:' && allowPrivate && isLoopbackHost(url.hostname);
  return !unlike && (url.protocol === 'https:' || plain);
}

/**
 * Fetches a platform's configuration. Its host must be its issuer's (LTI Dynamic Registration 1.0 §3.5.1), its
 * endpoints https. Canvas wants the registration token with it.
 */
export async function readConfiguration(
  reader: ConfigurationReader,
  asked: { readonly url: string; readonly token: string | null },
): Promise<ReadResult> {
  const { outgoing, allowPrivate } = reader;
  const url = URL.canParse(asked.url) ? new URL(asked.url) : null;
  if (url === null || !isSafe(url, allowPrivate)) return registrationFault('configuration-address');
  const answer = await outgoing(url.href, {
    headers: {
      accept: 'application/json',
      ...(asked.token === null ? {} : { authorization: `Bearer ${asked.token}` }),
    },
  }).catch((error: unknown) => {
    if (error instanceof OutgoingError) return error;
    throw error;
  });
  if (answer instanceof OutgoingError) return registrationFault('configuration-unreachable', answer.message);
  if (!answer.ok) return registrationFault('configuration-unreachable', `status ${answer.status}`);
  if (!isJson(answer)) return registrationFault('configuration-invalid', 'not application/json');
  const parsed = documentSchema.safeParse(jsonOf(await answer.text()));
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return registrationFault('configuration-invalid', fields.join('; ').slice(0, 1_000));
  }
  const configuration = configurationOf(parsed.data);
  if (new URL(configuration.issuer).host !== url.host)
    return registrationFault('issuer-foreign', `${configuration.issuer} at ${url.host}`);
  const { issuer, authUrl, tokenUrl, jwksUrl, registrationUrl } = configuration;
  const unsafe = Object.entries({ issuer, authUrl, tokenUrl, jwksUrl, registrationUrl }).find(
    ([, each]) => !isSafe(new URL(each), allowPrivate),
  );
  if (unsafe !== undefined) return registrationFault('endpoint-insecure', unsafe[0]);
  return { kind: 'read', configuration };
}

/** True for an answer that says it is JSON. */
export function isJson(response: Response): boolean {
  return /^application\/([\w.+-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '');
}

/** The value of a JSON text; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
