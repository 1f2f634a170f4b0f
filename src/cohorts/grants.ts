import { z } from 'zod';
import { instant } from '../../config/cohort-definition.ts';
import { AssiduError } from '../base/errors.ts';
import { PORTFOLIO_TAGS } from '../metrics/portfolio-types.ts';
import type { Grant, GrantStore } from '../storage/ports/grant-store.ts';
import type { RegistrationStore } from '../storage/ports/registration-store.ts';
import type { Definitions } from './definitions.ts';

/** Roles as people who configure write them; `lcm` is the store's `staff`. */
export const GRANTED_ROLES = ['lcm', 'dlm', 'executive', 'observer'] as const;

/** A tag as people mean it, without spaces to spare: as src/metrics/portfolio-line.ts reads those of cohorts. */
function withoutSpare(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

/** What a grant says, as it is handed in. */
export const grantSchema = z.strictObject({
  platform: z.string().min(1).max(100),
  sub: z.string().min(1).max(255),
  role: z.enum(GRANTED_ROLES),
  cohort: z.string().min(1).max(100).optional(),
  /** Of executives: tags of the cohorts whose figures they see. */
  tags: z
    .partialRecord(
      z.enum(PORTFOLIO_TAGS),
      z.string().max(500).transform(withoutSpare).pipe(z.string().min(1, 'must not be empty')),
    )
    .optional(),
  expiresAt: instant.optional(),
});

export type GrantInput = z.infer<typeof grantSchema>;

/** A grant as it is shown. */
export interface ShownGrant {
  readonly id: string;
  readonly platform: string;
  readonly sub: string;
  readonly role: (typeof GRANTED_ROLES)[number];
  readonly cohort: string | null;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly grantedBy: string;
  /** ISO 8601, as expiresAt. */
  readonly grantedAt: string;
  readonly expiresAt: string | null;
  /** False once it has expired. */
  readonly inForce: boolean;
}

/** Roles given by hand (docs/roles.md); they count at the next request, in sessions under way too. */
export interface Grants {
  /** Throws `invalid-request` naming the field: a platform or cohort that the organisation does not have, a past end. */
  add(org: string, input: GrantInput, by: string): Promise<ShownGrant>;
  /** Oldest first. */
  list(org: string): Promise<readonly ShownGrant[]>;
  /** Throws `not-found`. */
  remove(org: string, id: string, by: string): Promise<void>;
}

export interface GrantsDeps {
  readonly grants: GrantStore;
  readonly registrations: Pick<RegistrationStore, 'byId'>;
  readonly definitions: Pick<Definitions, 'list'>;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
}

export function createGrants({ grants, registrations, definitions, clock, newId }: GrantsDeps): Grants {
  const shown = (grant: Grant): ShownGrant => ({
    id: grant.id,
    platform: grant.registrationId,
    sub: grant.sub,
    role: grant.role === 'staff' ? 'lcm' : grant.role,
    cohort: grant.cohortId,
    tags: grant.tags ?? null,
    grantedBy: grant.grantedBy,
    grantedAt: new Date(grant.grantedAt).toISOString(),
    expiresAt: grant.expiresAt === null ? null : new Date(grant.expiresAt).toISOString(),
    inForce: grant.expiresAt === null || grant.expiresAt > clock(),
  });
  return {
    add: async (org, { platform, sub, role, cohort, tags, expiresAt }, by) => {
      const now = clock();
      const end = expiresAt === undefined ? null : Date.parse(expiresAt);
      if ((await registrations.byId(platform))?.org !== org)
        throw fault('platform', `there is no platform ${platform}`);
      if (cohort !== undefined && !(await definitions.list(org)).some(({ id }) => id === cohort))
        throw fault('cohort', `there is no cohort ${cohort}`);
      if (role === 'executive' && cohort !== undefined)
        throw fault('cohort', 'does not go with executive: they see no single cohort');
      if (role !== 'executive' && tags !== undefined) throw fault('tags', 'goes with executive alone');
      if (end !== null && end <= now) throw fault('expiresAt', 'has passed already');
      const grant: Grant = {
        id: newId(),
        org,
        registrationId: platform,
        sub,
        role: role === 'lcm' ? 'staff' : role,
        cohortId: cohort ?? null,
        ...(tags === undefined || Object.keys(tags).length === 0 ? {} : { tags }),
        grantedBy: by,
        grantedAt: now,
        expiresAt: end,
      };
      await grants.insert(grant);
      return shown(grant);
    },
    list: async (org) => (await grants.list(org)).map(shown),
    remove: async (org, id, by) => {
      if (!(await grants.revoke(org, id, by, clock())))
        throw new AssiduError('not-found', `there is no grant ${id}`);
    },
  };
}

function fault(path: string, message: string): AssiduError {
  return new AssiduError('invalid-request', `${path}: ${message}`, { problems: [{ path, message }] });
}
