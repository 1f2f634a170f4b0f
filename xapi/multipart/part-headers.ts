import { faultyBody, partName } from './fault.ts';

/** The headers of a part by lower-case name. */
export type PartHeaders = ReadonlyMap<string, string>;

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * The header lines of a part (RFC 2045 3), folded ones joined. Throws `invalid-request` for a line that is no header,
 * a control character, and a header that is there twice.
 */
export function parsePartHeaders(text: string, number: number): PartHeaders {
  const headers = new Map<string, string>();
  if (text === '') return headers;
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trimEnd();
    const value = line.slice(colon + 1).trim();
    if (!NAME.test(name) || hasControls(value))
      throw faultyBody(partName(number), 'has a header line that is none (RFC 2045 3)');
    if (headers.has(name.toLowerCase())) throw faultyBody(`${partName(number)}, ${name}`, 'is there twice');
    headers.set(name.toLowerCase(), value);
  }
  return headers;
}

function hasControls(value: string): boolean {
  return [...value].some((character) => character !== '\t' && (character < ' ' || character === '\x7f'));
}
