import { createLrsClient } from '../xapi/client/lrs-client.ts';
import { createForwards, type Forwards } from '../xapi/forwarding/forwards.ts';
import type { Intake } from '../xapi/intake.ts';
import { createPulls, type Pulls } from '../xapi/pulling/pulls.ts';
import { createSeal, deriveKey } from './base/seal.ts';
import type { Definitions } from './cohorts/definitions.ts';
import { createEvidenceOf } from './cohorts/forward-filter.ts';
import type { Installation, World } from './services.ts';
import type { Storage } from './storage/ports/index.ts';

/** What sending on and fetching have in common; their secrets are sealed by keys of their own. */
function exchangeOver({ publicUrl, secret }: Installation, world: World, purpose: 'forwarding' | 'pulling') {
  const { clock, random, newId, log, fetch } = world;
  return {
    client: createLrsClient({ fetch }),
    seal: createSeal(deriveKey(secret, purpose), random),
    publicUrl,
    holder: newId(),
    clock,
    random,
    newId,
    log,
  };
}

/** Sends statements on to other LRSs. */
export function forwardsOver(
  storage: Storage,
  definitions: Definitions,
  installation: Installation,
  world: World,
): Forwards {
  return createForwards({
    ...exchangeOver(installation, world, 'forwarding'),
    store: storage.forwards,
    statements: storage.statements,
    attachments: storage.attachments,
    evidenceOf: createEvidenceOf(definitions),
    keysOf: storage.pulls.keysOf,
    cohortsOf: async (org) => (await definitions.list(org)).map(({ id }) => id),
  });
}

/** Fetches statements from other LRSs. */
export function pullsOver(storage: Storage, intake: Intake, installation: Installation, world: World): Pulls {
  return createPulls({
    ...exchangeOver(installation, world, 'pulling'),
    store: storage.pulls,
    quarantine: storage.quarantine,
    intake,
  });
}
