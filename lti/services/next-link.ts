/** The next page: its URL, none, or a link that cannot be followed. */
export type NextLink =
  | { readonly kind: 'next'; readonly url: string }
  | { readonly kind: 'last' }
  | { readonly kind: 'unreadable'; readonly link: string };

/**
 * Reads `rel="next"` of a Link header (RFC 8288), relative to the page it came with. Moodle writes some of its links with
 * curly quotes, as the UTF-8 they are sent in, and `&amp;` (recorded). A link to another origin is unreadable: the token
 * is for the platform only.
 */
export function nextLink(header: string | null, pageUrl: string): NextLink {
  if (header === null || header.trim() === '') return { kind: 'last' };
  const text = Buffer.from(header, 'latin1').toString('utf8').replace(/[“”]/g, '"');
  const next = text.split(/,(?=\s*<)/).find((part) => isNext(part.replace(/<[^>]*>/, '')));
  if (next === undefined)
    return /\bnext\b/i.test(text.replace(/<[^>]*>/g, ''))
      ? { kind: 'unreadable', link: text }
      : { kind: 'last' };
  const target = /<([^>]*)>/.exec(next)?.[1]?.trim().replaceAll('&amp;', '&');
  if (target === undefined || target === '' || !URL.canParse(target, pageUrl))
    return { kind: 'unreadable', link: next.trim() };
  const url = new URL(target, pageUrl);
  return url.origin === new URL(pageUrl).origin
    ? { kind: 'next', url: url.href }
    : { kind: 'unreadable', link: next.trim() };
}

function isNext(parameters: string): boolean {
  const relations = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters);
  return (relations?.[1] ?? relations?.[2] ?? '').toLowerCase().split(/\s+/).includes('next');
}
