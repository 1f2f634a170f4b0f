import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableDuration, isDuration } from '../../../xapi/statement/schema/duration.ts';
import { instantOf, inUtc } from '../../../xapi/statement/schema/instant.ts';
import { isIri } from '../../../xapi/statement/schema/iri.ts';
import { isLanguageTag } from '../../../xapi/statement/schema/language-tag.ts';

describe('a timestamp', () => {
  it.each([
    ['2024-02-29T10:00:00Z', '2024-02-29T10:00:00.000Z'],
    ['2024-02-29t10:00:00.5z', '2024-02-29T10:00:00.500Z'],
    ['2024-02-29T10:00:00.123456789+01:00', '2024-02-29T09:00:00.123Z'],
    ['2024-01-01T00:30:00+05:30', '2023-12-31T19:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2017-01-01T00:59:60+01:00', '2017-01-01T00:00:00.000Z'],
    ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00.000Z'],
    ['2024-01-01T00:00:00+00:00', '2024-01-01T00:00:00.000Z'],
  ])('%s is %s in both versions', (text, instant) => {
    expect(new Date(instantOf(text, '1.0.3') ?? Number.NaN).toISOString()).toBe(instant);
    expect(new Date(instantOf(text, '2.0.0') ?? Number.NaN).toISOString()).toBe(instant);
  });

  it.each([
    ['2024-02-29T10:00', '2024-02-29T10:00:00.000Z'],
    ['2024-02-29T10:00:00', '2024-02-29T10:00:00.000Z'],
    ['2024-02-29T10:00:00,25+0100', '2024-02-29T09:00:00.250Z'],
    ['2024-02-29T10:00:00-05', '2024-02-29T15:00:00.000Z'],
    ['20240229T100000Z', '2024-02-29T10:00:00.000Z'],
    ['20240229T1000+0100', '2024-02-29T09:00:00.000Z'],
    ['2024-02-29T24:00:00Z', '2024-03-01T00:00:00.000Z'],
  ])('%s is %s in 1.0.3 (ISO 8601), and not RFC 3339 as 2.0 wants it', (text, instant) => {
    expect(new Date(instantOf(text, '1.0.3') ?? Number.NaN).toISOString()).toBe(instant);
    expect(instantOf(text, '2.0.0')).toBeNull();
  });

  it.each([
    '2008-09-15T15:53:00.601-00:00',
    '2008-09-15T15:53:00.601-0000',
    '2008-09-15T15:53:00.601-00',
    '2023-02-29T10:00:00Z',
    '2024-13-01T10:00:00Z',
    '2024-00-01T10:00:00Z',
    '2024-01-32T10:00:00Z',
    '2024-01-01T25:00:00Z',
    '2024-01-01T24:00:01Z',
    '2024-01-01T10:60:00Z',
    '2024-01-01T10:00:60Z',
    '2024-01-01T10:00:00+24:00',
    '2024-01-01T10:00:00+01:60',
    '2024-01-01 10:00:00Z',
    '2024-01-01',
    '2024-1-1T10:00:00Z',
    '01/011/2015',
    '2024-01-01T10:00:00Z ',
    '',
  ])('%s is none', (text) => {
    expect(instantOf(text, '1.0.3')).toBeNull();
    expect(instantOf(text, '2.0.0')).toBeNull();
  });
});

