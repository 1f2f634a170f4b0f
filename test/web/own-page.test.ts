import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarFile } from '../../src/web/calendar-file.ts';
import { createTexts } from '../../src/web/intl.ts';
import { ownAttendance, type SessionPart, standingOf } from '../../src/web/learner-standing.ts';
import { learnerSteps } from '../../src/web/learner-steps.ts';
import { sessionWords } from '../../src/web/session-words.ts';
import { upcomingSteps } from '../../src/web/upcoming-steps.ts';
import { cohorts, LEARNERS } from '../support/arbitraries.ts';
import { cohortOf, figuresOf, identityOf } from '../support/scene.ts';
import { definitionOf, learnerViewOf } from './sample-views.ts';

const part = (status: SessionPart['status'], counted = true): SessionPart => ({
  unit: 'u',
  status,
  minutes: null,
  slotMinutes: 60,
  counted,
});

describe('what is missing to completion', () => {
  it('is nothing for whoever is completed, and something for everybody else', () => {
    const identities = LEARNERS.map((who) => identityOf(who));
    fc.assert(
      fc.property(cohorts, (scene) => {
        const { metrics, learners, rows } = figuresOf({ ...scene, identities });
        const definition = scene.definition ?? cohortOf();
        if (definition.completion.acceptCourseCompletion) return;
        learners.forEach(({ completedAt, sessions }, index) => {
          const row = rows[index];
          if (row === undefined) throw new Error('no row');
          const steps = learnerSteps(definition, row, { asOf: metrics.asOf, final: metrics.final });
          const conditions = standingOf(definition, row, steps, sessions);
          const nothingLeft = conditions.length > 0 && conditions.every(({ met }) => met);
          expect([nothingLeft, conditions]).toEqual([completedAt !== null, conditions]);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('names the indispensable steps that are left, and the attendance asked for', () => {
    const view = learnerViewOf();
    const last = view.definition.units[6]?.id ?? '';
    const definition = {
      ...view.definition,
      completion: { ...view.definition.completion, mustSatisfy: [last], minAttendance: 0.8 },
    };
    const steps = learnerSteps(definition, view.row, { asOf: view.asOf, final: false });
    const sessions = [part('attended'), part('absent'), part('excused'), part('absent', false)];
    expect(standingOf(definition, view.row, steps, sessions)).toMatchObject([
      { kind: 'steps', met: false, left: 3, total: 6 },
      { kind: 'must', met: false, missing: [{ id: last }] },
      { kind: 'attendance', met: false, share: 0.5, asked: 0.8 },
    ]);
  });

  it('is not told where no step is required: the steps complete nobody then', () => {
    const view = learnerViewOf();
    const { units, completion } = view.definition;
    const definition = {
      ...view.definition,
      units: units.map((unit) => ({ ...unit, required: false })),
      completion: { ...completion, minAttendance: 0.5 },
    };
    const steps = learnerSteps(definition, view.row, { asOf: view.asOf, final: false });
    expect(standingOf(definition, view.row, steps, [part('attended')])).toEqual([]);
  });

  it('counts excused absences apart, and gives no share before a session was held', () => {
    expect(ownAttendance([part('attended'), part('excused'), part('upcoming')])).toEqual({
      attended: 1,
      absent: 0,
      excused: 1,
      share: 1,
    });
    expect(ownAttendance([part('upcoming'), part('absent', false)]).share).toBeNull();
  });
});

describe('due dates and sessions', () => {
  it('come soonest first, what is overdue before all else, and nothing that is done', () => {
    const { definition, row, asOf } = learnerViewOf();
    const { all } = learnerSteps(definition, row, { asOf, final: false });
    const list = upcomingSteps(all, definition.timezone);
    expect(list.map(({ at }) => at)).toEqual(list.map(({ at }) => at).sort((a, b) => a - b));
    expect(list[0]?.step.status).toBe('overdue');
    expect(list.some(({ step }) => step.status === 'done')).toBe(false);
  });

  it('are told with day, time and zone', () => {
    const session = definitionOf().units[1];
    if (session === undefined) throw new Error('no session');
    const words = sessionWords(session, 'Europe/Paris', createTexts('fr')).replaceAll(/\s/g, ' ');
    expect(words).toContain('mardi 22 septembre 2026');
    expect(words).toMatch(/14:00 ?– ?15:30 \(Europe\/Paris\)$/);
  });
});

describe('a calendar file', () => {
  const now = '2026-10-01T08:00:00Z';
  const entry = { uid: '1@assidu', summary: 'A', description: '', cancelled: false };

  it('tells instants in UTC, whole days as dates, and what was cancelled', () => {
    const text = calendarFile(
      'Cours',
      [
        { ...entry, when: { from: '2026-09-22T14:00+02:00', to: '2026-09-22T15:30+02:00' } },
        { ...entry, cancelled: true, when: { on: '2026-12-31' } },
      ],
      now,
    );
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:/);
    for (const line of [
      'DTSTAMP:20261001T080000Z',
      'DTSTART:20260922T120000Z',
      'DTEND:20260922T133000Z',
      'DTSTART;VALUE=DATE:20261231',
      'DTEND;VALUE=DATE:20270101',
      'STATUS:CANCELLED',
    ])
      expect(text.split('\r\n')).toContain(line);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it('always has lines of 75 octets at most, and unfolds to what was said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (summary) => {
        const text = calendarFile('C', [{ ...entry, summary, when: { on: '2026-12-31' } }], now);
        const lines = text.split('\r\n');
        for (const line of lines) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/\p{Cc}/u);
        }
        const said = /\nSUMMARY:([^\r\n]*)\r\n/.exec(text.replaceAll('\r\n ', ''))?.[1] ?? '';
        const plain = said.replaceAll(/\\([\\;,n])/g, (_, letter: string) =>
          letter === 'n' ? '\n' : letter,
        );
        expect(plain).toBe(summary.replaceAll(/\r\n|\r/g, '\n').replaceAll(/(?!\n)\p{Cc}/gu, ' '));
      }),
      { numRuns: 200 },
    );
  });
});
