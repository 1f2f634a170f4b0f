import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sharedPath } from '../../support/shared.ts';

/** A JSON object that tests change freely before it is validated. */
export type Loose = { [key: string]: unknown };

const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

/** The smallest valid statement. */
export const minimal = (): Loose => ({
  actor: { mbox: 'mailto:learner@example.org' },
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
  object: { id: 'https://example.org/course/1' },
});

/** A copy of `base` with the value at `path` (`result.score.raw`, `attachments.0.length`) set, or removed when undefined. */
export const changed = (base: Loose, path: string, value: unknown): Loose => {
  const copy: Loose = structuredClone(base);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let target: Loose = copy;
  for (const step of steps) {
    const next = target[step];
    target = isLoose(next) ? next : {};
  }
  if (value === undefined) delete target[last];
  else target[last] = value;
  return copy;
};

/** A valid 1.0.3 statement that uses every property that a client may send. */
export const complete = (): Loose => ({
  id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
  actor: {
    objectType: 'Agent',
    name: 'Learner',
    account: { homePage: 'https://lms.example.org', name: '42' },
  },
  verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: { 'en-US': 'answered', fr: 'a répondu' } },
  object: {
    objectType: 'Activity',
    id: 'https://lms.example.org/question/7',
    definition: {
      name: { en: 'Question 7', fr: 'Question 7' },
      description: { 'zh-Hant-TW': '問題' },
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
      moreInfo: 'https://lms.example.org/help',
      interactionType: 'choice',
      correctResponsesPattern: ['a[,]b'],
      choices: [
        { id: 'a', description: { en: 'A', fr: 'Un A' } },
        { id: 'b', description: { en: 'B' } },
      ],
      extensions: { 'https://example.org/ext/any': { nothing: null } },
    },
  },
  result: {
    score: { scaled: 0.5, raw: 5, min: 0, max: 10 },
    success: true,
    completion: false,
    response: 'a',
    duration: 'PT1M2.345S',
    extensions: { 'https://example.org/ext/tries': 2 },
  },
  context: {
    registration: 'ec531277-b57b-4c15-8d91-d292c5b2b8f7',
    instructor: { objectType: 'Group', member: [{ openid: 'https://openid.example.org/t' }] },
    team: { objectType: 'Group', mbox: 'mailto:team@example.org', name: 'Team' },
    contextActivities: {
      parent: { id: 'https://lms.example.org/quiz/1' },
      grouping: [{ id: 'https://lms.example.org/course/1', objectType: 'Activity' }],
      category: [],
    },
    revision: '3',
    platform: 'LMS',
    language: 'fr-CA',
    statement: { objectType: 'StatementRef', id: '6690E6C9-3EF0-4ED3-8B37-7F3964730BEE' },
    extensions: {},
  },
  timestamp: '2024-02-29T10:00:00.123+01:00',
  stored: '2024-02-29T09:00:01Z',
  authority: { objectType: 'Agent', mbox: 'mailto:key@example.org' },
  version: '1.0.3',
  attachments: [
    {
      usageType: 'http://example.org/certificate',
      display: { en: 'Certificate' },
      contentType: 'text/plain; charset=utf-8',
      length: 27,
      sha2: '495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a',
      fileUrl: 'https://example.org/certificate.txt',
    },
  ],
});

/** The statements that a real Moodle 4.1.10 sent with logstore_xapi, or null (with the reason printed) when absent. */
export const moodleStatements = (): readonly Loose[] | null => {
  const file = sharedPath('data/moodle/xapi-moodle-logstore.json');
  return file === null ? null : JSON.parse(readFileSync(file, 'utf8'));
};

/** The video statements of France Université Numérique, or null (with the reason printed) when absent. */
export const funStatements = (): readonly Loose[] | null => {
  const file = sharedPath('data/xapi/fun-video.ndjson.gz');
  if (file === null) return null;
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
};
