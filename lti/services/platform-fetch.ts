import { type Outgoing, OutgoingError, type OutgoingFault } from '../../src/base/outgoing.ts';
import type { Registration } from '../../src/storage/ports/registration-store.ts';
import { failureText, limitedText } from './limited-text.ts';
import { originsOf } from './told-services.ts';

/** A request to an address of a platform, with its limits. */
export interface PlatformRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** ms for all of it. */
  readonly timeLimit: number;
  /** Bytes of the answer. */
  readonly sizeLimit: number;
}

export interface PlatformAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Nothing came of a request, and nothing will as long as the address and the settings are what they are. */
export class LastingFault extends Error {}

/** The one door by which requests with credentials of ours leave. Throws an `Error` that says why nothing came of it. */
export type PlatformFetch = (registration: Registration, request: PlatformRequest) => Promise<PlatformAnswer>;

const passing: ReadonlySet<OutgoingFault> = new Set(['unresolved', 'unreachable', 'too-slow']);
const words: Readonly<Record<OutgoingFault, string>> = {
  'not-https': 'its address is not https',
  'not-public': 'its address is not on the public Internet (ASSIDU_ALLOW_PRIVATE)',
  unresolved: 'its name cannot be resolved',
  unreachable: 'it cannot be reached',
  redirected: 'it leads elsewhere, which is not followed',
  'too-large': 'the answer is too large',
  'too-slow': 'no answer in time',
  encoded: 'the answer is compressed, which was not asked for',
};

/**
 * Only to origins of the registration, whatever a launch, an answer or a stored address names; never along a redirect.
 * A platform that registered itself is a stranger: its addresses must be public ones. Those an administrator typed in may be
 * on the network of the house.
 */
export function createPlatformFetch(deps: {
  readonly fetch: typeof fetch;
  readonly outgoing: Outgoing;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
}): PlatformFetch {
  const { signal } = deps;

  const ask = (registration: Registration, request: PlatformRequest): Promise<Response> => {
    const { url, method, headers, body, timeLimit, sizeLimit } = request;
    if (registration.selfRegistered)
      return deps.outgoing(url, { method, headers, body, timeLimit, sizeLimit, signal });
    const limit = AbortSignal.timeout(timeLimit);
    return deps.fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
  };

  return async (registration, request) => {
    const { url, sizeLimit } = request;
    if (!URL.canParse(url) || !originsOf(registration).has(new URL(url).origin))
      throw new LastingFault('the address is not on an origin of the platform');
    try {
      const response = await ask(registration, request);
      const { ok, status, headers } = response;
      if (status >= 300 && status < 400) {
        await response.body?.cancel();
        throw new OutgoingError('redirected', new URL(url).host);
      }
      const text = await limitedText(response, sizeLimit);
      if (text === null) throw new OutgoingError('too-large', new URL(url).host);
      return { ok, status, headers, text };
    } catch (error) {
      throw fault(error);
    }
  };
}

/** The same in words, and whether it may pass. */
function fault(cause: unknown): Error {
  if (!(cause instanceof OutgoingError)) return new Error(failureText(cause), { cause });
  const said = words[cause.fault];
  if (!passing.has(cause.fault)) return new LastingFault(said, { cause });
  return new Error(cause.fault === 'unreachable' ? `${said}: ${failureText(cause)}` : said, { cause });
}
