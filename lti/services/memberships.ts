import { z } from 'zod';
import type { Registration } from '../../src/storage/ports/registration-store.ts';
import { groupsOf, resolved, resolvedCustom } from '../custom-parameters.ts';
import { courseRole } from '../roles.ts';
import { type PagesDeps, readPages } from './read-pages.ts';
import { serviceScope } from './scopes.ts';

/** The media type of NRPS 2.0 §2.1; Moodle answers 400 to any other. */
export const MEMBERSHIP_CONTAINER = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json';

/** A person of a course as its roster tells. */
export interface Member {
  /** The `sub` of this person's launches. */
  readonly sub: string;
  /** `test`: Canvas's Student View; `none`: no role that we know in the course. */
  readonly role: 'learner' | 'staff' | 'test' | 'none';
  /** False for Inactive and Deleted (NRPS 2.0 §2.3). */
  readonly active: boolean;
  /** Inactive, and not deleted: kept out for a while. */
  readonly suspended: boolean;
  /** Null where the platform hides names. */
  readonly name: string | null;
  readonly email: string | null;
  readonly username: string | null;
  /** Null when the roster says nothing of groups. */
  readonly groups: readonly string[] | null;
}

/** A reading of a roster. What a broken one lacks is unknown, not gone. */
export interface RosterReading {
  readonly members: readonly Member[];
  /** Why it is not whole, in words; null when it is. */
  readonly fault: string | null;
}

/** Reads rosters (NRPS 2.0). */
export interface Memberships {
  read(
    registration: Registration,
    url: string,
    onProgress?: (members: number) => void,
  ): Promise<RosterReading>;
}

const text = z.string().nullish().catch(null);
const memberSchema = z.object({
  user_id: z.union([z.string().min(1).max(255), z.number().transform(String)]),
  status: text,
  roles: z.array(z.string()).catch([]),
  name: text,
  given_name: text,
  family_name: text,
  email: text,
  ext_user_username: text,
  /** LTI Course Groups 1.0. */
  group_enrollments: z
    .array(z.object({ group_id: z.string() }))
    .nullish()
    .catch(null),
  message: z
    .array(
      z.looseObject({
        'https://purl.imsglobal.org/spec/lti/claim/custom': z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .nullish()
    .catch(null),
});
const pageSchema = z.object({ members: z.array(z.unknown()) });

const MOST_MEMBERS = 200_000;

/**
 * Reads the whole roster. No page size is asked for: pages by offset lose people when somebody leaves between two of
 * them, and Moodle gives all in one. A person named several times has all the roles, and is active if once so.
 */
export function createMemberships(deps: PagesDeps): Memberships {
  return {
    async read(registration, url, onProgress) {
      const members = new Map<string, Member & { readonly roles: readonly string[] }>();
      let unreadable = 0;
      const end = await readPages(
        registration,
        { url, scopes: [serviceScope.memberships], accept: MEMBERSHIP_CONTAINER },
        (page) => {
          const parsed = pageSchema.safeParse(page);
          if (!parsed.success) return 'a page is no membership container';
          const before = members.size + unreadable;
          for (const each of parsed.data.members) {
            const member = memberSchema.safeParse(each);
            if (member.success) add(members, member.data, registration.roles);
            else unreadable += 1;
          }
          if (members.size > MOST_MEMBERS) return `there are more than ${MOST_MEMBERS} members`;
          onProgress?.(members.size);
          return { items: parsed.data.members.length, fresh: members.size + unreadable - before };
        },
        deps,
      );
      const fault =
        end.kind === 'broken'
          ? end.reason
          : unreadable > 0
            ? `${unreadable} members without a user_id`
            : null;
      return { members: [...members.values()].map(({ roles: _roles, ...member }) => member), fault };
    },
  };
}

function add(
  members: Map<string, Member & { readonly roles: readonly string[] }>,
  told: z.output<typeof memberSchema>,
  mapping: Registration['roles'],
): void {
  const before = members.get(told.user_id);
  const active = !/^(inactive|deleted)$/i.test(told.status ?? 'Active');
  // Roles of an ended membership give nothing beside a living one.
  const roles =
    before === undefined || before.active === active
      ? [...(before?.roles ?? []), ...told.roles]
      : active
        ? told.roles
        : before.roles;
  const { role, testUser } = courseRole(roles, mapping);
  const parts = [resolved(told.given_name), resolved(told.family_name)].filter((part) => part !== null);
  members.set(told.user_id, {
    sub: told.user_id,
    roles,
    role: testUser ? 'test' : role === 'dlm' ? 'staff' : role === 'observer' ? 'none' : role,
    active: active || (before?.active ?? false),
    suspended:
      !active &&
      !(before?.active ?? false) &&
      (/^inactive$/i.test(told.status ?? '') || (before?.suspended ?? false)),
    name: resolved(told.name) ?? resolved(parts.join(' ')) ?? before?.name ?? null,
    email: resolved(told.email) ?? before?.email ?? null,
    username: resolved(told.ext_user_username) ?? before?.username ?? null,
    groups: groupsIn(told) ?? before?.groups ?? null,
  });
}

/** Groups by the Course Groups service, or by the custom parameters that a roster of one link carries. */
function groupsIn({ group_enrollments, message }: z.output<typeof memberSchema>): readonly string[] | null {
  if (group_enrollments != null) return group_enrollments.map(({ group_id }) => group_id);
  for (const each of message ?? []) {
    const custom = each['https://purl.imsglobal.org/spec/lti/claim/custom'];
    if (custom === undefined || !('groups' in custom || 'sections' in custom)) continue;
    return groupsOf(resolvedCustom(custom));
  }
  return null;
}
