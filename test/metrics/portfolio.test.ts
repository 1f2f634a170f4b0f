import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../src/metrics/difference.ts';
import { portfolioOf } from '../../src/metrics/portfolio.ts';
import { quarterBefore, quarterOf } from '../../src/metrics/portfolio-line.ts';
import type { Portfolio, PortfolioLine, PortfolioQuery } from '../../src/metrics/portfolio-types.ts';
import { rate } from '../../src/metrics/rate.ts';

const AS_OF = '2026-11-22T12:00:00.000Z';
const everything: PortfolioQuery = {
  by: 'programme',
  programme: null,
  businessUnit: null,
  kind: null,
  state: null,
  from: null,
  to: null,
};
const none = { learners: 0, numerator: 0, denominator: 0 };
let count = 0;
/** A closed cohort of ten, seven of them completed, unless told otherwise. */
function line(change: Partial<PortfolioLine> = {}): PortfolioLine {
  count += 1;
  return {
    cohortId: `c${count}`,
    programme: 'Leadership',
    businessUnit: 'Eau France',
    kind: 'spoc',
    quarter: '2026-Q1',
    final: true,
    enrolled: 10,
    started: 9,
    completed: 7,
    left: 2,
    attendance: none,
    realisation: none,
    cost: null,
    ...change,
  };
}
const read = (lines: readonly PortfolioLine[], query: Partial<PortfolioQuery> = {}): Portfolio =>
  portfolioOf(lines, [{}], { ...everything, ...query }, AS_OF);

describe('the portfolio', () => {
  it('adds numerators and denominators up; it never averages rates', () => {
    const { final } = read([line(), line({ enrolled: 30, started: 30, completed: 3, left: 20 })]);
    expect(final?.total.rates.completionOfEnrolled).toEqual(rate(10, 40));
    expect(final?.total.rates.dropoutOfEnrolled).toEqual(rate(22, 40));
    expect(final?.groups).toMatchObject([{ name: 'Leadership', cohorts: 2, withheld: 0, enrolled: 40 }]);
  });

  it('tells closed cohorts and open ones apart', () => {
    const { final, open } = read([line(), line({ final: false, enrolled: 20, completed: 1 })]);
    expect(final?.total.enrolled).toBe(10);
    expect(open?.total.enrolled).toBe(20);
    expect(read([line()], { state: 'final' }).open).toBeNull();
    expect(read([line()], { state: 'open' })).toMatchObject({ final: null, trend: [] });
  });

  it('keeps currencies apart, and divides by the completed of the cohorts that give their cost', () => {
    const cost = (currency: string, total: number) => ({ cost: { currency, total } });
    const { final } = read([
      line(cost('EUR', 7_000)),
      line({ ...cost('EUR', 1_000), completed: 1 }),
      line(cost('CHF', 700)),
      line(),
      line({ ...cost('USD', 900), completed: 0 }),
    ]);
    expect(final?.total.cost).toEqual([
      { currency: 'CHF', total: 700, completed: 7, perCompleter: 100 },
      { currency: 'EUR', total: 8_000, completed: 8, perCompleter: 1_000 },
      { currency: 'USD', total: 900, completed: 0, perCompleter: null },
    ]);
  });

  it('groups by business unit, filters by tag, kind and quarter, and knows what there is to choose', () => {
    const lines = [
      line(),
      line({ businessUnit: 'Déchets', kind: 'blended', quarter: '2025-Q4' }),
      line({ businessUnit: null, programme: 'Sécurité', quarter: '2026-Q3' }),
    ];
    const { final, choices } = read(lines, { by: 'businessUnit' });
    expect(final?.groups.map(({ name }) => name)).toEqual(['Déchets', 'Eau France', null]);
    expect(choices).toEqual({
      programme: ['Leadership', 'Sécurité'],
      businessUnit: ['Déchets', 'Eau France'],
      quarter: ['2025-Q4', '2026-Q1', '2026-Q3'],
    });
    const cohorts = (query: Partial<PortfolioQuery>) => read(lines, query).final?.total.cohorts;
    expect(cohorts({ programme: 'Sécurité' })).toBe(1);
    expect(cohorts({ businessUnit: 'Déchets' })).toBe(1);
    expect(cohorts({ kind: 'blended' })).toBe(1);
    expect(cohorts({ from: '2026-Q1' })).toBe(2);
    expect(cohorts({ from: '2026-Q1', to: '2026-Q2' })).toBe(1);
  });

  it('sets each quarter beside the one before and the same a year before, of closed cohorts alone', () => {
    const { trend } = read([
      line({ quarter: '2025-Q1', enrolled: 40, completed: 10 }),
      line({ quarter: '2025-Q4', enrolled: 40, completed: 20 }),
      line({ quarter: '2026-Q1', enrolled: 40, completed: 30 }),
      line({ quarter: '2026-Q1', final: false, enrolled: 40, completed: 0 }),
    ]);
    expect(trend.map(({ quarter, open }) => [quarter, open])).toEqual([
      ['2025-Q1', 0],
      ['2025-Q4', 0],
      ['2026-Q1', 1],
    ]);
    const last = trend.at(-1);
    expect(last?.figures.rates.completionOfEnrolled?.value).toBe(0.75);
    expect(last?.againstQuarterBefore.completionOfEnrolled?.value).toBeCloseTo(0.25);
    expect(last?.againstYearBefore.completionOfEnrolled?.value).toBeCloseTo(0.5);
    expect(trend[1]?.againstQuarterBefore.completionOfEnrolled).toBeNull();
  });

  it('shows who may see some of it the cohorts of their tags alone', () => {
    const lines = [
      line(),
      line({ businessUnit: 'Déchets' }),
      line({ programme: 'Sécurité', businessUnit: 'X' }),
    ];
    const of = (...scopes: readonly Readonly<Record<string, string>>[]) =>
      portfolioOf(lines, scopes, everything, AS_OF).final?.total.cohorts;
    expect(of({ businessUnit: 'Eau France' })).toBe(1);
    expect(of({ businessUnit: 'Eau France' }, { programme: 'Sécurité' })).toBe(2);
    expect(of({ businessUnit: 'Eau France', programme: 'Sécurité' })).toBe(0);
    expect(of()).toBe(0);
    expect(portfolioOf(lines, [{ businessUnit: 'X' }], everything, AS_OF).choices.programme).toEqual([
      'Sécurité',
    ]);
  });
});

