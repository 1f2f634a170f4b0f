import {
  NO_ORGANISATION,
  type Registration,
  type RegistrationStore,
} from '../../src/storage/ports/registration-store.ts';

/** What became of an approval. `foreign`: the platform belongs to another organisation. */
export type Approval =
  | { readonly kind: 'approved'; readonly registration: Registration }
  | { readonly kind: 'unknown' | 'no-organisation' | 'changed' }
  | { readonly kind: 'foreign'; readonly org: string };

/**
 * Takes a pending platform into an organisation (`org` may be left out for one that has one), and approves deployments
 * of it. Whoever calls this has checked who asks.
 */
export async function approveRegistration(
  registrations: RegistrationStore,
  given: {
    readonly id: string;
    readonly org: string | undefined;
    readonly deployments: readonly string[];
  },
): Promise<Approval> {
  const { id, org, deployments } = given;
  const found = await registrations.byId(id);
  if (!found) return { kind: 'unknown' };
  if (found.org === NO_ORGANISATION && org === undefined) return { kind: 'no-organisation' };
  if (found.org !== NO_ORGANISATION && org !== undefined && org !== found.org)
    return { kind: 'foreign', org: found.org };
  let registration: Registration = { ...found, org: org ?? found.org, status: 'active' };
  // Deployments of an active platform are approved while it launches: its own state is left alone.
  if (found.status !== 'active' && (await registrations.save(registration)) === 'conflict')
    return { kind: 'changed' };
  for (const deployment of deployments)
    registration = (await registrations.approveDeployment(id, deployment)) ?? registration;
  return { kind: 'approved', registration };
}
