import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/progress/calendar.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const instant = (text: string) => Date.parse(text);

describe('day(x) is the local date, counted from startsOn', () => {
  it('differences are of dates, never of hours, in the weeks when clocks change', () => {
    const paris = createCalendar('Europe/Paris', '2026-03-28');
    expect(paris.day(instant('2026-03-28T23:59:59.999+01:00'))).toBe(0);
    expect(paris.day(instant('2026-03-29T00:00+01:00'))).toBe(1);
    // 23 hours long: the clocks go forward.
    expect(paris.midnight(2) - paris.midnight(1)).toBe(23 * HOUR);
    expect(paris.day(instant('2026-03-30T00:00+02:00'))).toBe(2);
    const autumn = createCalendar('Europe/Paris', '2026-10-24');
    expect(autumn.midnight(2) - autumn.midnight(1)).toBe(25 * HOUR);
    expect(autumn.day(autumn.midnight(2) - 1)).toBe(1);
  });
  it('before startsOn days are negative', () => {
    const utc = createCalendar('UTC', '2026-01-05');
    expect(utc.day(instant('2026-01-04T23:59:59.999Z'))).toBe(-1);
    expect(utc.day(instant('2025-12-05T00:00Z'))).toBe(-31);
  });
  it('holds at +14, at -12, and where offsets have half and quarter hours', () => {
    const sameInstant = instant('2026-09-07T11:30:00Z');
    expect(createCalendar('Pacific/Kiritimati', '2026-09-07').day(sameInstant)).toBe(1);
    expect(createCalendar('Etc/GMT+12', '2026-09-07').day(sameInstant)).toBe(-1);
    expect(createCalendar('Asia/Kolkata', '2026-09-07').midnight(0)).toBe(instant('2026-09-07T00:00+05:30'));
    expect(createCalendar('Asia/Kathmandu', '2026-09-07').midnight(0)).toBe(
      instant('2026-09-07T00:00+05:45'),
    );
    expect(createCalendar('Pacific/Chatham', '2026-09-07').midnight(0)).toBe(
      instant('2026-09-07T00:00+12:45'),
    );
    expect(createCalendar('Australia/Lord_Howe', '2026-04-05').midnight(1)).toBe(
      instant('2026-04-06T00:00+10:30'),
    );
  });
  it('a day whose midnight does not exist begins at its first instant', () => {
    const santiago = createCalendar('America/Santiago', '2026-09-06');
    expect(santiago.midnight(0)).toBe(instant('2026-09-06T01:00-03:00'));
    expect(santiago.day(santiago.midnight(0) - 1)).toBe(-1);
    const cairo = createCalendar('Africa/Cairo', '2026-04-24');
    expect(cairo.midnight(0)).toBe(instant('2026-04-24T01:00+03:00'));
  });
  it('a day whose last hour comes twice ends after the second one', () => {
    const santiago = createCalendar('America/Santiago', '2026-04-04');
    expect(santiago.midnight(1) - santiago.midnight(0)).toBe(25 * HOUR);
    expect(santiago.day(instant('2026-04-04T23:30-04:00'))).toBe(0);
  });
  it('a date that a zone skipped has no time of its own', () => {
    const apia = createCalendar('Pacific/Apia', '2011-12-29');
    expect(apia.midnight(1)).toBe(apia.midnight(2));
    expect(apia.day(apia.midnight(2) - 1)).toBe(0);
    expect(apia.day(apia.midnight(2))).toBe(2);
  });
  it('date and dayOfDate are each other’s inverse', () => {
    const calendar = createCalendar('Europe/Paris', '2026-09-07');
    expect(calendar.date(0)).toBe('2026-09-07');
    expect(calendar.date(-7)).toBe('2026-08-31');
    expect(calendar.dayOfDate('2027-09-07')).toBe(365);
  });
});

describe('always', () => {
  const zones = ['Europe/Paris', 'Pacific/Kiritimati', 'Etc/GMT+12', 'Asia/Kolkata', 'Pacific/Chatham']
    .concat(['America/Santiago', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/Havana', 'Asia/Beirut'])
    .concat(['America/Nuuk', 'UTC', 'America/St_Johns']);
  const startsOn = '2025-11-17';
  const calendars = new Map(zones.map((zone) => [zone, createCalendar(zone, startsOn)]));
  const zone = fc.constantFrom(...zones);

  it('the day of an instant is what a clock on the wall says', () => {
    const when = fc.integer({ min: instant('2024-01-01'), max: instant('2029-01-01') });
    const wall = new Map(
      zones.map((timeZone) => [timeZone, new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })]),
    );
    fc.assert(
      fc.property(zone, when, (name, moment) => {
        const calendar = calendars.get(name);
        expect(calendar?.date(calendar.day(moment))).toBe(wall.get(name)?.format(moment));
      }),
      { numRuns: 2_000 },
    );
  });
  it('a day begins at its midnight, and the one before ends just then', () => {
    fc.assert(
      fc.property(zone, fc.integer({ min: -700, max: 700 }), (name, day) => {
        const calendar = calendars.get(name) ?? createCalendar(name, startsOn);
        expect(calendar.day(calendar.midnight(day))).toBe(day);
        expect(calendar.day(calendar.midnight(day) - 1)).toBe(day - 1);
        const length = calendar.midnight(day + 1) - calendar.midnight(day);
        expect(Math.abs(length - DAY)).toBeLessThanOrEqual(HOUR);
      }),
      { numRuns: 1_000 },
    );
  });
});
