import { createIntl } from '@formatjs/intl';
import { describe, expect, it } from 'vitest';
import { CATALOGUES, createTexts, LOCALES, messagesOf } from '../../src/web/intl.ts';
import { ltiMessages } from '../../src/web/messages/lti.ts';
import { registrationMessages } from '../../src/web/messages/registration.ts';
import { rateOf } from './sample-views.ts';

type Ast = ReturnType<ReturnType<ReturnType<typeof createIntl>['formatters']['getMessageFormat']>['getAst']>;

/** The names of the values that a message asks for. */
function placeholders(ast: Ast): string[] {
  return ast.flatMap((element) => {
    const own = element.type !== 0 && element.type !== 7 && 'value' in element ? [String(element.value)] : [];
    const nested =
      'options' in element ? Object.values(element.options).flatMap(({ value }) => placeholders(value)) : [];
    return [...own, ...nested];
  });
}

function placeholdersOf(message: string, locale: string): string[] {
  const { formatters } = createIntl({ locale, messages: {} });
  return [...new Set(placeholders(formatters.getMessageFormat(message, locale).getAst()))].sort();
}

/** Spaces as people see them: those that do not break become plain ones. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('messages', () => {
  it.each([...CATALOGUES, ltiMessages, registrationMessages])(
    'have the same keys in both languages',
    (catalogue) => {
      expect(Object.keys(catalogue.fr)).toEqual(Object.keys(catalogue.en));
    },
  );

  it.each([...CATALOGUES, ltiMessages, registrationMessages])(
    'ask for the same values in both languages',
    (catalogue) => {
      const english: Readonly<Record<string, string>> = catalogue.en;
      for (const [key, french] of Object.entries<string>(catalogue.fr))
        expect(placeholdersOf(french, 'fr'), key).toEqual(placeholdersOf(english[key] ?? '', 'en'));
    },
  );

  it('share no key between two catalogues', () => {
    const keys = CATALOGUES.flatMap((catalogue) => Object.keys(catalogue.fr));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('keep French double punctuation on the line of its word', () => {
    for (const [key, text] of Object.entries(messagesOf('fr'))) expect(text, key).not.toMatch(/ [:;?!»%]/);
  });
});

describe('createTexts', () => {
  const fr = createTexts('fr');
  const en = createTexts('en');

  it('tells a rate as numerator, denominator, value and interval', () => {
    expect(plain(fr.rate(rateOf(43, 60)))).toBe('43 sur 60, 71,7 % (59,2–81,5)');
    expect(plain(fr.rate(rateOf(8, 60)))).toBe('8 sur 60, 13,3 % (6,9–24,2)');
    expect(en.rate(rateOf(8, 60))).toBe('8 of 60, 13.3% (6.9–24.2)');
  });

  it('tells a rate without an interval when the cases are not independent', () => {
    expect(plain(fr.rate(rateOf(43, 58, false)))).toBe('43 sur 58, 74,1 %');
  });

  it('tells a rate of nobody as a dash, never as 0 %', () => {
    expect(fr.rate(rateOf(0, 0))).toBe('—');
  });

  it('says 100 % only of the whole, and is not fooled by floating point', () => {
    expect(plain(fr.wholePercent(0.999))).toBe('99 %');
    expect(plain(fr.wholePercent(0.1 + 0.2 + 0.7))).toBe('100 %');
    expect(plain(fr.wholePercent(0.29))).toBe('29 %');
    expect(plain(fr.wholePercent(5 / 8))).toBe('62 %');
  });

  it('tells an instant by the calendar of the zone, and a date by none', () => {
    expect(fr.date('2026-09-06T23:30:00Z', 'Europe/Paris')).toBe('7 sept. 2026');
    expect(fr.date('2026-09-07', 'America/New_York')).toBe('7 sept. 2026');
    expect(en.dateTime('2026-12-01T12:00:00Z', 'Europe/Paris')).toContain('1:00');
  });

  it('writes the first of a month as French does', () => {
    expect(fr.date('2026-10-01', 'UTC', 'long')).toBe('1er octobre 2026');
    expect(fr.date('2026-05-01', 'UTC', 'short')).toBe('1er mai');
    expect(fr.dateTime('2026-08-01T10:00:00Z', 'UTC')).toMatch(/^1er août 2026/);
    expect(fr.date('2026-10-11', 'UTC')).toBe('11 oct. 2026');
    expect(fr.date('2026-10-21', 'UTC')).toBe('21 oct. 2026');
    expect(fr.dateTime('2026-10-31T01:01:00Z', 'UTC')).not.toContain('1er');
    expect(en.date('2026-10-01', 'UTC', 'long')).toBe('October 1, 2026');
  });

  it('counts days and minutes in words', () => {
    expect([0, 1, 1.5, 2].map((n) => plain(fr.days(n)))).toEqual(['0 jour', '1 jour', '1,5 jour', '2 jours']);
    expect([45, 60, 65, 420].map((n) => plain(fr.minutes(n)))).toEqual(['45 min', '1 h', '1 h 05', '7 h']);
  });

  it.each(LOCALES)('picks the text of its language, else French, else any (%s)', (locale) => {
    const texts = createTexts(locale);
    expect(texts.pick({ fr: 'Un', en: 'One' })).toBe(locale === 'fr' ? 'Un' : 'One');
    expect(texts.pick({ fr: 'Un' })).toBe('Un');
    expect(texts.pick({ de: 'Eins' })).toBe('Eins');
  });
});
