import type { Request, Response } from 'express';
import { AssiduError } from '../../base/errors.ts';

const MAX_LIMIT = 1_000;
const DEFAULT_LIMIT = 100;

/**
 * A page of a list: `limit` (1 to 1000) and an opaque `cursor` that names the last item sent, so that additions before
 * it neither skip nor repeat. The next page stands in `Link: rel="next"` (RFC 8288).
 */
export function pageOf<Item>(
  request: Request,
  response: Response,
  items: readonly Item[],
  idOf: (item: Item) => string,
): readonly Item[] {
  const limit = limitOf(request.query.limit);
  const last = cursorOf(request.query.cursor);
  const from = last === null ? 0 : items.findIndex((item) => idOf(item) === last) + 1;
  if (last !== null && from === 0) throw badParameter('cursor', 'is not one that this list gave');
  const page = items.slice(from, from + limit);
  const end = page.at(-1);
  if (end !== undefined && from + limit < items.length) {
    const next = new URL(request.originalUrl, 'http://host');
    next.searchParams.set('cursor', Buffer.from(`c${idOf(end)}`).toString('base64url'));
    response.append('Link', `<${next.pathname}${next.search}>; rel="next"`);
  }
  return page;
}

function limitOf(value: unknown): number {
  if (value === undefined) return DEFAULT_LIMIT;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw badParameter('limit', `must be a whole number from 1 to ${MAX_LIMIT}`);
  return limit;
}

function cursorOf(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? Buffer.from(value, 'base64url').toString() : '';
  if (!text.startsWith('c')) throw badParameter('cursor', 'is not one that this list gave');
  return text.slice(1);
}

function badParameter(path: string, message: string): AssiduError {
  return new AssiduError('invalid-request', `${path}: ${message}`, { problems: [{ path, message }] });
}
