import { z } from 'zod';
import type { Registration } from '../../src/storage/ports/registration-store.ts';
import { noAnswer, type ServiceFailure } from './platform-client.ts';
import { type PagesDeps, readPages } from './read-pages.ts';
import { serviceScope } from './scopes.ts';
import { originsOf } from './told-services.ts';

const LINE_ITEM = 'application/vnd.ims.lis.v2.lineitem+json';
const CONTAINER = 'application/vnd.ims.lis.v2.lineitemcontainer+json';

/** How our own columns are told from those of others, beside their resourceId. */
export const OUR_TAG = 'assidu';

/** A grade column as we want it (AGS 2.0 §3.2). */
export interface WantedLineItem {
  readonly label: string;
  readonly scoreMaximum: number;
  readonly resourceId: string;
}

/** The URL of a line item, or why there is none. */
export type LineItemOutcome = { readonly kind: 'item'; readonly url: string } | ServiceFailure;

export interface LineItems {
  /** Finds ours by resourceId and tag, on all pages, or makes it. */
  ensure(registration: Registration, listUrl: string, wanted: WantedLineItem): Promise<LineItemOutcome>;
}

const itemSchema = z.object({
  id: z.url({ protocol: /^https?$/ }),
  resourceId: z.string().nullish().catch(null),
  tag: z.string().nullish().catch(null),
});

export function createLineItems(deps: PagesDeps): LineItems {
  const scopes = [serviceScope.lineItems];

  const find = async (
    registration: Registration,
    listUrl: string,
    resourceId: string,
  ): Promise<LineItemOutcome | null> => {
    // Not every platform filters: what it answers is looked at whatever was asked.
    const asked = new URL(listUrl);
    asked.searchParams.set('tag', OUR_TAG);
    asked.searchParams.set('resource_id', resourceId);
    const seen = new Set<string>();
    let found: string | null = null;
    const end = await readPages(
      registration,
      { url: asked.href, scopes, accept: CONTAINER },
      (page) => {
        if (!Array.isArray(page)) return 'a page is no list of line items';
        const before = seen.size;
        for (const each of page) {
          const item = itemSchema.safeParse(each);
          if (!item.success) continue;
          seen.add(item.data.id);
          if (item.data.resourceId === resourceId && item.data.tag === OUR_TAG) found ??= item.data.id;
        }
        return { items: page.length, fresh: seen.size - before };
      },
      deps,
    );
    if (found !== null) return { kind: 'item', url: found };
    // Where a list cannot be read to its end, making one more could make a second one.
    return end.kind === 'broken' ? (end.failure ?? noAnswer(end.reason)) : null;
  };

  const make = async (
    registration: Registration,
    url: string,
    wanted: WantedLineItem,
  ): Promise<LineItemOutcome> => {
    const content = { type: LINE_ITEM, text: JSON.stringify({ ...wanted, tag: OUR_TAG }) };
    const answer = await deps.client.send(registration, {
      method: 'POST',
      url,
      scopes,
      accept: LINE_ITEM,
      content,
    });
    if (answer.kind === 'failed') return answer;
    const item = itemSchema.safeParse(parsed(answer.text));
    return item.success
      ? { kind: 'item', url: item.data.id }
      : noAnswer('the platform made a line item and did not say which');
  };

  return {
    async ensure(registration, listUrl, wanted) {
      const outcome =
        (await find(registration, listUrl, wanted.resourceId)) ?? (await make(registration, listUrl, wanted));
      if (outcome.kind === 'item' && !originsOf(registration).has(new URL(outcome.url).origin))
        return noAnswer('the platform named a line item that is not on its own origin');
      return outcome;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
