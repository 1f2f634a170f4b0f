import type { DeepLinkingRequest, Launch } from '../src/storage/ports/launch-store.ts';
import type { Registration } from '../src/storage/ports/registration-store.ts';
import { claimName, type LtiClaims } from './claims.ts';
import { groupsOf, resolved, resolvedCustom } from './custom-parameters.ts';
import type { PageLocale } from './pages.ts';
import { nameOf, withoutHiddenNames } from './privacy.ts';
import { courseRole, isMentorHere, keptRoles, menteesOf } from './roles.ts';

function httpUrl(value: string | null | undefined): string | null {
  const url = resolved(value);
  return url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null;
}

/** The launch that verified claims amount to; pure. `now` in ms since the epoch. */
export function launchFromClaims(
  claims: LtiClaims,
  registration: Registration,
  given: {
    readonly id: string;
    readonly sessionHash: string;
    readonly locale: PageLocale;
    readonly now: number;
    readonly deepLinking?: DeepLinkingRequest | null;
  },
): Launch {
  const kept = withoutHiddenNames(claims);
  const custom = resolvedCustom(kept[claimName.custom] ?? {});
  const context = kept[claimName.context];
  const link = kept[claimName.resourceLink];
  const roles = keptRoles(kept[claimName.roles]);
  const mentees = isMentorHere(roles) ? menteesOf(kept[claimName.roleScopeMentor]) : undefined;
  const reviewed = kept[claimName.forUser]?.user_id;
  return {
    id: given.id,
    sessionHash: given.sessionHash,
    org: registration.org,
    registrationId: registration.id,
    deployment: kept[claimName.deployment],
    messageType: kept[claimName.messageType],
    sub: kept.sub,
    name: nameOf(kept),
    email: resolved(kept.email),
    role: courseRole(roles, registration.roles, mentees !== undefined).role,
    roles,
    ...(mentees === undefined ? {} : { mentees }),
    courseId: context?.id ?? null,
    courseTitle: resolved(context?.title) ?? resolved(context?.label),
    resourceLinkId: link?.id ?? null,
    resourceLinkTitle: resolved(link?.title),
    groups: groupsOf(custom),
    cohortParameter: custom.cohort ?? null,
    custom,
    locale: given.locale,
    returnUrl: httpUrl(kept[claimName.presentation]?.return_url),
    ...(given.deepLinking ? { deepLinking: given.deepLinking } : {}),
    ...(reviewed ? { reviewedSub: reviewed } : {}),
    createdAt: given.now,
  };
}
