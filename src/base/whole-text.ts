const BROKEN = /\0|\p{Cs}/u;

/**
 * False of a text that not every database and address keeps as it is: with a NUL, which ends a text in some, or half a pair
 * of surrogates, which is no Unicode.
 */
export function isWholeText(text: string): boolean {
  return !BROKEN.test(text);
}
