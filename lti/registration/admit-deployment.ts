import type { Registration, RegistrationStore } from '../../src/storage/ports/registration-store.ts';
import { type Rejection, rejected } from '../rejection.ts';

/** Deployments that a registration remembers as waiting; a platform's people can make as many as they like. */
const mostWaiting = 20;

/**
 * Null when the deployment of a verified launch may launch: it is approved, or is the first one and the registration's
 * code said that this is enough. Any other is refused, and remembered for an administrator.
 */
export async function admitDeployment(
  deps: { readonly registrations: RegistrationStore; readonly clock: () => number },
  registration: Registration,
  deployment: string,
): Promise<Rejection | null> {
  if (registration.deployments.includes(deployment)) return null;
  const { registrations } = deps;
  const now = deps.clock();
  if (registration.firstDeploymentUntil !== undefined) {
    const approved = await registrations.approveFirstDeployment(registration.id, deployment, now);
    // Another launch of the same deployment may have been first.
    const current = approved ?? (await registrations.byId(registration.id));
    if (current?.deployments.includes(deployment)) return null;
  }
  await registrations.rememberWaiting(
    { registrationId: registration.id, deployment, seenAt: now },
    mostWaiting,
  );
  return rejected('deployment-not-approved', deployment);
}
