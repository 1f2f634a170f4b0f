import { describe, expect, it } from 'vitest';
import { readRegister } from '../../src/web/register-form.ts';
import { sessionsOfDay, sheetOf } from '../../src/web/register-sheet.ts';
import { definitionOf, rowOf } from './sample-views.ts';

const half = (name: string, from: string, to: string) => ({
  id: `https://lms.example/${name}`,
  satisfiedBy: 'Attended' as const,
  startsAt: `2026-10-13T${from}+02:00`,
  endsAt: `2026-10-13T${to}+02:00`,
});
const definition = definitionOf({
  units: [
    { id: 'https://lms.example/page' },
    half('afternoon', '13:30', '17:00'),
    half('morning', '09:00', '12:00'),
    {
      ...half('other', '09:00', '12:00'),
      startsAt: '2026-10-14T00:30+02:00',
      endsAt: '2026-10-14T01:00+02:00',
    },
  ],
  completion: {},
});
const now = Date.parse('2026-10-20T00:00:00Z');
const enrolled = (n: number, change: object = {}) =>
  rowOf(n, 'active', { enrolledAt: '2026-09-07T08:00:00.000Z', endedAt: null, sessions: [], ...change });
const place = { page: 1, locale: 'fr' };

describe('the register of a day', () => {
  const sessions = sessionsOfDay(definition, 2, now);
  const sheet = (rows: ReturnType<typeof enrolled>[], page = 1) => {
    const learnerOf = new Map(rows.map(({ enrolmentId }) => [enrolmentId, `learner-${enrolmentId}`]));
    return sheetOf(sessions, { rows, learnerOf }, [], { ...place, page });
  };

  it('is of the sessions of the local day, by their beginning; of what is no session there is none', () => {
    expect(sessions.map(({ number }) => number)).toEqual([3, 2]);
    expect(sessionsOfDay(definition, 4, now).map(({ number }) => number)).toEqual([4]);
    expect(sessionsOfDay(definition, 1, now)).toEqual([]);
  });
  it('holds who was enrolled during one of them, by name', () => {
    const rows = [
      enrolled(1, { name: 'Zoé' }),
      enrolled(2, { name: 'Élodie' }),
      enrolled(3, { name: 'Late', enrolledAt: '2026-10-14T08:00:00.000Z' }),
      enrolled(4, { name: 'Gone', endedAt: '2026-10-12T08:00:00.000Z' }),
      enrolled(5, { name: null }),
    ];
    expect(sheet(rows).learners.map(({ name }) => name)).toEqual(['Élodie', 'Zoé', null]);
  });
  it('has pages that a form can carry: 60 people and 5,000 with two half-days', () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => enrolled(n, { name: `N${n}` }));
    expect(sheet(rows.slice(0, 60))).toMatchObject({ page: 1, pages: 1, learners: { length: 60 } });
    const last = sheet(rows, 99);
    expect(last).toMatchObject({ page: 42, pages: 42, learners: { length: 80 } });
    expect(last.learners.length * sessions.length * 3).toBeLessThan(1_000);
  });
  it('fills in the rest only where nothing is recorded and the page was sent', () => {
    const own = sheet([enrolled(1), enrolled(2)]);
    const [first] = own.learners;
    const body = { rest: 'present', [`seen-3-${first?.id}`]: '', [`status-3-${first?.id}`]: '' };
    expect(readRegister(own, body).changes).toMatchObject([
      { entry: { session: 'https://lms.example/morning', status: 'present', minutes: null } },
    ]);
  });
  it('minutes without a status ask for one', () => {
    const own = sheet([enrolled(1)]);
    const key = `3-${own.learners[0]?.id}`;
    const body = { [`seen-${key}`]: '', [`status-${key}`]: '', [`minutes-${key}`]: '30' };
    expect(readRegister(own, body).faults.get(key)).toBe('minutesAlone');
    for (const [minutes, fault] of [
      ['181', 'badMinutes'],
      ['-1', 'badMinutes'],
      ['un', 'badMinutes'],
      ['90', undefined],
      ['90,5', undefined],
    ] as const)
      expect(
        readRegister(own, { ...body, [`status-${key}`]: 'present', [`minutes-${key}`]: minutes }).faults.get(
          key,
        ),
      ).toBe(fault);
  });
});
