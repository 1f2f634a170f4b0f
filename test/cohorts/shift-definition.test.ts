import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortDefinitionSchema } from '../../config/cohort-definition.ts';
import { shiftDefinition } from '../../src/cohorts/shift-definition.ts';
import { wallTimeOf } from '../../src/cohorts/wall-time.ts';
import { anyDefinition } from '../web/definition/any-definition.ts';

const DAY = 86_400_000;
const dayOf = (date: string) => Date.parse(date) / DAY;

describe('a definition for the next promotion', () => {
  it('has all dates as many days later, and sessions at the same time of day, through every change of clocks', () => {
    fc.assert(
      fc.property(anyDefinition, fc.integer({ min: -400, max: 800 }), (definition, days) => {
        const startsOn = new Date(Date.parse(definition.startsOn) + days * DAY).toISOString().slice(0, 10);
        const title = { fr: 'Suivante' };
        const { definition: next } = shiftDefinition(
          definition,
          { id: 'next', title, startsOn },
          () => 'new',
        );
        expect(next).toMatchObject({ id: 'next', title, startsOn, timezone: definition.timezone });
        if (definition.endsOn !== undefined) {
          expect(dayOf(next.endsOn ?? '') - dayOf(definition.endsOn)).toBe(days);
        }
        for (const [index, { from, to }] of definition.breaks.entries()) {
          const pause = next.breaks[index];
          expect([dayOf(pause?.from ?? ''), dayOf(pause?.to ?? '')]).toEqual([
            dayOf(from) + days,
            dayOf(to) + days,
          ]);
        }
        for (const [index, { startsAt, dueOn }] of definition.units.entries()) {
          const unit = next.units[index];
          if (dueOn !== undefined) expect(dayOf(unit?.dueOn ?? '') - dayOf(dueOn)).toBe(days);
          if (startsAt === undefined) continue;
          const [before, after] = [startsAt, unit?.startsAt ?? ''].map((at) =>
            wallTimeOf(at, definition.timezone),
          );
          expect(dayOf(after?.date ?? '') - dayOf(before?.date ?? '')).toBe(days);
          // A time that spring leaves out is an hour later on that day.
          if (!isLeftOut(after?.date ?? '', before?.time ?? '', definition.timezone))
            expect(after?.time).toBe(before?.time);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps two in the afternoon in Paris when winter time begins in between', () => {
    const definition = cohortDefinitionSchema.parse({
      id: 'nine',
      title: 'Neuf',
      kind: 'blended',
      startsOn: '2026-09-07',
      units: [
        {
          id: 'urn:uuid:1',
          satisfiedBy: 'Attended',
          startsAt: '2026-10-22T14:00+02:00',
          endsAt: '2026-10-22T16:00+02:00',
        },
        { id: 'https://lms.example/2', cancelled: true },
      ],
      completion: { mustSatisfy: ['urn:uuid:1'] },
    });
    const next = { id: 'ten', title: { fr: 'Dix' }, startsOn: '2026-09-21' };
    const shifted = shiftDefinition(definition, next, () => 'fresh');
    expect(shifted.days).toBe(14);
    expect(shifted.definition.units[0]).toMatchObject({
      id: 'urn:uuid:fresh',
      startsAt: '2026-11-05T14:00+01:00',
      endsAt: '2026-11-05T16:00+01:00',
    });
    expect(shifted.definition.units[1]).toMatchObject({ id: 'https://lms.example/2', cancelled: false });
    expect(shifted.definition.completion.mustSatisfy).toEqual(['urn:uuid:fresh']);
    expect(shifted.dates.map(({ path }) => path)).toEqual([
      'startsOn',
      'units[0].startsAt',
      'units[0].endsAt',
    ]);
  });
});

/** Whether clocks of the zone never show this time on this day. */
function isLeftOut(date: string, time: string, zone: string): boolean {
  const wall = Date.parse(`${date}T${time}Z`);
  const offsets = [-DAY, DAY].map((far) => {
    const shown = wallTimeOf(new Date(wall + far).toISOString(), zone);
    return Date.parse(`${shown.date}T${shown.time}Z`) - Math.floor((wall + far) / 1_000) * 1_000;
  });
  return offsets.every((offset) => {
    const shown = wallTimeOf(new Date(wall - offset).toISOString(), zone);
    return shown.date !== date || shown.time !== time;
  });
}
