import { account } from './account.ts';
import type { Dialect } from './dialect.ts';
import { mailto, uri } from './iri.ts';
import { textOf } from './parts.ts';

const SHA1 = /^[0-9a-f]{40}$/i;

/** The properties that can identify an actor, none of them required here (1.0.3 Data 2.4.2.3). */
export function identifierShape(dialect: Dialect) {
  return {
    mbox: mailto(dialect).optional(),
    mbox_sha1sum: textOf(dialect, 'identifier', 'a SHA-1 sum of 40 hexadecimal digits', (value) =>
      SHA1.test(value),
    ).optional(),
    openid: uri(dialect, 'identifier').optional(),
    account: account(dialect).optional(),
  };
}

/** How many inverse functional identifiers an actor has. */
export function countIdentifiers(actor: {
  readonly mbox?: unknown;
  readonly mbox_sha1sum?: unknown;
  readonly openid?: unknown;
  readonly account?: unknown;
}): number {
  const { mbox, mbox_sha1sum, openid, account: known } = actor;
  return [mbox, mbox_sha1sum, openid, known].filter((identifier) => identifier !== undefined).length;
}
