import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import type { Fact, KnownFact } from '../../src/progress/fact.ts';
import type { LearnerProgress } from '../../src/progress/learner-progress.ts';
import { place, placesOf } from '../../src/progress/place.ts';
import type { Statement } from '../../xapi/statement/types.ts';
import type { LearningEvent } from '../../xapi/vocabulary/event.ts';
import { moodleEvent } from '../../xapi/vocabulary/moodle-logstore.ts';
import { readStatement } from '../../xapi/vocabulary/read-statement.ts';
import { cohortOf, enrolled } from '../support/scene.ts';
import { sharedPath } from '../support/shared.ts';

const SITE = 'http://localhost:8090';
const page = `${SITE}/mod/page/view.php?id=1`;
const quiz = `${SITE}/mod/quiz/view.php?id=7`;
const assignment = `${SITE}/mod/assign/view.php?id=6`;
const recorded = sharedPath('data/moodle/xapi-moodle-logstore.json');

interface Recorded {
  readonly statement: Statement;
  readonly event: LearningEvent;
  /** Name of the Moodle event. */
  readonly name: string;
}

function load(path: string): readonly Recorded[] {
  const statements: readonly Statement[] = JSON.parse(readFileSync(path, 'utf8'));
  return statements.map((statement, index) => {
    const timestamp = Date.parse(statement.timestamp ?? '');
    const event = readStatement({
      id: `s${index}`,
      statement,
      timestamp,
      stored: timestamp,
      standings: false,
    });
    if (!event) throw new Error('every recorded statement is somebody’s');
    return { statement, event, name: moodleEvent(statement) ?? '' };
  });
}