describe('a group of fewer than five people', () => {
  it('is shown nowhere, and left out of the total, from which it would follow', () => {
    const { final } = read([line(), line({ programme: 'Secret', enrolled: 4, completed: 1 })]);
    expect(final?.groups).toMatchObject([
      { name: 'Leadership', enrolled: 10 },
      { name: 'Secret', cohorts: 1, withheld: 1, enrolled: null, cost: [] },
    ]);
    const secret = final?.groups[1];
    expect(Object.values(secret?.rates ?? {})).toEqual([null, null, null, null, null]);
    expect(final?.total).toMatchObject({ cohorts: 2, withheld: 1, enrolled: 10 });
  });

  it('may be made of several cohorts that nothing can tell apart, and is shown once they are five', () => {
    expect(read([line({ enrolled: 3 }), line({ enrolled: 4 })]).final?.total.enrolled).toBe(7);
    expect(read([line({ enrolled: 3 }), line({ enrolled: 4, kind: 'blended' })]).final?.total.enrolled).toBe(
      null,
    );
  });

  it('of nobody is no secret', () => {
    expect(read([line({ enrolled: 0, started: 0, completed: 0, left: 0 })]).final?.total).toMatchObject({
      enrolled: 0,
      withheld: 0,
      rates: { startRate: { denominator: 0, value: null } },
    });
  });

  it('hides attendance that few of a large group stand behind', () => {
    const attendance = { learners: 3, numerator: 2, denominator: 6 };
    const { final } = read([
      line({ attendance }),
      line({ programme: 'B', attendance: { ...attendance, learners: 9 } }),
    ]);
    expect(final?.groups.map(({ rates }) => rates.attendanceNet?.denominator)).toEqual([6, undefined]);
    expect(final?.total.rates.attendanceNet?.denominator).toBe(6);
  });
});

const lines = fc.array(
  fc
    .record({
      programme: fc.constantFrom('A', 'B', null),
      businessUnit: fc.constantFrom('X', 'Y', null),
      kind: fc.constantFrom('spoc' as const, 'blended' as const),
      quarter: fc.constantFrom('2025-Q4', '2026-Q1', '2026-Q4'),
      final: fc.boolean(),
      enrolled: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 60 })),
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
      currency: fc.constantFrom('EUR', 'CHF', null),
    })
    .map(({ enrolled, shares, currency, ...rest }): PortfolioLine => {
      const part = (index: number) => Math.round((shares[index] ?? 0) * enrolled);
      return line({
        ...rest,
        enrolled,
        started: part(0),
        completed: part(1),
        left: part(2),
        attendance: { learners: part(3), numerator: part(4), denominator: 2 * part(3) + part(4) },
        realisation: { learners: part(5), numerator: part(4), denominator: part(4) + 45 * part(5) },
        cost: currency === null ? null : { currency, total: 100.1 + 0.1 * enrolled },
      });
    }),
  { maxLength: 12 },
);
const queries = fc.record({
  by: fc.constantFrom('programme' as const, 'businessUnit' as const),
  programme: fc.constantFrom('A', null),
  businessUnit: fc.constantFrom('X', null),
  kind: fc.constantFrom('spoc' as const, null),
  state: fc.constantFrom('final' as const, 'open' as const, null),
  from: fc.constantFrom('2026-Q1', null),
  to: fc.constantFrom('2026-Q1', null),
});
const cell = ({ programme, businessUnit, kind, quarter, final, cost }: PortfolioLine) =>
  JSON.stringify([programme, businessUnit, kind, quarter, final, cost?.currency]);
