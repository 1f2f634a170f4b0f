import type { PageKind } from './row.ts';
import type { Person } from './world.ts';

/** What happens to a request: it is done, refused to this person, there is nothing, or who asks is not known. */
export type Outcome = 'ok' | 'forbidden' | 'absent' | 'unknown';

export type Outcomes = Readonly<
  Record<
    Exclude<
      PageKind,
      'nobody' | 'everybody' | 'own work' | 'staff work' | 'portfolio' | 'configure' | 'new cohort'
    >,
    Outcome
  >
>;

const all: Outcomes = { cohort: 'ok', 'whole cohort': 'ok', learner: 'ok' };
const own: Outcomes = { cohort: 'ok', 'whole cohort': 'forbidden', learner: 'forbidden' };
const none: Outcomes = { cohort: 'absent', 'whole cohort': 'absent', learner: 'absent' };
const shut: Outcomes = { cohort: 'forbidden', 'whole cohort': 'forbidden', learner: 'forbidden' };
const unknown: Outcomes = { cohort: 'unknown', 'whole cohort': 'unknown', learner: 'unknown' };

const learner = 'http://purl.imsglobal.org/vocab/lis/v2/membership#Learner';
const testUser = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';
const mentor = 'http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor';
const instructor = 'http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor';
const observer = 'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Observer';

/** Every kind of person who opens the pages of cohort `walk-a` of course-1, and of its learner `learner`. */
export const people: readonly (readonly [string, Person, Outcomes])[] = [
  ['the learner', { sub: 'learner' }, own],
  ['a learner of another cohort of the course', { sub: 'other' }, own],
  ['a learner of another course', { sub: 'elsewhere', course: 'course-2' }, none],
  ['a learner from outside any course', { course: 'course-of-nobody' }, none],
  ['staff of the course', { role: 'staff' }, all],
  ['staff of another course', { role: 'staff', course: 'course-2' }, none],
  ['a dlm', { role: 'dlm', course: 'course-2' }, all],
  ['an observer', { role: 'observer' }, none],
  ['a test student', { roles: [learner, testUser] }, none],
  ['a mentor of no list', { roles: [mentor] }, all],
  ['a parent of no list', { roles: [mentor, observer] }, none],
  [
    'staff of the course who also mentor the learner',
    { roles: [mentor, instructor], mentees: ['learner'] },
    all,
  ],
  ['the mentor of the learner', { roles: [mentor], mentees: ['learner'] }, { ...none, learner: 'ok' }],
  [
    'the parent of the learner, named among strangers',
    { roles: [mentor, observer], mentees: ['nobody', 'learner', 'theirs'] },
    { ...none, learner: 'ok' },
  ],
  [
    'the mentor of the learner in another course',
    { roles: [mentor], mentees: ['learner'], course: 'course-2' },
    none,
  ],
  ['the mentor of somebody else', { roles: [mentor], mentees: ['other', 'theirs'] }, none],
  ['the mentor of nobody', { roles: [mentor], mentees: [] }, none],
  [
    'a learner elsewhere who was granted the cohort',
    { course: 'course-2', grant: { role: 'staff', cohortId: 'walk-a' } },
    all,
  ],
  [
    'a learner of the course who was granted another cohort',
    { grant: { role: 'staff', cohortId: 'walk-b' } },
    own,
  ],
  ['a learner elsewhere who was granted lcm', { course: 'course-2', grant: { role: 'staff' } }, none],
  ['a learner elsewhere who was granted dlm', { course: 'course-2', grant: { role: 'dlm' } }, all],
  [
    'a learner elsewhere whose grant has expired',
    { course: 'course-2', grant: { role: 'dlm', expiresAt: 1 } },
    none,
  ],
  ['a learner of the course who was made an executive', { grant: { role: 'executive' } }, none],
  ['staff of the course who were made executives', { role: 'staff', grant: { role: 'executive' } }, none],
  [
    'the mentor of the learner who was made an executive',
    { roles: [mentor], mentees: ['learner'], grant: { role: 'executive' } },
    none,
  ],
  [
    'an executive of one business unit',
    { course: 'course-2', grant: { role: 'executive', tags: { businessUnit: 'Eau France' } } },
    none,
  ],
  ['an executive whose grant has expired', { grant: { role: 'executive', expiresAt: 1 } }, own],
  ['staff who were made observers', { role: 'staff', grant: { role: 'observer' } }, none],
  [
    'staff who were made observers of this cohort',
    { role: 'staff', grant: { role: 'observer', cohortId: 'walk-a' } },
    none,
  ],
  ['a dlm of another organisation', { role: 'dlm', platform: 'walk-theirs' }, none],
  ['staff of the same course at another organisation', { role: 'staff', platform: 'walk-theirs' }, none],
  ['a dlm of a platform switched off', { role: 'dlm', platform: 'walk-inactive' }, shut],
  ['nobody: no session', { role: 'dlm', session: 'none' }, unknown],
  ['nobody: a session that ended', { role: 'dlm', session: 'ended' }, unknown],
  ['somebody else, with a session of their own', { role: 'dlm', session: 'other' }, unknown],
];
