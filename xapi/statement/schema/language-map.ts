import type { Dialect } from './dialect.ts';
import { isLanguageTag } from './language-tag.ts';
import { mapOf, textOf } from './parts.ts';

/** RFC 5646 tags to strings (1.0.3 Data 4.2). */
export function languageMap(dialect: Dialect) {
  const badTag = dialect.cite('languageMap', 'the key must be an RFC 5646 language tag');
  const badText = dialect.cite('languageMap', 'must be a string');
  return mapOf<string>(dialect, 'languageMap', (key, value) => {
    if (!isLanguageTag(key)) return badTag;
    return typeof value === 'string' ? null : badText;
  });
}

/** One RFC 5646 tag, as in `context.language`. */
export function languageTag(dialect: Dialect) {
  return textOf(dialect, 'context', 'an RFC 5646 language tag', isLanguageTag);
}
