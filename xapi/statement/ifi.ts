import { AssiduError } from '../../src/base/errors.ts';
import { isWholeText } from '../../src/base/whole-text.ts';
import type { Actor, Agent } from './types.ts';

// Only what would make the three parts ambiguous is escaped, so that keys stay readable in a database.
const escapePart = (part: string): string => part.replaceAll('%', '%25').replaceAll('|', '%7C');
const unescapePart = (part: string): string => part.replaceAll('%7C', '|').replaceAll('%25', '%');

const ODD = /[%\0\p{Cs}]/gu;
const ESCAPED = /%([0-9a-f]{4})/g;
const MARK = '%:';
const escapeName = (name: string): string =>
  !isWholeText(name) || name.startsWith(MARK)
    ? MARK + name.replace(ODD, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : name;
const unescapeName = (name: string): string =>
  name.startsWith(MARK)
    ? name.slice(MARK.length).replace(ESCAPED, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    : name;

/**
 * One text per inverse functional identifier (1.0.3 Data 2.4.2.3): `mbox|mailto:a@b.org`,
 * `mbox_sha1sum|<lower-case hex>`, `openid|<URI>`, `account|<homePage>|<name>`; null for an anonymous group.
 * In `homePage` a `|` is written `%7C` and a `%` is written `%25`; the name is kept as it is, unless it has a NUL or half
 * a pair of surrogates or begins with `%:`: then `%:` is put before it, and these and `%` are written `%` and four hex
 * digits.
 */
export function actorKey(actor: Actor): string | null {
  const known = keys.get(actor);
  if (known !== undefined) return known;
  const key = keyOf(actor);
  keys.set(actor, key);
  return key;
}

/** Keys of actors that are named more than once. */
const keys = new WeakMap<Actor, string | null>();

function keyOf(actor: Actor): string | null {
  if (actor.account !== undefined)
    return `account|${escapePart(actor.account.homePage)}|${escapeName(actor.account.name)}`;
  if (actor.mbox !== undefined) return `mbox|${actor.mbox}`;
  if (actor.mbox_sha1sum !== undefined) return `mbox_sha1sum|${actor.mbox_sha1sum.toLowerCase()}`;
  if (actor.openid !== undefined) return `openid|${actor.openid}`;
  return null;
}

/** The agent an `actorKey` stands for. Throws `invalid-request` for anything else. */
export function agentOfKey(key: string): Agent {
  const first = key.indexOf('|');
  const kind = key.slice(0, Math.max(first, 0));
  const rest = key.slice(first + 1);
  if (kind === 'mbox') return { objectType: 'Agent', mbox: rest };
  if (kind === 'mbox_sha1sum') return { objectType: 'Agent', mbox_sha1sum: rest };
  if (kind === 'openid') return { objectType: 'Agent', openid: rest };
  const second = rest.indexOf('|');
  if (kind === 'account' && second >= 0) {
    const homePage = unescapePart(rest.slice(0, second));
    return { objectType: 'Agent', account: { homePage, name: unescapeName(rest.slice(second + 1)) } };
  }
  throw new AssiduError('invalid-request', `not an actor key: ${JSON.stringify(key)}`);
}
