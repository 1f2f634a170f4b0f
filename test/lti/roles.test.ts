import { describe, expect, it } from 'vitest';
import { courseRole } from '../../lti/roles.ts';

const lis = 'http://purl.imsglobal.org/vocab/lis/v2';
const membership = (name: string) => `${lis}/membership#${name}`;
const institution = (name: string) => `${lis}/institution/person#${name}`;

describe('the right that roles give in a course', () => {
  it.each([
    [[membership('Learner')], 'learner'],
    [[`${lis}/membership/Learner#GuestLearner`], 'learner'],
    [[membership('Instructor')], 'staff'],
    [[`${lis}/membership/Instructor#TeachingAssistant`], 'staff'],
    [[membership('Mentor')], 'staff'],
    [[membership('ContentDeveloper')], 'dlm'],
    [[membership('Administrator')], 'dlm'],
    [[`${lis}/membership/Administrator#Support`], 'observer'],
    [[institution('Administrator')], 'dlm'],
    [[`${lis}/institution#Administrator`], 'dlm'],
    [[`${lis}/system/person#Administrator`], 'dlm'],
    [[institution('Instructor')], 'observer'],
    [[institution('Student')], 'observer'],
    [[`${lis}/system/person#User`, membership('Learner'), institution('Instructor')], 'learner'],
    [[membership('Learner'), membership('Instructor')], 'staff'],
    [[membership('Instructor'), institution('Administrator')], 'dlm'],
    [['Learner'], 'learner'],
    [['Instructor'], 'staff'],
    [['TeachingAssistant'], 'staff'],
    [['ContentDeveloper'], 'dlm'],
    [['http://evil.example/membership#Administrator'], 'observer'],
    [['Student'], 'observer'],
    [[], 'observer'],
  ])('%j: %s', (roles, role) => {
    expect(courseRole(roles)).toEqual({ role, testUser: false });
  });

  it('marks the test user of a Student View, whatever else it has', () => {
    const testUser = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';
    expect(courseRole([membership('Learner'), testUser])).toEqual({ role: 'observer', testUser: true });
  });

  it('does not take a parent who observes a Canvas course for staff', () => {
    expect(courseRole([membership('Mentor'), institution('Observer')]).role).toBe('observer');
    expect(courseRole([membership('Mentor'), institution('Observer'), membership('Learner')]).role).toBe(
      'learner',
    );
  });
});
