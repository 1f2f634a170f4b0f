import { weightedValues } from './weighted-values.ts';

/** The pattern of a range (`text/*`), and how narrow it is: a type itself, any of its kind, anything. */
const rangesFor = (type: string): readonly string[] => [type, `${type.split('/')[0]}/*`, '*/*'];

/**
 * Which of these media types an Accept header wants most (RFC 9110 12.5.1); of equals the first. The first also where
 * there is no header, and where it wants none of them: an answer that is not asked for is better than none.
 */
export function acceptedType<Type extends string>(
  accept: string | undefined,
  offered: readonly [Type, ...Type[]],
): Type {
  const ranges = weightedValues(accept ?? '*/*').filter(({ quality }) => quality >= 0);
  const qualities = new Map(ranges.map(({ value, quality }) => [value, quality]));
  const wanted = (type: Type): number => {
    const narrowest = rangesFor(type).find((range) => qualities.has(range));
    return narrowest === undefined ? 0 : (qualities.get(narrowest) ?? 0);
  };
  const [first, ...others] = offered;
  return others.reduce((best, type) => (wanted(type) > wanted(best) ? type : best), first);
}
