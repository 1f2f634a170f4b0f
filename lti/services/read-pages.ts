import type { Registration } from '../../src/storage/ports/registration-store.ts';
import { type NextLink, nextLink } from './next-link.ts';
import { type PatienceDeps, politely } from './patience.ts';
import type { PlatformClient, ServiceFailure } from './platform-client.ts';

export interface PagesDeps extends PatienceDeps {
  readonly client: PlatformClient;
}

/** A list in pages. */
export interface PagedList {
  readonly url: string;
  readonly scopes: readonly string[];
  readonly accept: string;
}

/** How a reading ended: at the last page, or with a reason why it is not whole. */
export type ReadingEnd =
  | { readonly kind: 'whole' }
  | { readonly kind: 'broken'; readonly reason: string; readonly failure: ServiceFailure | null };

const MOST_PAGES = 5_000;
/** A platform that goes on with empty pages is broken. */
const MOST_EMPTY = 20;

const broken = (reason: string, failure: ServiceFailure | null = null): ReadingEnd => ({
  kind: 'broken',
  reason,
  failure,
});

/**
 * Reads a list page by page (Link rel=next), empty ones too. `take` gets the JSON of a page and answers how many items it
 * had and how many of them were new, or in words why it is no page.
 */
export async function readPages(
  registration: Registration,
  list: PagedList,
  take: (page: unknown) => { readonly items: number; readonly fresh: number } | string,
  deps: PagesDeps,
): Promise<ReadingEnd> {
  const seen = new Set<string>();
  let empty = 0;
  for (let link: NextLink = { kind: 'next', url: list.url }; link.kind !== 'last'; ) {
    if (link.kind === 'unreadable')
      return broken(`the link to the next page cannot be followed: ${link.link}`);
    const { url }: { readonly url: string } = link;
    if (seen.has(url)) return broken('the pages lead back to one that was read already');
    if (seen.size >= MOST_PAGES) return broken(`there are more than ${MOST_PAGES} pages`);
    seen.add(url);
    const { scopes, accept } = list;
    const answer = await politely(
      () => deps.client.send(registration, { method: 'GET', url, scopes, accept }),
      deps,
    );
    if (answer.kind === 'failed') return broken(answer.reason, answer);
    const page = parsed(answer.text);
    const took = page === undefined ? 'a page is no JSON' : take(page);
    if (typeof took === 'string') return broken(took);
    if (took.items > 0 && took.fresh === 0) return broken('a page repeats what was read already');
    empty = took.items === 0 ? empty + 1 : 0;
    if (empty > MOST_EMPTY) return broken('the pages go on and are empty');
    link = nextLink(answer.headers.get('link'), url);
  }
  return { kind: 'whole' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
