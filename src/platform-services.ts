import { setTimeout as pause } from 'node:timers/promises';
import { deriveLtiKeys } from '../lti/secrets.ts';
import { createAccessTokens } from '../lti/services/access-tokens.ts';
import { createLineItems, type LineItems } from '../lti/services/line-items.ts';
import { createMemberships, type Memberships } from '../lti/services/memberships.ts';
import { createPlatformClient } from '../lti/services/platform-client.ts';
import { createPlatformFetch } from '../lti/services/platform-fetch.ts';
import type { PagesDeps } from '../lti/services/read-pages.ts';
import { createScores, type Scores } from '../lti/services/scores.ts';
import { createToolKeys, type ToolKeys } from '../lti/tool-keys.ts';
import { createOutgoing, OUTGOING_LIMITS, systemResolve } from './base/outgoing.ts';
import { createSeal } from './base/seal.ts';
import type { Installation, World } from './services.ts';
import type { Storage } from './storage/ports/index.ts';

/** The services that platforms offer to a tool, called with its keys. */
export interface PlatformServices {
  readonly memberships: Memberships;
  readonly lineItems: LineItems;
  readonly scores: Scores;
  readonly toolKeys: ToolKeys;
  /** Breaks off what is under way. */
  close(): void;
}

export function platformServicesOver(
  storage: Storage,
  { secret, allowPrivate = false }: Installation,
  { clock, random, newId, fetch }: World,
): PlatformServices {
  const closing = new AbortController();
  const platformFetch = createPlatformFetch({
    fetch,
    outgoing: createOutgoing({ resolve: systemResolve, rules: { ...OUTGOING_LIMITS, allowPrivate } }),
    signal: closing.signal,
  });
  const toolKeys = createToolKeys({
    store: storage.toolKeys,
    seal: createSeal(deriveLtiKeys(secret).toolKeys, random),
    clock,
  });
  const tokens = createAccessTokens({ toolKeys, fetch: platformFetch, clock, newId });
  const deps: PagesDeps = {
    client: createPlatformClient({ tokens, fetch: platformFetch }),
    clock,
    random,
    // A pause that is broken off ends at once: what follows finds the network closed.
    wait: (ms) => pause(ms, undefined, { signal: closing.signal }).catch(() => undefined),
  };
  return {
    memberships: createMemberships(deps),
    lineItems: createLineItems(deps),
    scores: createScores(deps.client),
    toolKeys,
    close: () => closing.abort(new Error('this process stops')),
  };
}
