import type { Grant } from '../storage/ports/grant-store.ts';
import type { LaunchRole } from '../storage/ports/launch-store.ts';

const RANKED = ['dlm', 'staff', 'executive', 'observer'] as const;

/** Grants that have not expired at `now` (ms). */
export function grantsInForce(grants: readonly Grant[], now: number): readonly Grant[] {
  return grants.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
}

/**
 * The role that counts in a cohort (null: where none is asked about): of the grants that name the cohort the highest,
 * else of those that name none, else the platform's.
 */
export function roleIn(platform: LaunchRole, grants: readonly Grant[], cohortId: string | null): LaunchRole {
  const highest = (about: string | null) =>
    RANKED.find((role) => grants.some((grant) => grant.cohortId === about && grant.role === role));
  return (cohortId === null ? undefined : highest(cohortId)) ?? highest(null) ?? platform;
}