describe.skipIf(recorded === null)(
  '230 statements recorded from Moodle 4.1.10 with logstore_xapi 4.9.0',
  () => {
    const all = recorded === null ? [] : load(recorded);
    const named = (pattern: RegExp) => all.filter(({ name }) => pattern.test(name)).map(({ event }) => event);
    const definition = (change: Partial<CohortDefinitionInput> = {}) =>
      cohortOf({
        startsOn: '2026-11-20',
        contexts: [{ platform: SITE, course: '2', activity: `${SITE}/course/view.php?id=2` }],
        units: [{ id: page }, { id: quiz, satisfiedBy: 'Passed' }, { id: assignment, satisfiedBy: 'Passed' }],
        ...change,
      });
    const facts = (change: Partial<CohortDefinitionInput> = {}): readonly KnownFact[] => {
      const places = placesOf('o', definition(change));
      return all.flatMap(({ event }) => {
        const fact = place(event, places);
        return fact ? [{ ...fact, voidedAt: null }] : [];
      });
    };
    const factOf = (event: LearningEvent): Fact | null => place(event, placesOf('o', definition()));
    /** Progress of a Moodle user at the end of the recording. */
    const learner = (user: string, change: Partial<CohortDefinitionInput> = {}): LearnerProgress => {
      const enrolment = enrolled(user, { enrolledAt: Date.parse('2026-11-20T00:00:00Z') });
      const { learners } = cohortProgress(
        {
          definition: definition(change),
          changes: [enrolment],
          identities: [{ org: 'o', actor: `account|${SITE}|${user}`, learnerId: user, recordedAt: 0 }],
          facts: facts(change),
        },
        Date.parse('2026-11-23T00:00:00Z'),
        null,
      );
      const [only] = learners;
      if (!only) throw new Error('one enrolment, one learner');
      return only;
    };

    it('are 230, 95 of which are views', () => {
      expect(all).toHaveLength(230);
      expect(all.filter(({ event }) => event.view)).toHaveLength(95);
    });
    it('views of the course and of external tools are visits', () => {
      for (const event of [...named(/course_viewed$/), ...named(/^.mod_lti.*viewed$/)]) {
        expect(event).toMatchObject({ meaning: 'visited', act: false });
        expect(factOf(event)).toMatchObject({ meaning: 'visited', act: false });
      }
    });
    it('views of units are starts, of anything else in the course interactions', () => {
      const views = [
        ...named(/course_module_viewed$/),
        ...named(/(resources_list|discussion|feedback)_viewed$/),
      ];
      const placed = views
        .filter(({ object }) => !object.includes('/mod/lti/'))
        .map((event) => factOf(event));
      for (const fact of placed) {
        const onUnit = fact?.units.some(({ bearing }) => bearing === 'self');
        expect(fact).toMatchObject({ meaning: onUnit ? 'started' : 'interacted', act: true });
      }
      expect(placed).toHaveLength(69);
    });
    it('an external tool that is a unit of the cohort is started when it is looked at', () => {
      const units = [{ id: `${SITE}/mod/lti/view.php?id=8` }];
      const onTool = facts({ units }).filter(({ units: [first] }) => first?.bearing === 'self');
      expect(onTool.length).toBeGreaterThan(0);
      for (const fact of onTool) expect(fact).toMatchObject({ meaning: 'started', act: true });
    });
    it('module completions are derived and no acts', () => {
      const completions = named(/completion_updated$/);
      expect(completions).toHaveLength(41);
      for (const event of completions) expect(event).toMatchObject({ derived: true, act: false });
    });
    it('uncompleted and completed in the same second is completed', () => {
      expect(learner('4').units[0]).toMatchObject({
        id: page,
        satisfiedAt: Date.parse('2026-11-22T05:09:52Z'),
        reached: true,
      });
    });
    it('quiz attempts carry the score, from the points, for the quiz', () => {
      const attempts = named(/attempt_submitted$/).filter(({ objectKind }) => objectKind === 'attempt');
      expect(attempts.map(({ score }) => score)).toEqual([
        0.666667, 0, 0.666667, 0.333333, 1, 0.666667, 0.666667,
      ]);
      for (const event of attempts)
        expect(factOf(event)?.units).toEqual([{ unit: quiz, bearing: 'attempt' }]);
    });
    it('their success means nothing without minScore; with it the points decide', () => {
      expect(learner('4').units[1]?.satisfiedAt).toBeNull();
      const passing = (minScore: number) => ({
        units: [{ id: quiz, satisfiedBy: 'Passed' as const, minScore }],
      });
      expect(learner('4', passing(0.6)).units[0]?.satisfiedAt).toBe(Date.parse('2026-11-22T05:10:14Z'));
      expect(learner('5', passing(0.6)).units[0]?.satisfiedAt).toBe(Date.parse('2026-11-22T05:16:08Z'));
      expect(learner('7', passing(0.6)).units[0]?.satisfiedAt).toBeNull();
    });
    it('questions are only acts below the quiz', () => {
      const questions = named(/attempt_submitted$/).filter(({ objectKind }) => objectKind === 'other');
      expect(questions).toHaveLength(21);
      for (const event of questions)
        expect(factOf(event)).toMatchObject({ act: true, units: [{ unit: quiz, bearing: 'below' }] });
    });
    it('graded submissions are no acts, and carry the score for the assignment', () => {
      const graded = named(/submission_graded$/);
      expect(graded.map(({ score }) => score)).toEqual([0.85, 0.625, 0.45, 0.75]);
      for (const event of graded)
        expect(factOf(event)).toMatchObject({
          act: false,
          success: null,
          units: [{ unit: assignment, bearing: 'attempt' }],
        });
    });
    it('joining a group means nothing, and is no enrolment', () => {
      for (const event of named(/group_member_added$/)) expect(event.meaning).toBe('none');
      expect(named(/group_member_added$/)).toHaveLength(2);
    });
    it('enrolments from a content key mean nothing', () => {
      for (const event of named(/user_enrolment_created$/)) expect(event.meaning).toBe('none');
    });
    it('logging in and out is no evidence of any cohort', () => {
      const sessions = named(/user_logged(in|out)$/);
      expect(sessions).toHaveLength(23);
      for (const event of sessions) expect(factOf(event)).toBeNull();
    });
    it('reading feedback is what the learner did, and so is reviewing an attempt unless a teacher does', () => {
      for (const event of named(/feedback_viewed$/)) expect(event.act).toBe(true);
      const reviews = named(/attempt_reviewed$/).map(({ act }) => act);
      expect([reviews.length, reviews.filter(Boolean).length]).toEqual([8, 7]);
    });
    it('the course completion completes a learner only where it is accepted', () => {
      const accepted = { completion: { acceptCourseCompletion: true } };
      expect(learner('4').completedAt).toBeNull();
      expect(learner('4', accepted).completedAt).toBe(Date.parse('2026-11-22T05:10:01Z'));
      expect(learner('8', accepted).completedAt).toBeNull();
    });
  },
);
