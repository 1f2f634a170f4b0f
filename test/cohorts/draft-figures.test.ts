import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CohortDefinitionInput, cohortDefinitionSchema } from '../../config/cohort-definition.ts';
import { moduleCompleted, moduleViewed, quizAttempted } from '../demo/moodle-statements.ts';
import { person } from '../support/campus.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

const DAY = 86_400_000;
const SITE = 'https://lms.example';
const moodle = { lms: SITE, courseId: '2', courseTitle: 'Course' };
const page = (id: number) => `${SITE}/mod/page/view.php?id=${id}`;
const quiz = `${SITE}/mod/quiz/view.php?id=9`;
const people = Array.from({ length: 8 }, (_, index) => person(`p${index}`));
const start = Date.now() - 40 * DAY;
const dateOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

describe('figures of a definition that is not saved', () => {
  let assidu: RunningAssidu;
  const base: CohortDefinitionInput = {
    id: 'drafted',
    title: 'Drafted',
    kind: 'spoc',
    timezone: 'UTC',
    startsOn: dateOf(start),
    contexts: [{ platform: SITE, course: '2', activity: `${SITE}/course/view.php?id=2` }],
    units: [{ id: page(1) }, { id: page(2) }, { id: quiz, satisfiedBy: 'Passed', minScore: 0.5 }],
  };

  beforeAll(async () => {
    assidu = await startAssidu();
    await assidu.request('PUT', '/api/v1/cohorts/drafted', base);
    const enrolled = people.slice(1).map(({ id }) => ({
      actor: { account: { homePage: SITE, name: id } },
      enrolledAt: new Date(start).toISOString(),
    }));
    await assidu.request('POST', '/api/v1/cohorts/drafted/enrolments', enrolled);
    // The first of them is seen in the course, and enrolled by nobody.
    const statements = people.flatMap((user, index) => {
      const at = start + (index + 1) * 4 * DAY;
      return [
        moduleViewed(moodle, user, page(1), at),
        ...(index > 1 ? [moduleCompleted(moodle, user, page(1), at + 60_000)] : []),
        ...(index > 3 ? [moduleCompleted(moodle, user, page(2), at + DAY)] : []),
        ...(index > 2
          ? [quizAttempted(moodle, user, { unit: quiz, attempt: index, points: 4 + 2 * index }, at + 2 * DAY)]
          : []),
      ];
    });
    expect((await assidu.request('POST', '/xapi/statements', statements)).status).toBe(200);
  });
  afterAll(() => assidu.close());

  const drafts: readonly (readonly [string, Partial<CohortDefinitionInput>])[] = [
    ['another rule of completion', { completion: { require: { weight: 0.3 } } }],
    ['other thresholds', { dropout: { dropAfterDays: 8, alertAfterDays: 4, warnAfterDays: 2 } }],
    ['an earlier end', { endsOn: dateOf(start + 10 * DAY), graceDays: 0 }],
    ['a break', { breaks: [{ from: dateOf(start + 12 * DAY), to: dateOf(start + 30 * DAY) }] }],
    ['one unit less', { units: [{ id: page(1) }] }],
    ['one unit more', { units: [{ id: page(1) }, { id: page(7) }] }],
    ['a lower pass mark', { units: [{ id: quiz, satisfiedBy: 'Passed', minScore: 0.2 }] }],
    ['no course any more', { contexts: [] }],
    ['learners made by statements', { enrolFromStatements: true }],
    ['nothing at all', {}],
  ];

  it.each(drafts)('are those of the cohort once it is saved: %s', async (_, change) => {
    const { drafts: service, definitions, figures, feed } = assidu.services;
    await definitions.apply('default', base, 'test');
    await feed.settled();
    const saved = await definitions.show('default', 'drafted', null);
    const now = await figures.of('default', 'drafted', { asOf: null, knownAt: null });
    const draft = cohortDefinitionSchema.parse({ ...base, ...change });
    const effect = await service.effect('default', draft, saved);
    expect(await definitions.show('default', 'drafted', null)).toEqual(saved);
    await definitions.apply('default', draft, 'test');
    const then = await figures.of('default', 'drafted', { asOf: null, knownAt: null });
    expect(effect).toEqual({
      kind: 'figures',
      on: 'enrolled',
      before: now.metrics.counts,
      after: then.metrics.counts,
    });
    expect(then.metrics.counts.enrolled).toBe(7);
  });

  it('of a cohort that is not there yet are tried on who was seen in the course', async () => {
    const draft = cohortDefinitionSchema.parse({ ...base, id: 'new', units: [{ id: page(1) }] });
    const effect = await assidu.services.drafts.effect('default', draft, null);
    expect(effect).toMatchObject({ kind: 'figures', on: 'seen', before: null });
    expect(effect.kind === 'figures' && effect.after).toMatchObject({ enrolled: 8, completed: 6 });
    const nowhere = { ...draft, contexts: [], units: draft.units };
    expect(await assidu.services.drafts.effect('default', nowhere, null)).toEqual({ kind: 'nobody' });
  });
});
