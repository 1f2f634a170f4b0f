import { z } from 'zod';
import type { Dialect } from './dialect.ts';
import { iri } from './iri.ts';
import { languageMap } from './language-map.ts';
import { strict, textOf, typeError } from './parts.ts';

// RFC 2045 tokens: type/subtype, then parameters that are not looked into.
const MEDIA_TYPE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*(?:;.*)?$/;
// SHA-224, 256, 384 and 512 in hexadecimal.
const SHA2 = /^(?:[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;

/** What describes attached data (1.0.3 Data 2.4.11). */
export function attachment(dialect: Dialect) {
  return strict(dialect, 'attachment', {
    usageType: iri(dialect, 'attachment'),
    display: languageMap(dialect),
    description: languageMap(dialect).optional(),
    contentType: textOf(dialect, 'attachment', 'an Internet media type', (value) => MEDIA_TYPE.test(value)),
    length: z.custom<number>((value) => Number.isInteger(value) && Number(value) >= 0, {
      error: typeError(dialect, 'attachment', 'a whole number of octets'),
    }),
    sha2: textOf(dialect, 'attachment', 'a SHA-2 hash in hexadecimal', (value) => SHA2.test(value)),
    fileUrl: iri(dialect, 'attachment').optional(),
  });
}
