import { mailDigests } from '../../xapi/statement/mail-digests.ts';
import type { Identity, IdentityLink, IdentityRule } from '../storage/ports/identity.ts';

/** What is kept of who is who, in any order. */
export interface IdentityRecords {
  readonly identities: readonly Identity[];
  readonly links: readonly IdentityLink[];
  readonly rules: readonly IdentityRule[];
}

/** Who is who at an instant. A person is the learner of theirs whose identifier was recorded first. */
export interface Persons {
  /** The person behind an actor key; null when nobody knows it, or two do who were told apart by hand. */
  ofActor(actor: string): string | null;
  /** The person that a learner belongs to: itself when it is linked to nobody. */
  ofLearner(learnerId: string): string;
  /** Identities known by then, earliest first. */
  readonly identities: readonly Identity[];
}

/**
 * Who is who, knowing what was recorded by `knownAt` (ms; null: everything). Links have no direction, so that chains,
 * rings and the order in which they came do not matter. Of a pair the record made last decides; without one, the same
 * mailbox does (mbox and mbox_sha1sum).
 */
export function personsOf(records: IdentityRecords, knownAt: number | null): Persons {
  const known = <Item extends { readonly recordedAt: number }>(items: readonly Item[]) =>
    knownAt === null ? items : items.filter(({ recordedAt }) => recordedAt <= knownAt);
  const identities = [...known(records.identities)].sort(byTime);
  const rank = new Map<string, number>();
  for (const { learnerId } of identities) if (!rank.has(learnerId)) rank.set(learnerId, rank.size);
  const groups = unionFind((learnerId) => rank.get(learnerId) ?? Number.POSITIVE_INFINITY);

  const pairs = latestLinks(known(records.links));
  const byMail = latest(known(records.rules), ({ rule }) => rule).get('email')?.on ?? false;
  for (const { learnerId, other, linked, by } of pairs.values())
    if (linked && (by === 'hand' || byMail)) groups.join(learnerId, other);

  // Digests take their time: they are made where there are some to compare with.
  const mailsOf = identities.some(({ actor }) => isDigest(actor)) ? mailDigests : foldedMail;
  const holders = holdersOf(identities, mailsOf);
  for (const own of holders.values())
    for (const [index, one] of own.entries())
      for (const other of own.slice(0, index))
        if (pairs.get(pairOf(one, other))?.linked !== false) groups.join(one, other);

  const direct = new Map(identities.map(({ actor, learnerId }) => [actor, groups.find(learnerId)]));
  const remembered = new Map<string, string | null>();
  let byDigest: ReadonlyMap<string, readonly string[]> | null = mailsOf === mailDigests ? holders : null;
  const byMailbox = (actor: string): string | null => {
    if (isDigest(actor)) byDigest ??= holdersOf(identities, mailDigests);
    const [mails, map] = isDigest(actor) ? [mailDigests(actor), byDigest] : [mailsOf(actor), holders];
    const found = new Set(mails.flatMap((mail) => (map?.get(mail) ?? []).map(groups.find)));
    const [only, second] = found;
    return only !== undefined && second === undefined ? only : null;
  };
  return {
    identities,
    ofLearner: groups.find,
    ofActor: (actor) => {
      const found = direct.get(actor) ?? remembered.get(actor);
      if (found !== undefined) return found;
      const person = byMailbox(actor);
      remembered.set(actor, person);
      return person;
    },
  };
}

/** The record that decides for each pair of learners, by `pairOf`. */
export function latestLinks(links: readonly IdentityLink[]): ReadonlyMap<string, IdentityLink> {
  return latest(links, ({ learnerId, other }) => pairOf(learnerId, other));
}

/** One name for a pair, whichever comes first. */
export function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function latest<Item extends { readonly recordedAt: number }>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, Item> {
  const held = new Map<string, Item>();
  for (const item of items) {
    const before = held.get(keyOf(item));
    const later =
      before === undefined ||
      item.recordedAt > before.recordedAt ||
      (item.recordedAt === before.recordedAt && JSON.stringify(item) > JSON.stringify(before));
    if (later) held.set(keyOf(item), item);
  }
  return held;
}

function byTime(a: Identity, b: Identity): number {
  return a.recordedAt - b.recordedAt || (a.actor < b.actor ? -1 : a.actor > b.actor ? 1 : 0);
}

/** Groups; each is called after its member of the lowest rank, then the first by alphabet. */
function unionFind(rankOf: (member: string) => number) {
  const above = new Map<string, string>();
  const find = (member: string): string => {
    let top = member;
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next;
    return top;
  };
  return {
    find,
    join: (a: string, b: string): void => {
      const [one, two] = [find(a), find(b)];
      if (one === two) return;
      const [first, second] = [rankOf(one), rankOf(two)];
      const oneLeads = first < second || (first === second && one < two);
      above.set(oneLeads ? two : one, oneLeads ? one : two);
    },
  };
}

function isDigest(actor: string): boolean {
  return actor.startsWith('mbox_sha1sum|');
}

/** A mailbox without its capitals; none for other identifiers. */
function foldedMail(actor: string): readonly string[] {
  return actor.startsWith('mbox|') ? [actor.toLowerCase()] : [];
}

/** Learners by their mailboxes, each once. */
function holdersOf(
  identities: readonly Identity[],
  mailsOf: (actor: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string[]>();
  for (const { actor, learnerId } of identities)
    for (const mail of mailsOf(actor)) {
      const own = holders.get(mail);
      if (own === undefined) holders.set(mail, [learnerId]);
      else if (!own.includes(learnerId)) own.push(learnerId);
    }
  return holders;
}
