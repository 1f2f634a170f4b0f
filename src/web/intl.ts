import { createIntl, createIntlCache } from '@formatjs/intl';
import { attendance } from './messages/attendance.ts';
import { cohort } from './messages/cohort.ts';
import { cohortFigures } from './messages/cohort-figures.ts';
import { common } from './messages/common.ts';
import { compare } from './messages/compare.ts';
import { definitionFields } from './messages/definition-fields.ts';
import { definitionForm } from './messages/definition-form.ts';
import { definitions } from './messages/definitions.ts';
import { history } from './messages/history.ts';
import { learner } from './messages/learner.ts';
import { myData } from './messages/my-data.ts';
import { navigation } from './messages/navigation.ts';
import { organisation } from './messages/organisation.ts';
import { own } from './messages/own.ts';
import { placing } from './messages/placing.ts';
import { portfolio } from './messages/portfolio.ts';
import { report } from './messages/report.ts';
import { retention } from './messages/retention.ts';
import { roles } from './messages/roles.ts';
import { timeline } from './messages/timeline.ts';
import { today } from './messages/today.ts';
import { unit } from './messages/unit.ts';

export const LOCALES = ['fr', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Every catalogue the pages read; both languages hold the same keys. */
export const CATALOGUES = [
  attendance,
  common,
  definitions,
  definitionFields,
  definitionForm,
  cohort,
  cohortFigures,
  compare,
  history,
  learner,
  myData,
  navigation,
  own,
  organisation,
  placing,
  portfolio,
  report,
  retention,
  roles,
  timeline,
  today,
  unit,
] as const;

type Catalogue = (typeof CATALOGUES)[number];
/** The keys of every member of a union, which plain `keyof` would intersect. */
type KeysOf<T> = T extends unknown ? keyof T : never;
export type MessageKey = KeysOf<Catalogue['fr']>;
export type MessageValues = Readonly<Record<string, string | number>>;

interface RateLike {
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number | null;
  readonly ci95: readonly [number, number] | null;
}

/** The words and formats of one language. Zones are IANA names; a date alone (YYYY-MM-DD) has no zone. */
export interface Texts {
  readonly locale: Locale;
  readonly t: (key: MessageKey, values?: MessageValues) => string;
  /** A number with at most one decimal. */
  readonly number: (value: number) => string;
  /** A share 0..1 as per cent with exactly one decimal: "71,7 %". */
  readonly percent: (share: number) => string;
  /** A share 0..1 as whole per cent, rounded down so that only all of it reads 100 %. */
  readonly wholePercent: (share: number) => string;
  /** Two shares as "59,2–81,5", in per cent. */
  readonly interval: (bounds: readonly [number, number]) => string;
  /** "43 sur 60, 71,7 % (59,2–81,5)"; "—" when the denominator is 0. */
  readonly rate: (rate: RateLike) => string;
  /** Date, or the local date of an instant: "7 sept. 2026". */
  readonly date: (value: string, zone: string, style?: 'short' | 'medium' | 'long') => string;
  /** Local date and time of an instant: "7 sept. 2026 à 14:00". */
  readonly dateTime: (instant: string, zone: string) => string;
  readonly days: (count: number) => string;
  /** Minutes as "45 min" or "1 h 30". */
  readonly minutes: (count: number) => string;
  readonly money: (amount: number, currency: string) => string;
  readonly list: (items: readonly string[]) => string;
  /** The text in this language, else in French, else whatever there is. */
  readonly pick: (localised: Readonly<Record<string, string>>) => string;
}

/** French sets its double punctuation off with a space that must not break. */
export function withFrenchSpaces(text: string): string {
  return text.replaceAll(/ (?=[:;?!»%])/g, '\u00a0').replaceAll('« ', '«\u00a0');
}

/** French writes the first of a month as an ordinal, "1er octobre", which no Intl style does. */
export function withFrenchFirst(text: string, locale: Locale): string {
  return locale === 'fr' ? text.replace(/(?<![\d:,.])1 (?=\p{Ll}{3})/u, '1er ') : text;
}

/** All messages of a language, by key. */
export function messagesOf(locale: Locale): Readonly<Record<string, string>> {
  const messages = Object.assign({}, ...CATALOGUES.map((catalogue) => catalogue[locale]));
  const entries = Object.entries<string>(messages);
  return Object.fromEntries(
    locale === 'fr' ? entries.map(([key, text]) => [key, withFrenchSpaces(text)]) : entries,
  );
}

const DATE_STYLES = {
  short: { day: 'numeric', month: 'short' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
} as const;

/** The words and formats of a language. Parsed messages are kept inside: make one for each language, once. */
export function createTexts(locale: Locale): Texts {
  const intl = createIntl({ locale, messages: messagesOf(locale) }, createIntlCache());
  const t: Texts['t'] = (key, values = {}) => intl.formatMessage({ id: key }, { ...values });
  const percentOf = (share: number, digits: number) =>
    intl.formatNumber(share, {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const bound = (share: number) =>
    intl.formatNumber(share * 100, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const number = (value: number) => intl.formatNumber(value, { maximumFractionDigits: 1 });
  const percent = (share: number) => percentOf(share, 1);
  const interval: Texts['interval'] = ([low, high]) => `${bound(low)}–${bound(high)}`;

  return {
    locale,
    t,
    number,
    percent,
    wholePercent: (share) => percentOf(Math.floor(share * 100 + 1e-7) / 100, 0),
    interval,
    rate: ({ numerator, denominator, value, ci95 }) => {
      if (value === null) return t('value.none');
      const values = { numerator, denominator, value: percent(value) };
      return ci95 === null
        ? t('value.rateNoInterval', values)
        : t('value.rate', { ...values, interval: interval(ci95) });
    },
    date: (value, zone, style = 'medium') =>
      withFrenchFirst(
        intl.formatDate(value, { ...DATE_STYLES[style], timeZone: value.length === 10 ? 'UTC' : zone }),
        locale,
      ),
    dateTime: (instant, zone) =>
      withFrenchFirst(
        intl.formatDate(instant, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }),
        locale,
      ),
    days: (count) => t('value.days', { n: Math.round(count * 10) / 10 }),
    minutes: (count) => {
      const hours = Math.floor(count / 60);
      const minutes = Math.round(count % 60);
      if (hours === 0) return t('value.minutes', { minutes });
      if (minutes === 0) return t('value.hours', { hours: number(hours) });
      return t('value.hoursMinutes', { hours: number(hours), minutes: String(minutes).padStart(2, '0') });
    },
    money: (amount, currency) =>
      intl.formatNumber(amount, { style: 'currency', currency, maximumFractionDigits: 0 }),
    list: (items) => intl.formatList([...items]),
    pick: (localised) => localised[locale] ?? localised.fr ?? Object.values(localised)[0] ?? '',
  };
}
