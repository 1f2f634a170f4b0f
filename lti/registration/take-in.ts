import type { InvitationStore } from '../../src/storage/ports/invitation-store.ts';
import {
  NO_ORGANISATION,
  type Registration,
  type RegistrationStore,
  type SelfRegistration,
} from '../../src/storage/ports/registration-store.ts';
import type { PlatformConfiguration } from './platform-configuration.ts';
import type { RegisteredClient } from './register-with.ts';
import { requestTo } from './tool-registration.ts';

/** Registrations that wait for an organisation; anybody can make one, so that the oldest give way. */
export const mostPending = 100;

export interface TakeInDeps {
  readonly registrations: RegistrationStore;
  readonly invitations: InvitationStore;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
}

/**
 * What became of a registration that a platform has accepted. `pending`: an administrator must approve it.
 * `unchanged`: the platform was known, and nobody who may change it said so.
 */
export interface TakenIn {
  readonly outcome: 'active' | 'updated' | 'pending' | 'unchanged';
  readonly registration: Registration;
}

const origins = (urls: readonly string[]): readonly string[] => [
  ...new Set(urls.map((url) => new URL(url).origin)),
];

/** What it says of itself and is asked for, for whoever approves it. */
function askedOf(platform: PlatformConfiguration): SelfRegistration {
  const { scopes, claims, messages } = requestTo(platform);
  return { product: platform.product, scopes, claims, messages: messages.map(({ type }) => type) };
}

/** What the platform says now, over what is kept of it. */
function refreshed(
  kept: Registration,
  platform: PlatformConfiguration,
  client: RegisteredClient,
): Registration {
  const { issuer, authUrl, tokenUrl, jwksUrl, registrationUrl } = platform;
  const known = origins([issuer, authUrl]);
  return {
    ...kept,
    authUrl,
    tokenUrl,
    jwksUrl,
    selfRegistered: true,
    // Canvas frames us from the institution's host, which of all its addresses only this one names.
    frameOrigins: [
      ...new Set([
        ...kept.frameOrigins,
        ...origins([registrationUrl]).filter((each) => !known.includes(each)),
      ]),
    ],
    deployments: [
      ...new Set([...kept.deployments, ...(client.deployment === null ? [] : [client.deployment])]),
    ],
  };
}

/**
 * Keeps a registration that the platform has accepted. With a valid code it is active in the code's organisation; a
 * known platform is updated only by a code of its own organisation. It is kept as pending before the code is used, so
 * that nothing is lost in between.
 */
export async function takeIn(
  deps: TakeInDeps,
  given: {
    readonly platform: PlatformConfiguration;
    readonly client: RegisteredClient;
    readonly codeHash: string | null;
  },
): Promise<TakenIn> {
  const { registrations, invitations, clock } = deps;
  const { platform, client, codeHash } = given;
  const now = clock();
  const made: Registration = refreshed(
    {
      id: deps.random(9).toString('hex'),
      org: NO_ORGANISATION,
      name: platform.name,
      issuer: platform.issuer,
      clientId: client.clientId,
      authUrl: platform.authUrl,
      tokenUrl: platform.tokenUrl,
      jwksUrl: platform.jwksUrl,
      deployments: [],
      status: 'pending',
      actorFormat: { homePage: platform.issuer, name: 'sub' },
      frameOrigins: [],
      createdAt: now,
      asked: askedOf(platform),
    },
    platform,
    client,
  );
  const found = await registrations.find(made.issuer, made.clientId);
  const known = found === null || found.org === NO_ORGANISATION ? null : found;
  if (known === null && (await registrations.savePending(made, mostPending)) === 'conflict')
    // Somebody took it in this very moment: it is known now.
    return takeIn(deps, given);

  const kept = known ?? made;
  const unused: TakenIn = { outcome: known === null ? 'pending' : 'unchanged', registration: kept };
  if (codeHash === null) return unused;
  const offered = await invitations.find(codeHash);
  if (offered === null || (known !== null && offered.org !== known.org)) return unused;
  const invitation = await invitations.use(codeHash, kept.id, now);
  if (typeof invitation === 'string') return unused;

  const current = known === null ? made : refreshed(known, platform, client);
  const first = invitation.firstDeployment && current.deployments.length === 0;
  const registration: Registration = {
    ...current,
    org: invitation.org,
    status: 'active',
    ...(first ? { firstDeploymentUntil: invitation.expiresAt } : {}),
  };
  if ((await registrations.save(registration)) === 'conflict') return unused;
  return { outcome: known === null ? 'active' : 'updated', registration };
}
