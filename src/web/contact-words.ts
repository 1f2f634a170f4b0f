import type { Contact } from '../cohorts/contacts.ts';
import type { ContactOutcome } from '../progress/contact-outcome.ts';
import type { Texts } from './intl.ts';
import { daysBetween, localDate } from './local-date.ts';

interface When {
  readonly texts: Texts;
  /** IANA zone of the cohort. */
  readonly zone: string;
  /** Now, ISO 8601. */
  readonly now: string;
}

/** "Appel il y a 2 jours, par Ana Silva": how, when by local dates, by whom. */
export function contactWords({ way, at, recorder }: Contact, { texts, zone, now }: When): string {
  const { t } = texts;
  const days = daysBetween(localDate(new Date(at).toISOString(), zone), localDate(now, zone));
  return t('contact.by', {
    way: t(`contact.${way ?? 'other'}`),
    when: t('contact.when', { days: Math.max(0, days) }),
    name: recorder?.name ?? t('attendance.somebody'),
  });
}

/** What came of it, in words. */
export function outcomeWords(outcome: ContactOutcome, { texts, zone }: Omit<When, 'now'>): string {
  if (outcome.kind === 'nothing') return texts.t('contact.outcome.nothing');
  return texts.t(`contact.outcome.${outcome.kind}`, {
    date: texts.date(new Date(outcome.at).toISOString(), zone, 'short'),
  });
}
