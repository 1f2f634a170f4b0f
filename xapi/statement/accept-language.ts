import type { LanguageMap } from './types.ts';

interface Range {
  readonly tag: string;
  readonly weight: number;
}

/** The ranges of an Accept-Language header, best first, those with q=0 left out (RFC 9110 section 12.5.4). */
export function languageRanges(header: string | undefined): readonly string[] {
  const ranges = (header ?? '').split(',').flatMap((entry): readonly Range[] => {
    const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => /^q\s*=/.test(parameter));
    const weight = quality === undefined ? 1 : Number(quality.replace(/^q\s*=\s*/, ''));
    return tag === '' || !(weight > 0) ? [] : [{ tag, weight }];
  });
  return ranges.toSorted((left, right) => right.weight - left.weight).map((range) => range.tag);
}

/** The tag that suits a range: itself, then a longer one (fr: fr-CA), then a shorter one (en-GB: en). */
const tagFor = (range: string, tags: readonly string[]): string | undefined => {
  if (range === '*') return tags[0];
  for (let prefix = range; prefix !== ''; prefix = prefix.slice(0, Math.max(prefix.lastIndexOf('-'), 0))) {
    const exact = tags.find((tag) => tag.toLowerCase() === prefix);
    const found = exact ?? tags.find((tag) => tag.toLowerCase().startsWith(`${prefix}-`));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The one entry of a language map that suits these ranges best, or its first (1.0.3 Communication 2.1.3). */
export function oneLanguage(map: LanguageMap, ranges: readonly string[]): LanguageMap {
  const tags = Object.keys(map);
  if (tags.length < 2) return map;
  const [tag] = [...ranges.map((range) => tagFor(range, tags)), tags[0]].filter(
    (found) => found !== undefined,
  );
  const text = tag === undefined ? undefined : map[tag];
  return tag === undefined || text === undefined ? {} : { [tag]: text };
}
