import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CohortDefinitionInput, cohortDefinitionSchema } from '../../config/cohort-definition.ts';
import { unit } from '../support/scene.ts';

/** The definition of design.md, as people write it. */
const WRITTEN = `
id: gestion-projet-2026-09
title: {fr: "Gestion de projet, promotion 9", en: "Project management, class 9"}
kind: blended
timezone: Europe/Paris
startsOn: 2026-09-07
endsOn: 2026-11-27
graceDays: 7
contexts:
  - {platform: https://moodle.example.org, client: abc, deployment: "1", course: "42", group: "Promo 9", activity: https://moodle.example.org/course/view.php?id=42}
breaks: [{from: 2026-10-19, to: 2026-10-30}]
tags: {programme: "Leadership", businessUnit: "Eau France"}
units:
  - {id: https://moodle.example.org/mod/page/view.php?id=12, title: {fr: "Cadrer"}, modality: online, plannedMinutes: 45, dueOn: 2026-09-20, satisfiedBy: Completed}
  - {id: https://moodle.example.org/mod/bigbluebuttonbn/view.php?id=15, modality: virtual-class, satisfiedBy: Attended, startsAt: 2026-09-22T14:00+02:00, endsAt: 2026-09-22T15:30+02:00}
  - {id: https://moodle.example.org/mod/quiz/view.php?id=18, modality: assessment, satisfiedBy: Passed, minScore: 0.6, weight: 2, required: true, attempts: best}
completion: {require: all, minAttendance: 0.8, mustSatisfy: [], acceptCourseCompletion: false}
dropout: {warnAfterDays: 7, alertAfterDays: 14, dropAfterDays: 30, startWithinDays: 7}
cost: {fixed: 12000, perLearner: 90, currency: EUR}
`;

const least: CohortDefinitionInput = {
  id: 'c',
  title: 'A cohort',
  kind: 'spoc',
  startsOn: '2026-09-07',
  units: [{ id: unit('a') }],
};

/** Paths of the faults of a definition with these changes. */
function faults(change: object): readonly string[] {
  const parsed = cohortDefinitionSchema.safeParse({ ...least, ...change });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
}

describe('the definition of a cohort', () => {
  it('is read from YAML as design.md shows it', () => {
    const definition = cohortDefinitionSchema.parse(parse(WRITTEN));
    expect(definition.units[2]).toMatchObject({ minScore: 0.6, weight: 2, attempts: 'best', required: true });
    expect(definition.units[1]).toMatchObject({ startsAt: '2026-09-22T14:00+02:00', cancelled: false });
    expect(definition.startsOn).toBe('2026-09-07');
  });
  it('needs little: the rest has defaults', () => {
    expect(cohortDefinitionSchema.parse(least)).toMatchObject({
      title: { fr: 'A cohort', en: 'A cohort' },
      timezone: 'Europe/Paris',
      graceDays: 7,
      breaks: [],
      units: [{ satisfiedBy: 'Completed', weight: 1, required: true, attempts: 'best', modality: 'online' }],
      completion: { require: 'all', mustSatisfy: [], acceptCourseCompletion: false },
      dropout: { warnAfterDays: 7, alertAfterDays: 14, dropAfterDays: 30, startWithinDays: 7 },
    });
  });
  it('read again is the same: defaults are written out', () => {
    const once = cohortDefinitionSchema.parse(parse(WRITTEN));
    expect(cohortDefinitionSchema.parse(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });
  it('may say that nobody drops out by inactivity', () => {
    expect(
      cohortDefinitionSchema.parse({ ...least, dropout: { dropAfterDays: null } }).dropout.dropAfterDays,
    ).toBeNull();
  });
});

describe('a fault is refused, and its field named', () => {
  const refused: readonly [string, object, string][] = [
    ['an unknown field', { color: 'red' }, ''],
    ['an unknown field of a unit', { units: [{ id: unit('a'), minscore: 1 }] }, 'units.0'],
    ['an id that would not fit into an address', { id: 'A cohort' }, 'id'],
    ['no text at all', { title: {} }, 'title'],
    ['a date that does not exist', { startsOn: '2026-02-30' }, 'startsOn'],
    ['an end before the start', { endsOn: '2026-09-06' }, 'endsOn'],
    ['an offset where a zone is asked for', { timezone: '+02:00' }, 'timezone'],
    [
      'a break that ends before it begins',
      { breaks: [{ from: '2026-10-02', to: '2026-10-01' }] },
      'breaks.0.to',
    ],
    ['two units with one id', { units: [{ id: unit('a') }, { id: unit('a') }] }, 'units.1.id'],
    ['a unit without an address', { units: [{ id: 'week 1' }] }, 'units.0.id'],
    ['a score above 1', { units: [{ id: unit('a'), minScore: 60 }] }, 'units.0.minScore'],
    ['a weight of nothing', { units: [{ id: unit('a'), weight: 0 }] }, 'units.0.weight'],
    ['a session without a time', { units: [{ id: unit('a'), satisfiedBy: 'Attended' }] }, 'units.0.startsAt'],
    [
      'a session that ends before it begins',
      { units: [{ id: unit('a'), startsAt: '2026-09-22T14:00Z', endsAt: '2026-09-22T14:00Z' }] },
      'units.0.endsAt',
    ],
    [
      'a time without a zone',
      { units: [{ id: unit('a'), startsAt: '2026-09-22T14:00', endsAt: '2026-09-22T15:00Z' }] },
      'units.0.startsAt',
    ],
    [
      'a time of a day that does not exist',
      { units: [{ id: unit('a'), startsAt: '2026-02-30T14:00Z', endsAt: '2026-03-05T15:00Z' }] },
      'units.0.startsAt',
    ],
    ['mustSatisfy of a stranger', { completion: { mustSatisfy: [unit('z')] } }, 'completion.mustSatisfy.0'],
    ['a share of nothing', { completion: { require: { weight: 0 } } }, 'completion.require.weight'],
    ['dropping out at once', { dropout: { dropAfterDays: 0 } }, 'dropout.dropAfterDays'],
    ['no required unit and no word of the LMS', { units: [{ id: unit('a'), required: false }] }, 'units'],
    ['no unit at all', { units: [] }, 'units'],
  ];
  it.each(refused)('%s', (_, change, path) => {
    expect(faults(change)).toContain(path);
  });
  it('but no unit is needed where the LMS says who is completed', () => {
    expect(faults({ units: [], completion: { acceptCourseCompletion: true } })).toEqual([]);
  });
});
