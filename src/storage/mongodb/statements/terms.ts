import type { IndexedTerm } from '../../ports/statement-store.ts';

/** Marks of terms that a statement names directly, and of those that are only related to it. */
const DIRECT = '=';
const RELATED = '~';

/** Terms with their marks, each once: what is named both ways is named directly. */
export function markedTerms(terms: readonly IndexedTerm[]): readonly string[] {
  const direct = new Set(terms.filter(({ related }) => !related).map(({ term }) => term));
  const related = new Set(terms.filter(({ term }) => !direct.has(term)).map(({ term }) => term));
  return [...[...direct].map((term) => DIRECT + term), ...[...related].map((term) => RELATED + term)];
}

/** A condition that a statement names one of these, directly or in any way. */
export function naming(
  terms: readonly string[],
  related: boolean,
): string | { readonly $in: readonly string[] } {
  const [only, ...others] = terms;
  if (!related && only !== undefined && others.length === 0) return DIRECT + only;
  return { $in: terms.flatMap((term) => (related ? [DIRECT + term, RELATED + term] : [DIRECT + term])) };
}

/** Both marks of these terms. */
export function bothMarks(terms: readonly string[]): readonly string[] {
  return terms.flatMap((term) => [DIRECT + term, RELATED + term]);
}

/** A term without its mark. */
export function unmarked(term: string): string {
  return term.slice(1);
}
