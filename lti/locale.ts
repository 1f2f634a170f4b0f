import { claimName, type LtiClaims } from './claims.ts';
import type { PageLocale } from './pages.ts';

function known(tag: string | null | undefined): PageLocale | null {
  // Moodle writes fr_ca, BCP 47 writes fr-CA.
  const language = tag?.toLowerCase().split(/[-_]/)[0];
  return language === 'fr' || language === 'en' ? language : null;
}

/** The language a browser asks for, where it is one of ours; French otherwise. */
export function browserLocale(acceptLanguage: string | undefined): PageLocale {
  const ranked = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag, quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of ranked) {
    const locale = known(tag);
    if (locale !== null) return locale;
  }
  return 'fr';
}

/** The language of a launch: the platform's word first (launch_presentation, then `locale`), then the browser's. */
export function launchLocale(claims: LtiClaims, acceptLanguage: string | undefined): PageLocale {
  const told = [claims[claimName.presentation]?.locale, claims.locale];
  return told.map(known).find((locale) => locale !== null) ?? browserLocale(acceptLanguage);
}
