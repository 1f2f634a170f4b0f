import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALERTS, STATES } from '../../src/metrics/types.ts';
import { type CohortQuery, queryHref, readCohortQuery, SORT_COLUMNS } from '../../src/web/cohort-query.ts';
import { matchRows, selectRows } from '../../src/web/select-rows.ts';
import { rowOf } from './sample-views.ts';

const query = (address: string) => readCohortQuery(new URLSearchParams(address));

const rowsArbitrary = fc
  .array(
    fc.record({
      state: fc.constantFrom(...STATES),
      alerts: fc.subarray([...ALERTS]),
      name: fc.option(fc.constantFrom('Zoé', 'zoe', 'Élodie', 'Anne', 'Bruno')),
      progress: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      lastActAt: fc.option(fc.constantFrom('2026-09-08T07:00:00Z', '2026-09-08T10:00:00+02:00')),
    }),
    { maxLength: 40 },
  )
  .map((all) => all.map(({ state, ...change }, n) => rowOf(n, state, change)));

const queryArbitrary: fc.Arbitrary<CohortQuery> = fc
  .record({
    state: fc.constantFrom('', ...STATES),
    alert: fc.constantFrom('', 'any', ...ALERTS),
    q: fc.constantFrom('', 'zoe', 'É', 'nobody'),
    sort: fc.constantFrom(...SORT_COLUMNS.flatMap((column) => [column, `-${column}`])),
  })
  .map((parameters) => readCohortQuery(new URLSearchParams(parameters)));

describe('readCohortQuery', () => {
  it('reads what fits and leaves aside what does not, by name', () => {
    expect(query('state=dropped&alert=zzz&page=-3&sort=-progress&asOf=2026-02-30&utm=1')).toEqual({
      state: 'dropped',
      sort: '-progress',
      page: 1,
      ignored: ['alert', 'page', 'asOf'],
    });
  });

  it('takes an empty field of a form for no wish', () => {
    expect(query('state=&q=+&asOf=')).toEqual({ sort: 'attention', page: 1, ignored: [] });
  });

  it('comes back unchanged from the links it makes', () => {
    fc.assert(
      fc.property(queryArbitrary, (wanted) => {
        const address = new URL(queryHref('/app/L1', wanted), 'https://assidu.example.org');
        expect(readCohortQuery(address.searchParams)).toEqual(wanted);
      }),
    );
  });
});

describe('selectRows', () => {
  it('shows each matching row exactly once over all pages, whatever the filter and the order', () => {
    fc.assert(
      fc.property(rowsArbitrary, queryArbitrary, fc.integer({ min: 1, max: 7 }), (rows, wanted, size) => {
        const expected = rows.filter(
          (row) =>
            (wanted.state === undefined || row.state === wanted.state) &&
            matchRows([row], { ...wanted, state: undefined }).length === 1,
        );
        const pages = Math.max(1, Math.ceil(expected.length / size));
        const shown = Array.from({ length: pages }, (_, n) =>
          selectRows(rows, { ...wanted, page: n + 1 }, size),
        );
        const ids = shown.flatMap((page) => page.rows.map(({ enrolmentId }) => enrolmentId));
        expect(ids.toSorted()).toEqual(expected.map(({ enrolmentId }) => enrolmentId).toSorted());
        for (const page of shown) expect(page.total).toBe(expected.length);
      }),
    );
  });

  it('gives the same order whatever the order of what it is handed', () => {
    fc.assert(
      fc.property(rowsArbitrary, queryArbitrary, (rows, wanted) => {
        expect(matchRows(rows.toReversed(), wanted)).toEqual(matchRows(rows, wanted));
      }),
    );
  });

  it('finds a name without its accents', () => {
    const rows = [
      rowOf(1, 'active', { name: 'Hélène Lefèvre' }),
      rowOf(2, 'active', { name: 'Karim Benali' }),
    ];
    expect(selectRows(rows, query('q=HELENE')).rows.map(({ name }) => name)).toEqual(['Hélène Lefèvre']);
  });

  it('puts first who has most alerts, then who has been away longest', () => {
    const rows = [
      rowOf(1, 'active', { alerts: [], lastActAt: '2026-09-01T00:00:00Z' }),
      rowOf(2, 'active', { alerts: ['inactivity'], lastActAt: '2026-09-20T00:00:00Z' }),
      rowOf(3, 'active', { alerts: ['inactivity'], lastActAt: '2026-09-10T00:00:00Z' }),
      rowOf(4, 'inactive', { alerts: ['inactivity', 'overdueUnit'] }),
    ];
    expect(selectRows(rows, query('')).rows.map(({ enrolmentId }) => enrolmentId)).toEqual([
      'enrolment-4',
      'enrolment-3',
      'enrolment-2',
      'enrolment-1',
    ]);
  });

  it('shows the last page when a later one is asked for', () => {
    const rows = Array.from({ length: 51 }, (_, n) => rowOf(n, 'active'));
    const { page, rows: shown, total } = selectRows(rows, query('page=99'));
    expect({ page, shown: shown.length, total }).toEqual({ page: 2, shown: 1, total: 51 });
  });
});
