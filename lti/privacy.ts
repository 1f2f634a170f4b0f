import { claimName, type LtiClaims } from './claims.ts';
import { resolved } from './custom-parameters.ts';

function without(
  values: Readonly<Record<string, unknown>> | null | undefined,
  name: string,
): Record<string, unknown> | null {
  if (values == null) return null;
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
}

/** The person's name as the platform gives it; null where it hides names. */
export function nameOf(claims: LtiClaims): string | null {
  const parts = [resolved(claims.given_name), resolved(claims.family_name)];
  return resolved(claims.name) ?? resolved(parts.filter((part) => part !== null).join(' '));
}

/**
 * Where a platform hides names (neither name nor e-mail), takes away what Moodle still sends: person_sourcedid,
 * custom.user_username and ext.user_username (lti.md, "Privacy of names").
 */
export function withoutHiddenNames(claims: LtiClaims): LtiClaims {
  if (nameOf(claims) !== null || resolved(claims.email) !== null) return claims;
  return {
    ...claims,
    [claimName.lis]: without(claims[claimName.lis], 'person_sourcedid'),
    [claimName.custom]: without(claims[claimName.custom], 'user_username'),
    [claimName.ext]: without(claims[claimName.ext], 'user_username'),
  };
}
