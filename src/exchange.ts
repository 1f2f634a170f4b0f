import { createLrsClient } from '../xapi/client/lrs-client.ts';
import { createForwards, type Forwards } from '../xapi/forwarding/forwards.ts';
import type { Intake } from '../xapi/intake.ts';
import { createPulls, type Pulls } from '../xapi/pulling/pulls.ts';
import { createSeal, deriveKey } from './base/seal.ts';
import type { Definitions } from './cohorts/definitions.ts';
import { createEvidenceOf } from './cohorts/forward-filter.ts';
import type { Installation, World } from './services.ts';
import type { Storage } from './storage/ports/index.ts';

/** Sends statements on to other LRSs. */
export function forwardsOver(
  storage: Storage,
  definitions: Definitions,
  { publicUrl, secret }: Installation,
  world: World,
): Forwards {
  const { clock, random, newId, log, fetch } = world;
  return createForwards({
    store: storage.forwards,
    statements: storage.statements,
    attachments: storage.attachments,
    client: createLrsClient({ fetch }),
    seal: createSeal(deriveKey(secret, 'forwarding'), random),
    evidenceOf: createEvidenceOf(definitions),
    keysOf: storage.pulls.keysOf,
    cohortsOf: async (org) => (await definitions.list(org)).map(({ id }) => id),
    publicUrl,
    holder: newId(),
    clock,
    random,
    newId,
    log,
  });
}

/** Fetches statements from other LRSs. */
export function pullsOver(
  storage: Storage,
  intake: Intake,
  { publicUrl, secret }: Installation,
  world: World,
): Pulls {
  const { clock, random, newId, log, fetch } = world;
  return createPulls({
    store: storage.pulls,
    quarantine: storage.quarantine,
    intake,
    client: createLrsClient({ fetch }),
    seal: createSeal(deriveKey(secret, 'pulling'), random),
    publicUrl,
    holder: newId(),
    clock,
    random,
    newId,
    log,
  });
}
