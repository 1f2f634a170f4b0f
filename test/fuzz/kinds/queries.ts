import type { Kind, Trial } from '../trial.ts';
import { oddParameters, type Parameters, queryOf } from './query.ts';
import { toLrs } from './to-lrs.ts';

const AGENTS = [
  ...Array<string>(12).fill('{"mbox":"mailto:learner@example.org"}'),
  '{"account":{"homePage":"https://moodle.example.org","name":"17"}}',
  '{"objectType":"Group","mbox":"mailto:team@example.org","member":[{"mbox":"mailto:a@example.org"}]}',
  '{"mbox_sha1sum":"ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}',
  '{"mbox":"mailto:a@b.org","openid":"http://id.example.org/a"}',
  '{"account":{"homePage":"https://moodle.example.org","name":"17\\u0000"}}',
  '{"name":"nobody"}',
  '[]',
  '"a"',
  '{',
  `${'['.repeat(3_000)}`,
];
const IRIS = [
  'https://example.org/course/1',
  'http://adlnet.gov/expapi/verbs/answered',
  'https://moodle.example.org/',
  'a:b',
];
const DATES = [
  ...[
    '2026-01-05T10:00:00Z',
    '2020-01-01T00:00:00.000+02:00',
    '2030-01-01T00:00:00Z',
    '2026-01-05T10:00:00.123456789Z',
  ],
  ...['1969-12-31T23:59:59Z', '2026-01-05', '20260105T100000Z'],
];
const FLAGS = ['true', 'false'];

/** Parameters of GET statements. */
const STATEMENTS: Parameters = {
  agent: AGENTS,
  verb: IRIS,
  activity: IRIS,
  registration: ['5f4dcc3b-5aa7-11ee-8c99-0242ac120002'],
  related_activities: FLAGS,
  related_agents: FLAGS,
  since: DATES,
  until: DATES,
  limit: ['0', '1', '10', '500', '501', '999999999'],
  format: ['ids', 'exact', 'canonical'],
  attachments: FLAGS,
  ascending: FLAGS,
  cursor: ['czE', 'czA', 'czEwMDA', 'czk5OTk5OTk5OTk5OTk5OQ'],
};

/** Parameters of documents, agents and activities. */
export const DOCUMENTS: Parameters = {
  activityId: IRIS,
  agent: AGENTS,
  stateId: ['resume', 'a/b', 'é', 'LMS.LaunchData', '__proto__'],
  profileId: ['resume', 'a/b', '.', ''],
  registration: ['5f4dcc3b-5aa7-11ee-8c99-0242ac120002'],
  since: DATES,
};

/** Where the LRS has documents and what it knows of people and activities, with what each needs. */
export const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  '/xapi/activities/state': ['activityId', 'agent', 'stateId'],
  '/xapi/activities/profile': ['activityId', 'profileId'],
  '/xapi/agents/profile': ['agent', 'profileId'],
  '/xapi/agents': ['agent'],
  '/xapi/activities': ['activityId'],
};

function statementQuery({ random, world }: Trial): string {
  if (random.chance(0.3)) {
    const name = random.pick(['statementId', 'voidedStatementId']);
    const ids = [random.pick(world.known), random.uuid(), random.pick(world.known).toUpperCase()];
    const { format = [], attachments = [] } = STATEMENTS;
    return queryOf(random, oddParameters(random, { [name]: ids, format, attachments }, [name]));
  }
  return queryOf(random, oddParameters(random, STATEMENTS));
}

export const queryKinds: readonly Kind[] = [
  {
    name: 'GET statements',
    share: 100,
    run: (trial) =>
      trial.send(
        toLrs(trial, trial.random.chance(0.1) ? 'HEAD' : 'GET', `/xapi/statements${statementQuery(trial)}`),
      ),
  },
  {
    name: 'GET documents, agents and activities',
    share: 50,
    run: (trial) => {
      const { random } = trial;
      const [path, needed] = random.pick(Object.entries(RESOURCES));
      const known = Object.fromEntries(needed.map((name) => [name, DOCUMENTS[name] ?? []]));
      const parameters = random.chance(0.3) ? DOCUMENTS : known;
      const query = queryOf(
        random,
        oddParameters(
          random,
          parameters,
          needed.filter(() => random.chance(0.9)),
        ),
      );
      return trial.send(toLrs(trial, random.pick(['GET', 'GET', 'HEAD']), `${path}${query}`));
    },
  },
];
