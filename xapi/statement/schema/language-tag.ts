// RFC 5646 section 2.1, case-insensitive: the lengths and the order of the subtags, not their registration.
const PRIVATE = 'x(?:-[a-z0-9]{1,8})+';
const LANGUAGE = '(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})';
const SCRIPT = '(?:-[a-z]{4})?';
const REGION = '(?:-(?:[a-z]{2}|[0-9]{3}))?';
const VARIANTS = '(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*';
const EXTENSIONS = '(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*';
const LANGTAG = `${LANGUAGE}${SCRIPT}${REGION}${VARIANTS}${EXTENSIONS}(?:-${PRIVATE})?`;
// The tags that RFC 5646 keeps although they do not follow its grammar.
const IRREGULAR = [
  'en-GB-oed',
  'i-ami',
  'i-bnn',
  'i-default',
  'i-enochian',
  'i-hak',
  'i-klingon',
  'i-lux',
  'i-mingo',
  'i-navajo',
  'i-pwn',
  'i-tao',
  'i-tay',
  'i-tsu',
  'sgn-BE-FR',
  'sgn-BE-NL',
  'sgn-CH-DE',
];
const TAG = new RegExp(`^(?:${LANGTAG}|${PRIVATE}|${IRREGULAR.join('|')})$`, 'i');

/** True for a well-formed RFC 5646 language tag. */
export function isLanguageTag(value: string): boolean {
  return TAG.test(value);
}
