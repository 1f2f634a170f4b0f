import type { IncomingHttpHeaders } from 'node:http';
import type { AccessKey } from '../../src/storage/ports/key-store.ts';
import type { Authenticator } from '../credentials.ts';
import { authorityOf } from '../sender.ts';
import type { Agent, XapiVersion } from '../statement/types.ts';
import { versionOf } from '../version.ts';

/** What every resource but About knows of its request. */
export interface XapiRequest {
  readonly key: AccessKey;
  readonly version: XapiVersion;
  readonly authority: Agent;
}

/** The version of answers to requests that name none. */
export const DEFAULT_VERSION: XapiVersion = '1.0.3';
/** The header that names the version of a request and of its answer. */
export const VERSION_HEADER = 'X-Experience-API-Version';
/** Keys whose version is remembered. */
const SPEAKERS = 10_000;

/** Throws `unauthorized`, `too-many-requests`, and `invalid-request` for a version. */
export type Identify = (
  headers: IncomingHttpHeaders,
  /** Told the version to answer in, as soon as it is known. */
  speak: (version: XapiVersion) => void,
) => Promise<XapiRequest>;

/**
 * Reads key and version of a request; answers in the version asked for. A request without version is refused in the one
 * this key spoke last: the standard wants every answer to name a version, and that is the one its client understands.
 */
export function createIdentify(authenticator: Authenticator, authorityHome: string): Identify {
  const lastSpoken = new Map<string, XapiVersion>();
  return async (headers, speak) => {
    const named = headers['x-experience-api-version'];
    const asked = typeof named === 'string' ? named : undefined;
    if (asked !== undefined) speak(versionOf(asked));
    const key = await authenticator.authenticate(headers.authorization);
    if (asked === undefined) speak(lastSpoken.get(key.id) ?? DEFAULT_VERSION);
    const version = versionOf(asked);
    if (lastSpoken.size >= SPEAKERS && !lastSpoken.has(key.id)) lastSpoken.clear();
    lastSpoken.set(key.id, version);
    return { key, version, authority: authorityOf(key, authorityHome) };
  };
}
