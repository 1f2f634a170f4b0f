import type { Organisation } from '../organisations/organisations.ts';
import type { Locale } from './intl.ts';

/** What an organisation is called in a language, else in the other one; null where it gave no name. */
export function nameIn({ name }: Pick<Organisation, 'name'>, locale: Locale): string | null {
  return name[locale] ?? name.fr ?? name.en;
}
