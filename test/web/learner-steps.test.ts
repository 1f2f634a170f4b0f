import { describe, expect, it } from 'vitest';
import { learnerSteps, unitLink } from '../../src/web/learner-steps.ts';
import { definitionOf, learnerViewOf } from './sample-views.ts';

const definition = definitionOf();
const view = learnerViewOf();
const at = (asOf: string, final = false) => ({ asOf, final });

describe('learnerSteps', () => {
  it('counts the required steps done and names the first one that can still be done', () => {
    const steps = learnerSteps(definition, view.row, at(view.asOf));
    expect([steps.done, steps.total]).toEqual([3, 6]);
    expect(steps.next?.unit.id).toBe(definition.units[2]?.id);
    expect(steps.next?.status).toBe('overdue');
  });

  it('leaves waived and optional steps out of the count', () => {
    const units = view.row.units.map((unit, n) => (n === 2 ? { ...unit, waived: true } : unit));
    const steps = learnerSteps(definition, { ...view.row, units }, at(view.asOf));
    expect([steps.done, steps.total]).toEqual([3, 5]);
    expect(steps.all[2]?.status).toBe('waived');
  });

  it('calls nothing late that was due before the learner came', () => {
    const late = { ...view.row, enrolledAt: '2026-10-06T08:00:00Z' };
    expect(learnerSteps(definition, late, at(view.asOf)).all[2]?.status).toBe('dueOn');
  });

  it('calls nothing late on the due day itself, in the zone of the cohort', () => {
    expect(learnerSteps(definition, view.row, at('2026-10-04T21:59:00Z')).all[2]?.status).toBe('dueOn');
    expect(learnerSteps(definition, view.row, at('2026-10-04T22:01:00Z')).all[2]?.status).toBe('overdue');
  });

  it('proposes no session that is over', () => {
    const row = {
      ...view.row,
      units: view.row.units.map((unit, n) => (n === 4 ? unit : { ...unit, satisfiedAt: view.asOf })),
      sessions: view.row.sessions.map((session) => ({ ...session, status: 'absent' as const })),
    };
    const steps = learnerSteps(definition, row, at('2026-11-06T08:00:00Z'));
    expect([steps.next, steps.onlyMissedLeft]).toEqual([null, true]);
  });
});

describe('unitLink', () => {
  it.each([
    [
      'https://moodle.example.org/mod/page/view.php?id=12',
      'https://moodle.example.org/mod/page/view.php?id=12',
    ],
    ['https://elsewhere.example.org/x', null],
    ['javascript:alert(1)', null],
    ['urn:uuid:1', null],
  ])('links %s only as a page of the platform', (id, expected) => {
    const [unit] = definitionOf({ units: [{ id }] }).units;
    expect(unit && unitLink(unit, ['https://moodle.example.org', 'null'])).toBe(expected);
  });
});
