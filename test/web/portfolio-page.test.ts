import { describe, expect, it } from 'vitest';
import { portfolioOf } from '../../src/metrics/portfolio.ts';
import type { PortfolioLine, PortfolioScope } from '../../src/metrics/portfolio-types.ts';
import { createTexts, type Locale } from '../../src/web/intl.ts';
import { portfolioPage } from '../../src/web/pages/portfolio-page.tsx';
import { askedOf, readPortfolioQuery } from '../../src/web/portfolio-query.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const line = (number: number, change: Partial<PortfolioLine> = {}): PortfolioLine => ({
  cohortId: `c${number}`,
  programme: `Programme ${number}`,
  businessUnit: 'Eau France',
  kind: 'spoc',
  quarter: '2026-Q1',
  final: true,
  enrolled: 20 + number,
  started: 20,
  completed: number,
  left: 1,
  attendance: { learners: 20, numerator: 30, denominator: 40 },
  realisation: { learners: 20, numerator: 600, denominator: 1_200 },
  cost: { currency: 'EUR', total: 4_000 },
  ...change,
});
function pageOf(
  lines: readonly PortfolioLine[],
  search = '',
  { scopes = [{}], locale = 'fr' }: { scopes?: readonly PortfolioScope[]; locale?: Locale } = {},
): string {
  const query = readPortfolioQuery(new URLSearchParams(search));
  return portfolioPage({
    launchId: 'l',
    path: '/app/l/portfolio',
    role: 'executive',
    csrfToken: 't',
    texts: createTexts(locale),
    now: NOW,
    portfolio: portfolioOf(lines, scopes, askedOf(query), NOW),
    scopes,
    query,
    organisation: 'Académie des eaux',
  });
}
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const groupsIn = (html: string) =>
  [...html.matchAll(/<th scope="row">(?:<a[^>]*>)?([^<]+)/g)].map(([, name]) => name);

describe('the portfolio’s page', () => {
  it('shows each rate with numerator, denominator and interval, in the organisation’s name', () => {
    const text = textOf(pageOf([line(10)], 'state=final'));
    expect(text).toMatch(/33,3 % 10 sur 30 \(19,2–51,2\)/);
    expect(text).toContain('10 sur 30, IC 95 % 19,2–51,2');
    expect(text).toMatch(/400 € 4 000 € pour 10 achèvements/);
    expect(text).toMatch(/50,0 % 10 h sur 20 h/);
    expect(text).toContain('Académie des eaux');
    expect(text).toContain('Choix : Closes (définitif).');
  });

  it('sorts by a link, what has no figure last either way', () => {
    const lines = [line(3), line(12), line(7), line(9, { enrolled: 3 })];
    const groups = (search: string) => groupsIn(pageOf(lines, `state=final&${search}`)).slice(0, 4);
    expect(groups('')).toEqual(['Programme 3', 'Programme 7', 'Programme 9', 'Programme 12']);
    expect(groups('sort=completion')).toEqual(['Programme 3', 'Programme 7', 'Programme 12', 'Programme 9']);
    expect(groups('sort=-completion')).toEqual(['Programme 12', 'Programme 7', 'Programme 3', 'Programme 9']);
    expect(pageOf(lines, 'sort=completion')).toMatch(/aria-sort="ascending"><a[^>]*sort=-completion/);
  });

  it('says nothing of a small group but that it is one', () => {
    const html = pageOf([line(10), line(2, { programme: 'Comité', enrolled: 4, completed: 3 })]);
    const row = /<th scope="row">Comité<\/th>.*?<\/tr>/s.exec(html)?.[0] ?? '';
    expect(textOf(row)).toBe(' Comité 1 moins de 5 personnes : non montré ');
  });

  it('tells who sees some of it whose cohorts these are, and who chose what cannot be read that it was left aside', () => {
    const scopes = [{ businessUnit: 'Eau France' }];
    expect(textOf(pageOf([line(1)], 'kind=mooc', { scopes }))).toMatch(
      /Vous voyez les cohortes de : Entité « Eau France »\..*laissés de côté : kind/,
    );
  });

  it('stays small with hundreds of programmes and many years: its tables are paged', () => {
    const lines = Array.from({ length: 400 }, (_, number) =>
      line(number % 200, {
        cohortId: `c${number}`,
        final: number < 200,
        quarter: `${1990 + (number % 30)}-Q${1 + (number % 4)}`,
      }),
    );
    const html = pageOf(lines);
    expect(Buffer.byteLength(html)).toBeLessThan(300_000);
    expect(textOf(html)).toContain('1 à 40 sur 200');
    const next = /rel="next" href="([^"#]+)#portfolio-final"/.exec(html)?.[1] ?? '';
    expect(groupsIn(pageOf(lines, next.split('?')[1]))[0]).toBe('Programme 40');
    expect(textOf(html)).toContain('Les 12 derniers trimestres');
  });

  it('says so when there is nothing, or nothing that matches', () => {
    expect(textOf(pageOf([]))).toContain('Aucune cohorte pour l’instant');
    expect(textOf(pageOf([line(1)], 'programme=none'))).toContain('Aucune cohorte ne correspond');
    expect(textOf(pageOf([], '', { locale: 'en' }))).toContain('No cohort so far');
  });
});
