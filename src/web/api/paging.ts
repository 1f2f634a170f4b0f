import type { Request, Response } from 'express';
import { badParameter } from './parameters.ts';

const MAX_LIMIT = 1_000;
const DEFAULT_LIMIT = 100;

/** Query parameters of a list. */
export const PAGING = ['limit', 'cursor'] as const;

/**
 * A page of a list in the order of its keys: `limit` (1 to 1000) and an opaque `cursor` that holds the key of the last
 * item sent, so that what comes and goes meanwhile neither skips nor repeats the others. The next page stands in
 * `Link: rel="next"` (RFC 8288), with the parameters `pinned` so that all pages are of one moment.
 */
export function pageOf<Item>(
  request: Request,
  response: Response,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  pinned: Readonly<Record<string, string>> = {},
): readonly Item[] {
  const limit = limitOf(request.query.limit);
  const last = cursorOf(request.query.cursor);
  const rest = last === null ? items : items.filter((item) => keyOf(item) > last);
  const page = rest.slice(0, limit);
  const end = page.at(-1);
  if (end !== undefined && rest.length > limit) linkNext(request, response, keyOf(end), pinned);
  return page;
}

/**
 * A page of a list that the store holds, as `pageOf` does: `load` is asked for one item more than shown, after the key of
 * the last one sent (null at the start).
 */
export async function pageFrom<Item>(
  request: Request,
  response: Response,
  load: (after: string | null, limit: number) => Promise<readonly Item[]>,
  keyOf: (item: Item) => string,
): Promise<readonly Item[]> {
  const limit = limitOf(request.query.limit);
  const found = await load(cursorOf(request.query.cursor), limit + 1);
  const page = found.slice(0, limit);
  const end = page.at(-1);
  if (end !== undefined && found.length > limit) linkNext(request, response, keyOf(end));
  return page;
}

function linkNext(
  request: Request,
  response: Response,
  last: string,
  pinned: Readonly<Record<string, string>> = {},
): void {
  const next = new URL(request.originalUrl, 'http://host');
  for (const [name, value] of Object.entries(pinned)) next.searchParams.set(name, value);
  next.searchParams.set('cursor', Buffer.from(`c${last}`).toString('base64url'));
  response.append('Link', `<${next.pathname}${next.search}>; rel="next"`);
}

function limitOf(value: unknown): number {
  if (value === undefined) return DEFAULT_LIMIT;
  const limit = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (limit < 1 || limit > MAX_LIMIT)
    throw badParameter('limit', `must be a whole number from 1 to ${MAX_LIMIT}`);
  return limit;
}

function cursorOf(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? Buffer.from(value, 'base64url').toString() : '';
  if (!text.startsWith('c')) throw badParameter('cursor', 'is not one that this list gave');
  return text.slice(1);
}
