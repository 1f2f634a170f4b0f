import type { Registration } from '../../src/storage/ports/registration-store.ts';
import { type AccessTokens, USER_AGENT } from './access-tokens.ts';
import { excerptOf, reasonOf } from './limited-text.ts';
import { LastingFault, type PlatformFetch } from './platform-fetch.ts';

/** A request to a service of a platform. */
export interface ServiceRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly scopes: readonly string[];
  readonly accept: string;
  readonly content?: { readonly type: string; readonly text: string };
}

/** What came of it: an answer below 300, a refusal with its status, or (status null) no answer at all. */
export type ServiceAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly text: string }
  | ServiceFailure;

export interface ServiceFailure {
  readonly kind: 'failed';
  readonly status: number | null;
  /** Who failed: the service, or before it the token endpoint. */
  readonly at: 'service' | 'token';
  /** For people; never a token. */
  readonly reason: string;
  readonly retryAfter: string | null;
  /** Asking again changes nothing: the address may not be called, or what it answers may not be read. */
  readonly lasting?: true;
  /** The platform's own time when it answered, ms; null when unknown. */
  readonly platformTime: number | null;
}

/** Requests with an access token. A token refused (401) is renewed once; where they may go: platform-fetch.ts. */
export interface PlatformClient {
  send(registration: Registration, request: ServiceRequest): Promise<ServiceAnswer>;
}

export interface PlatformClientDeps {
  readonly tokens: AccessTokens;
  readonly fetch: PlatformFetch;
  /** How long an answer may take, ms. */
  readonly timeout?: number;
}

const TIMEOUT = 60_000;
/** A page of a roster may hold everybody: Moodle's members have 260 to 700 bytes each (recorded), 10,000 of them up to 7 MB. */
const MOST_BYTES = 32 * 1024 * 1024;

export function createPlatformClient({
  tokens,
  fetch,
  timeout = TIMEOUT,
}: PlatformClientDeps): PlatformClient {
  const once = async (
    registration: Registration,
    request: ServiceRequest,
    token: string,
  ): Promise<ServiceAnswer> => {
    try {
      const response = await fetch(registration, {
        method: request.method,
        url: request.url,
        headers: {
          authorization: `Bearer ${token}`,
          accept: request.accept,
          'user-agent': USER_AGENT,
          ...(request.content === undefined ? {} : { 'content-type': request.content.type }),
        },
        body: request.content?.text,
        timeLimit: timeout,
        sizeLimit: MOST_BYTES,
      });
      const { status, headers, text } = response;
      if (response.ok) return { kind: 'answer', status, headers, text };
      return {
        kind: 'failed',
        at: 'service',
        status,
        reason: `the platform answered ${status} ${excerptOf(text)}`.trimEnd(),
        retryAfter: headers.get('retry-after'),
        platformTime: timeOf(headers.get('date')),
      };
    } catch (error) {
      return noAnswer(`the platform did not answer: ${reasonOf(error)}`, error instanceof LastingFault);
    }
  };

  return {
    async send(registration, request) {
      const first = await tokens.tokenFor(registration, request.scopes);
      if (first.kind === 'failed') return { ...first, at: 'token', platformTime: null };
      const answer = await once(registration, request, first.token);
      if (answer.kind === 'answer' || answer.status !== 401) return answer;
      tokens.forget(registration, request.scopes, first.token);
      const second = await tokens.tokenFor(registration, request.scopes);
      if (second.kind === 'failed') return { ...second, at: 'token', platformTime: null };
      return second.token === first.token ? answer : once(registration, request, second.token);
    },
  };
}

/** A request that nobody answered. */
export function noAnswer(reason: string, lasting = false): ServiceFailure {
  const failure = { kind: 'failed', at: 'service', status: null, reason, retryAfter: null } as const;
  return { ...failure, platformTime: null, ...(lasting ? { lasting } : {}) };
}

function timeOf(date: string | null): number | null {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : time;
}
