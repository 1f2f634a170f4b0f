import { z } from 'zod';
import { AssiduError, type Problem } from '../../src/base/errors.ts';

/** Fields by which another LRS is described. */
export const accountFields = {
  name: z.string().trim().min(1).max(200),
  url: z.string().max(2_000),
  version: z.enum(['1.0.3', '2.0.0'], 'must be 1.0.3 or 2.0.0').default('1.0.3'),
  // A colon would end the user name (RFC 7617 2).
  username: z
    .string()
    .max(500)
    .regex(/^[^:\p{Cc}]*$/u, 'must have no colon and no control character'),
  password: z
    .string()
    .max(2_000)
    .regex(/^\P{Cc}*$/u, 'must have no control character'),
};

/** What bounds the addresses that this installation may be told to call. */
export interface AddressRules {
  /** Our own public URL: statements never go round through ourselves. */
  readonly publicUrl: string;
  /** Plain http to any host. */
  readonly allowHttp: boolean;
  /** Whether services of this very machine may be called, by plain http too; `if-we-are`: if our public URL is one. */
  readonly allowLocal: true | 'if-we-are';
}

/** Input -> settings. Throws `invalid-request` with a problem for each field at fault. */
export function parseSettings<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw faultyFields(
    parsed.error.issues.flatMap((issue): Problem[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not known here' }))
        : [{ path: issue.path.join('.'), message: issue.message }],
    ),
  );
}

/**
 * The endpoint of another LRS, without a slash at its end. https only, but for what `rules` allow; no credentials, no
 * query. Throws `invalid-request`.
 */
export function endpointOf(text: string, rules: AddressRules): string {
  const refuse = (message: string) => faultyFields([{ path: 'url', message }]);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw refuse('must be an https address');
  if (url.username !== '' || url.password !== '')
    throw refuse('must have no credentials in it: they have fields of their own');
  if (url.search !== '' || url.hash !== '') throw refuse('must have no query and no fragment');
  const own = new URL(rules.publicUrl);
  const local = isLocal(url.hostname);
  // Who holds a key must not reach, through us, what listens on a server behind its firewall.
  if (local && rules.allowLocal !== true && !isLocal(own.hostname))
    throw refuse('must not be a service of this machine');
  if (url.protocol === 'http:' && !local && !rules.allowHttp)
    throw refuse('must be https: credentials and learners’ data would be readable on the way');
  const path = url.pathname.replace(/\/+$/, '').replace(/\/statements$/, '');
  const endpoint = `${url.origin}${path}`;
  if (url.origin === own.origin && `${path}/`.startsWith(`${own.pathname.replace(/\/+$/, '')}/xapi/`))
    throw refuse('is the address of this very LRS');
  if (endpoint === rules.publicUrl) throw refuse('is the address of this very LRS');
  return endpoint;
}

/** True for a name or address by which a machine means itself. */
export function isLocal(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    name === '0.0.0.0' ||
    name === '[::1]' ||
    name === '[::]' ||
    name.startsWith('[::ffff:7f')
  );
}

/** Fields of a request at fault. */
export function faultyFields(problems: readonly Problem[]): AssiduError {
  const [first] = problems;
  return new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, { problems });
}
