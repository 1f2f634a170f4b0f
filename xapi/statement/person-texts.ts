/** An account name that cannot be anybody else's by chance: an address, or as long as a UUID without its hyphens. */
const DISTINCTIVE = /@|^.{32,}$/s;
/** What an address or a digest goes on with: then it is another one. */
const BEFORE = '(?<![\\w.+-])';
const AFTER = '(?![\\w-]|\\.\\w)';

/**
 * Texts that name a person wherever they stand: addresses, digests of mailboxes, OpenIDs, account names that are no
 * common word. A user number or a short user name is none of them: it means somebody only beside its home page.
 */
export function distinctiveTexts(actors: readonly string[]): readonly string[] {
  const texts = actors.flatMap((actor) => {
    if (actor.startsWith('mbox|')) return [actor.slice('mbox|'.length).replace(/^mailto:/, '')];
    const name = actor.slice(actor.lastIndexOf('|') + 1);
    return !actor.startsWith('account|') || DISTINCTIVE.test(name) ? [name] : [];
  });
  return [...new Set(texts)].filter((text) => text !== '');
}

/** Texts that a record about a person contains, whatever else it is: what distinguishes them, and all account names. */
export function namingTexts(actors: readonly string[]): readonly string[] {
  const names = actors
    .filter((actor) => actor.startsWith('account|'))
    .map((actor) => actor.slice(actor.indexOf('|', 'account|'.length) + 1));
  return [...new Set([...distinctiveTexts(actors), ...names])].filter((text) => text !== '');
}

/** Finds such texts by themselves, not as a part of longer ones, whatever their case; null when there are none. */
export function mentionPattern(texts: readonly string[]): RegExp | null {
  if (texts.length === 0) return null;
  const any = texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|');
  return new RegExp(`${BEFORE}(?:${any})${AFTER}`, 'gi');
}