describe('a timestamp in UTC', () => {
  it.each([
    ['2024-02-29T10:00:00.1200Z', '2024-02-29T10:00:00.1200Z'],
    ['2024-02-29T10:00:00.839754+00:00', '2024-02-29T10:00:00.839754+00:00'],
    ['2024-02-29t10:00:00.5z', '2024-02-29T10:00:00.5Z'],
    ['2024-01-01T00:30:00.123456789+05:30', '2023-12-31T19:00:00.123456789Z'],
    ['2017-01-01T00:59:60+01:00', '2016-12-31T23:59:60Z'],
    ['20240229T1000+0100', '2024-02-29T09:00:00Z'],
    ['2024-02-29T10:00:00,25', '2024-02-29T10:00:00.25Z'],
    ['2024-02-29T24:00:00Z', '2024-03-01T00:00:00Z'],
    // A year that RFC 3339 cannot write.
    ['9999-12-31T23:00:00-02:00', '9999-12-31T23:00:00-02:00'],
    ['0000-01-01T00:00:00+01:00', '0000-01-01T00:00:00+01:00'],
  ])('of %s is %s', (text, utc) => expect(inUtc(text)).toBe(utc));

  it('is the same instant with the same digits, always', () => {
    const two = (number: number) => String(number).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
        fc.stringMatching(/^\.\d{1,9}$/),
        fc.constantFrom('+', '-'),
        fc.integer({ min: 1, max: 23 * 60 + 59 }),
        (date, fraction, sign, offset) => {
          const zone = `${sign}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
          const text = `${date.toISOString().slice(0, 19)}${fraction}${zone}`;
          const utc = inUtc(text);
          expect(utc.endsWith(`${fraction}Z`)).toBe(true);
          expect(instantOf(utc, '2.0.0')).toBe(instantOf(text, '2.0.0'));
          expect(inUtc(utc)).toBe(utc);
        },
      ),
    );
  });
});

describe('a duration', () => {
  it.each([
    'PT0S',
    'P3W',
    'P0.5W',
    'P3Y1M29DT4H35M59.14S',
    'PT16559.14S',
    'P1Y',
    'PT36H',
    'P1YT5S',
    'PT1,5H',
    'P1DT12H36M0.12567S',
  ])('may be %s', (text) => expect(isDuration(text)).toBe(true));

  it.each([
    '',
    'P',
    'PT',
    'P1',
    '1H',
    'P1DT',
    'P4W1D',
    'PA1H0M0S',
    'PT1.5H3M',
    'P1.5DT1H',
    'PT1S1M',
    '-PT1S',
    'P-1D',
    'pt1s',
    'P1S',
    'PT1D',
    'P0003-06-04T12:30:05',
  ])('is not %j', (text) => expect(isDuration(text)).toBe(false));

  it('is compared without what is finer than 0.01 s', () => {
    expect(comparableDuration('P1DT12H36M0.1237S')).toBe('P1DT12H36M0.12S');
    expect(comparableDuration('PT0.12S')).toBe('PT0.12S');
    expect(comparableDuration('PT0.1239M')).toBe('PT0.1239M');
    for (const same of ['PT1S', 'PT1.0S', 'PT1,00S', 'PT1.001S', 'PT1.00999S'])
      expect(comparableDuration(same)).toBe('PT1S');
    for (const same of ['PT10.5S', 'PT10.50S', 'PT10.501S']) expect(comparableDuration(same)).toBe('PT10.5S');
    expect(comparableDuration('PT10S')).toBe('PT10S');
    expect(comparableDuration('PT100.05S')).toBe('PT100.05S');
  });
});

describe('a language tag', () => {
  it.each([
    'en',
    'fr-CA',
    'zh-Hant-TW',
    'und',
    'tlh',
    'es-419',
    'sl-rozaj-biske',
    'de-CH-1901',
    'en-a-bbb-x-a',
    'x-private',
    'i-klingon',
    'zh-cmn-Hans',
    'EN-us',
    'sgn-BE-FR',
  ])('may be %s', (tag) => expect(isLanguageTag(tag)).toBe(true));

  it.each([
    '',
    'e',
    'en_US',
    'en-',
    '-en',
    'a12345678',
    'abcdefghi',
    'en-x',
    'en--US',
    'en US',
    '12',
    'en-toolongsubtag',
    'en-a',
  ])('is not %j', (tag) => expect(isLanguageTag(tag)).toBe(false));
});

describe('an IRI', () => {
  it.each([
    'a:b',
    'http://localhost:8090',
    'https://é.example/ü?x=%C3%A9#f',
    'tag:example.org,2024:x',
    'urn:uuid:1',
    'http://a/b?c[]=d',
    'mailto:a@b.c',
    'https://example.org/😀',
  ])('may be %s', (text) => expect(isIri(text)).toBe(true));

  it.each([
    '',
    'a',
    ':b',
    'a:',
    '1a:b',
    'ab=c://d',
    '//a/b',
    'http://a b',
    'http://a\nb',
    'http://<a>',
    'http://a/{b}',
    'http://a/b"',
    'http://a\\b',
    'http://a/%',
    'http://a#b#c',
    'a:\ud800',
  ])('is not %j', (text) => expect(isIri(text)).toBe(false));
});
