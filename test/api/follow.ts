import { expect } from 'vitest';
import type { RunningAssidu } from '../support/start-assidu.ts';

export type Row = Record<string, unknown>;

/** All pages of a list, by the links that the answers carry; `between` is done before each further page. */
export async function follow(
  assidu: RunningAssidu,
  path: string,
  headers: Record<string, string> = {},
  between: (page: readonly Row[]) => Promise<void> = async () => undefined,
): Promise<readonly (readonly Row[])[]> {
  const pages: (readonly Row[])[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const answer = await assidu.request('GET', next, undefined, headers);
    expect(answer.status, answer.text).toBe(200);
    const page: readonly Row[] = answer.json;
    pages.push(page);
    next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('Link') ?? '')?.[1];
    if (next !== undefined) await between(page);
  }
  return pages;
}
