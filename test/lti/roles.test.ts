import { describe, expect, it } from 'vitest';
import { courseRole, keptRoles, menteesOf, roleName } from '../../lti/roles.ts';

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

describe('a platform’s own mapping of roles', () => {
  it.each([
    ['membership#Mentor', 'observer', [membership('Mentor')], 'observer'],
    ['membership#Mentor', 'observer', ['Mentor'], 'observer'],
    ['membership#Instructor', 'dlm', [membership('Instructor')], 'dlm'],
    ['membership#Instructor', 'dlm', [`${lis}/membership/Instructor#TeachingAssistant`], 'dlm'],
    ['membership/Instructor#TeachingAssistant', 'learner', ['TeachingAssistant'], 'learner'],
    ['membership/Instructor#TeachingAssistant', 'learner', [membership('Instructor')], 'staff'],
    ['membership#Manager', 'staff', [membership('Manager')], 'staff'],
    ['institution/person#Guest', 'learner', [institution('Guest')], 'learner'],
    ['institution/person#Administrator', 'observer', [institution('Administrator')], 'observer'],
    ['https://univ.example/roles#referent', 'staff', ['https://univ.example/roles#referent'], 'staff'],
    ['membership#Learner', 'observer', [membership('Learner'), membership('Instructor')], 'staff'],
    ['membership/Administrator#Support', 'staff', [`${lis}/membership/Administrator#Support`], 'staff'],
  ] as const)('%s means %s: %j come as %s', (name, meaning, roles, expected) => {
    expect(courseRole(roles, { [name]: meaning }).role).toBe(expected);
  });

  it('gives nothing to words that objects have of themselves', () => {
    expect(courseRole(['constructor', '__proto__', 'toString'], {}).role).toBe('observer');
  });

  it('never makes a test user count', () => {
    const roles = [membership('Learner'), 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser'];
    expect(courseRole(roles, { 'membership#Learner': 'dlm' })).toEqual({ role: 'observer', testUser: true });
  });

  it('names a role the same, short or in full', () => {
    expect(['Mentor', membership('Mentor'), 'membership#Mentor'].map(roleName)).toEqual(
      Array(3).fill('membership#Mentor'),
    );
  });
});

describe('a mentor', () => {
  it('whose platform says whom they mentor is no staff, whatever the mapping says of mentors', () => {
    expect(courseRole([membership('Mentor')], {}, true).role).toBe('observer');
    expect(courseRole([membership('Mentor')], { 'membership#Mentor': 'staff' }, true).role).toBe('observer');
    expect(courseRole([membership('Mentor'), membership('Instructor')], {}, true).role).toBe('staff');
  });

  it.each([
    [undefined, undefined],
    [null, undefined],
    [[], []],
    [
      ['7', '8', '7'],
      ['7', '8'],
    ],
    ['7', []],
    [{ 0: '7' }, []],
    [7, []],
    [['7', 8, null, '', ['9'], 'x'.repeat(256)], ['7']],
  ])('named %j may see %j', (claim, mentees) => {
    expect(menteesOf(claim)).toEqual(mentees);
  });

  it('is told of 500 people at most, and comes with 100 roles at most', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `${index}`);
    expect(menteesOf(many)).toEqual(many.slice(0, 500));
    expect(keptRoles(['x'.repeat(256), ...many])).toEqual(many.slice(0, 100));
  });
});
