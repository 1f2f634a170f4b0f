import { weightedValues } from '../../src/base/weighted-values.ts';
import type { LanguageMap } from './types.ts';

/** A range of an Accept-Language header, lower case, with its quality (0 to 1; 0: not wanted). */
export interface LanguageRange {
  readonly tag: string;
  readonly quality: number;
}

/** The ranges of an Accept-Language header in their order (RFC 9110 12.5.4). */
export function languageRanges(header: string | undefined): readonly LanguageRange[] {
  return weightedValues(header ?? '').map(({ value, quality }) => ({ tag: value, quality }));
}

/** A tag of a map with what the header says of it: the range that speaks for it, by its place, and how wanted it is. */
interface Judged {
  readonly tag: string;
  readonly quality: number;
  readonly place: number;
  readonly exact: boolean;
}

/**
 * The longest range that matches a tag gives it its quality (RFC 2616 14.4). Where none does, a wanted one of which the tag
 * is the language in general speaks for it (`fr` for `fr-FR`: RFC 4647 3.4), and `*` where there is none of these either.
 */
const judge = (tag: string, ranges: readonly LanguageRange[]): Judged | null => {
  const known = tag.toLowerCase();
  const placed = ranges.map((range, place) => ({ ...range, place }));
  const [matching] = placed
    .filter(({ tag: range }) => known === range || known.startsWith(`${range}-`))
    .sort((left, right) => right.tag.length - left.tag.length);
  const [narrower] = placed
    .filter(({ tag: range, quality }) => quality > 0 && range.startsWith(`${known}-`))
    .sort((left, right) => right.quality - left.quality);
  const best = matching ?? narrower ?? placed.find(({ tag: range }) => range === '*');
  if (best === undefined) return null;
  return { tag, quality: best.quality, place: best.place, exact: known === best.tag };
};

/** The most wanted first; of equals what the header names first, then what it names exactly. */
const byWish = (left: Judged, right: Judged): number =>
  right.quality - left.quality || left.place - right.place || Number(right.exact) - Number(left.exact);

/** A neighbour of a language that the header asks for: `fr-CA` for `fr-BE`. */
const neighbour = (tags: readonly string[], ranges: readonly LanguageRange[]): string | undefined => {
  const wanted = ranges.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  const languages = wanted.map(({ tag: range }) => range.split('-')[0]);
  return languages
    .map((language) => tags.find((tag) => tag.toLowerCase().split('-')[0] === language))
    .find((tag) => tag !== undefined);
};

/**
 * The one entry of a language map that suits these ranges best (1.0.3 Communication 2.1.3, by RFC 2616 14.4). Where none
 * does, since one must be given: a neighbour of what is asked for, else the first that is not unwanted, else the first.
 */
export function oneLanguage(map: LanguageMap, ranges: readonly LanguageRange[]): LanguageMap {
  const tags = Object.keys(map);
  if (tags.length < 2) return map;
  const judged = tags.map((tag) => judge(tag, ranges)).filter((each) => each !== null);
  const [best] = judged.filter(({ quality }) => quality > 0).sort(byWish);
  const unwanted = new Set(judged.map(({ tag }) => tag));
  const others = tags.filter((tag) => !unwanted.has(tag));
  const tag = best?.tag ?? neighbour(others, ranges) ?? others[0] ?? tags[0];
  const text = tag === undefined ? undefined : map[tag];
  return tag === undefined || text === undefined ? {} : { [tag]: text };
}
