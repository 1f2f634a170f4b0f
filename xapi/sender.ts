import type { AccessKey } from '../src/storage/ports/key-store.ts';
import type { Writer } from '../src/storage/ports/statement-store.ts';
import { checkStatements, type PlacedStatement } from './bound-key.ts';
import { hasScope } from './credentials.ts';
import type { Agent } from './statement/types.ts';

/** Who sends statements: the organisation they go to, what the key may do, and the authority they get. */
export interface Sender {
  readonly org: string;
  readonly writer: Writer;
  readonly authority: Agent;
  /** Looks at valid statements before any is kept; refuses them by throwing (limits and bounds of a key). */
  readonly admit?: (statements: readonly PlacedStatement[]) => void | Promise<void>;
  /** A platform of which the writer may change standings, beside what `writer.standings` allows (standing-rights.ts). */
  readonly trustedPlatform?: string | null;
}

/** The authority of what a key writes; `home` is the public URL of this LRS. */
export function authorityOf(key: AccessKey, home: string): Agent {
  return { objectType: 'Agent', name: key.name, account: { homePage: home, name: key.key } };
}

/** What a key's statements carry, within its bounds; whether it has a scope to write is not asked. */
export function senderOfKey(key: AccessKey, authority: Agent): Sender {
  return {
    org: key.org,
    authority,
    writer: {
      keyId: key.id,
      standings: hasScope(key, 'cohorts'),
      voidsAny: hasScope(key, 'all'),
      defines: hasScope(key, 'all', 'define'),
    },
    trustedPlatform: key.trustedPlatform,
    admit: (statements) => checkStatements(key, statements),
  };
}