const sumBy = (list: readonly PortfolioLine[], of: (line: PortfolioLine) => number) => {
  const sums = new Map<string, number>();
  for (const each of list) sums.set(cell(each), (sums.get(cell(each)) ?? 0) + of(each));
  return (each: PortfolioLine) => sums.get(cell(each)) ?? 0;
};

describe('always', () => {
  it('the order of the cohorts changes nothing', () => {
    fc.assert(
      fc.property(
        lines.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), queries),
        ),
        ([list, shuffled, query]) => {
          expect(read(shuffled, query)).toEqual(read(list, query));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('whatever the people of a small group did, nothing shown differs, in any view: so nothing tells of them', () => {
    fc.assert(
      fc.property(lines, queries, (list, query) => {
        const enrolledOf = sumBy(list, ({ enrolled }) => enrolled);
        const small = (people: number) => people > 0 && people < 5;
        const attendanceOf = sumBy(list, ({ attendance }) => attendance.learners);
        const realisationOf = sumBy(list, ({ realisation }) => realisation.learners);
        // Other people, other deeds, the same few: in total at least one in each group, at most four.
        const other = list.map((each): PortfolioLine => {
          const first = list.find((one) => cell(one) === cell(each)) === each;
          const few = { learners: first ? 1 : 0, numerator: first ? 17 : 0, denominator: first ? 23 : 0 };
          return {
            ...each,
            ...(small(enrolledOf(each))
              ? {
                  enrolled: first ? 2 : 0,
                  started: first ? 1 : 0,
                  completed: first ? 2 : 0,
                  left: 0,
                  cost: each.cost && { ...each.cost, total: 4_711 },
                }
              : {}),
            ...(small(attendanceOf(each)) || small(enrolledOf(each)) ? { attendance: few } : {}),
            ...(small(realisationOf(each)) || small(enrolledOf(each)) ? { realisation: few } : {}),
          };
        });
        expect(read(other, query)).toEqual(read(list, query));
      }),
      { numRuns: 300 },
    );
  });

  it('no two totals of any views differ by one to four people', () => {
    fc.assert(
      fc.property(lines, queries, queries, (list, one, other) => {
        const enrolled = (query: PortfolioQuery, state: 'final' | 'open') =>
          read(list, { ...query, state })[state]?.total.enrolled ?? 0;
        for (const state of ['final', 'open'] as const) {
          const wide = enrolled({ ...one, programme: null, businessUnit: null }, state);
          const narrow = enrolled({ ...one, programme: 'A', businessUnit: other.businessUnit }, state);
          const difference = wide - narrow;
          expect(difference >= 0 && (difference === 0 || difference >= 5)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('groups add up to their total', () => {
    fc.assert(
      fc.property(lines, queries, (list, query) => {
        const { final, open } = read(list, query);
        for (const section of [final, open])
          if (section)
            expect(section.groups.reduce((sum, { enrolled }) => sum + (enrolled ?? 0), 0)).toBe(
              section.total.enrolled ?? 0,
            );
      }),
      { numRuns: 150 },
    );
  });
});

describe('a difference of two rates', () => {
  it('has the interval of Newcombe’s method 10', () => {
    // His example: 56 of 70 against 48 of 80.
    const found = differenceOf(rate(56, 70), rate(48, 80));
    expect(found?.value).toBeCloseTo(0.2, 10);
    expect(found?.ci95[0]).toBeCloseTo(0.0524, 4);
    expect(found?.ci95[1]).toBeCloseTo(0.3339, 4);
  });

  it('is none where a rate is withheld or has no value', () => {
    expect(differenceOf(null, rate(1, 9))).toBeNull();
    expect(differenceOf(rate(1, 9), rate(0, 0))).toBeNull();
  });
});

describe('quarters', () => {
  it('are those of the calendar', () => {
    expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-12-31'].map(quarterOf)).toEqual([
      '2026-Q1',
      '2026-Q1',
      '2026-Q2',
      '2026-Q4',
    ]);
    expect([quarterBefore('2026-Q1', 1), quarterBefore('2026-Q3', 4)]).toEqual(['2025-Q4', '2025-Q3']);
  });
});
