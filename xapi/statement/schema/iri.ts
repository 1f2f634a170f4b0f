import type { Clause, Dialect } from './dialect.ts';
import { textOf } from './parts.ts';

// RFC 3987: a scheme, then no white space, control or delimiter. Square brackets pass although they belong
// to IP hosts only: browsers leave them in query strings, and 1.0.3 Data 2.2 allows best effort on IRIs.
const IRI =
  /^[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s\p{Cc}<>"{}|\\^`#%\ud800-\udfff]|%[0-9A-Fa-f]{2})+(?:#(?:[^\s\p{Cc}<>"{}|\\^`#%\ud800-\udfff]|%[0-9A-Fa-f]{2})*)?$/u;
const NOT_ASCII = /[^\u0021-\u007e]/;
// An address is not checked beyond one @ between two non-empty parts without white space, control characters and halves
// of surrogate pairs: RFC 5322 allows nearly anything else there.
const MAILTO = /^mailto:[^\s\p{Cc}\p{Cs}@<>]+@[^\s\p{Cc}\p{Cs}@<>]+$/u;

/** True for an IRI with a scheme (RFC 3987). */
export function isIri(value: string): boolean {
  return IRI.test(value);
}

/** An IRI with a scheme (1.0.3 Data 2.2 and 4.3). */
export function iri(dialect: Dialect, clause: Clause) {
  return textOf(dialect, clause, 'an IRI with a scheme', isIri);
}

/** A URI: an IRI in ASCII (RFC 3986). */
export function uri(dialect: Dialect, clause: Clause) {
  return textOf(dialect, clause, 'a URI with a scheme', (value) => isIri(value) && !NOT_ASCII.test(value));
}

/** A mailto IRI: `mailto:` and an address (1.0.3 Data 2.4.2.3). */
export function mailto(dialect: Dialect) {
  return textOf(dialect, 'identifier', 'an e-mail address in the form "mailto:name@domain"', (value) =>
    MAILTO.test(value),
  );
}
