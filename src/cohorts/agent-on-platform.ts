import type { Agent } from '../../xapi/statement/types.ts';
import type { Registration } from '../storage/ports/registration-store.ts';

/** A person as launches and rosters of a platform name them. */
export interface PlatformPerson {
  readonly sub: string;
  readonly email: string | null;
  readonly username: string | null;
}

/** The xAPI agent of a platform's person, in the format declared for the platform; by `sub` where that lacks. */
export function agentOnPlatform({ actorFormat }: Registration, person: PlatformPerson): Agent {
  const { homePage, name } = actorFormat;
  if (name === 'mbox' && person.email !== null)
    return { objectType: 'Agent', mbox: `mailto:${person.email}` };
  const account = name === 'username' && person.username !== null ? person.username : person.sub;
  return { objectType: 'Agent', account: { homePage, name: account } };
}
