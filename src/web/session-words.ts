import type { Unit } from '../../config/cohort-definition.ts';
import { type Texts, withFrenchFirst } from './intl.ts';

/** "mardi 22 septembre 2026, 14:00 – 15:30 (Europe/Paris)": when a session takes place, in the cohort's zone. */
export function sessionWords({ startsAt, endsAt }: Unit, zone: string, { locale }: Texts): string {
  if (startsAt === undefined) return '';
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: zone });
  const from = new Date(startsAt);
  const words = endsAt === undefined ? format.format(from) : format.formatRange(from, new Date(endsAt));
  return `${withFrenchFirst(words, locale)} (${zone})`;
}
