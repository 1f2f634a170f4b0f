import fc from 'fast-check';
import { type CohortDefinition, cohortDefinitionSchema } from '../../../config/cohort-definition.ts';

const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });
const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });
const day = date.map((each) => each.toISOString().slice(0, 10));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const text = fc.string({ minLength: 1, maxLength: 20 });
const ZONES = [
  'Europe/Paris',
  'UTC',
  'America/St_Johns',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];
const titles = fc.oneof(
  text,
  fc.dictionary(fc.constantFrom('fr', 'en', 'de', 'pt-BR'), text, { minKeys: 1 }),
);

const instants = fc
  .tuple(date, fc.constantFrom('Z', '+02:00', '-03:30', '+05:45'), fc.constantFrom('', ':07', ':07.25'))
  .map(([at, offset, seconds]) => `${at.toISOString().slice(0, 16)}${seconds}${offset}`);

const contents = fc.record(
  {
    url: fc.constant('https://content.example.org/a'),
    launch: fc.constantFrom('xapi', 'cmi5'),
    markAsDone: fc.constant(false),
  },
  { requiredKeys: ['url', 'launch'] },
);

const units = fc
  .record({
    id: fc.webUrl(),
    title: maybe(titles),
    modality: fc.constantFrom('online', 'virtual-class', 'in-person', 'assessment'),
    plannedMinutes: maybe(fc.nat({ max: 100_000 })),
    dueOn: maybe(day),
    satisfiedBy: fc.constantFrom(
      'Completed',
      'Passed',
      'CompletedAndPassed',
      'CompletedOrPassed',
      'NotApplicable',
      'Attended',
    ),
    minScore: maybe(share),
    minProgress: maybe(share),
    minAttendance: maybe(share),
    startsAt: maybe(instants),
    endsAt: maybe(instants),
    cancelled: fc.boolean(),
    weight: fc.double({ min: 1e-9, max: 1_000_000, noNaN: true }),
    required: fc.boolean(),
    attempts: fc.constantFrom('best', 'last'),
    content: maybe(contents),
  })
  .map(({ startsAt, endsAt, satisfiedBy, ...rest }) => {
    // By construction rather than by luck: what the schema refuses teaches nothing here.
    const inOrder =
      startsAt === undefined || endsAt === undefined || Date.parse(endsAt) > Date.parse(startsAt);
    const slot = inOrder ? { startsAt, endsAt } : { startsAt: endsAt, endsAt: startsAt };
    const held = startsAt !== undefined && endsAt !== undefined;
    return { ...rest, ...slot, satisfiedBy: satisfiedBy === 'Attended' && !held ? 'Passed' : satisfiedBy };
  });

const contexts = fc.record(
  {
    platform: text,
    client: text,
    deployment: text,
    course: text,
    group: text,
    activity: fc.webUrl(),
  },
  { requiredKeys: ['platform', 'course'] },
);

/** Definitions that the schema takes, with everything in them that it knows. */
export const anyDefinition: fc.Arbitrary<CohortDefinition> = fc
  .record({
    id: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/),
    title: titles,
    kind: fc.constantFrom('spoc', 'blended'),
    timezone: fc.constantFrom(...ZONES),
    startsOn: day,
    endsOn: maybe(day),
    graceDays: fc.nat({ max: 3_650 }),
    contexts: fc.array(contexts, { maxLength: 3 }),
    breaks: fc.array(fc.record({ from: day, to: day }), { maxLength: 2 }),
    tags: fc.dictionary(fc.stringMatching(/^[a-zA-Zé ]{1,8}[a-z]$/), fc.string({ maxLength: 10 }), {
      maxKeys: 3,
    }),
    units: fc.uniqueArray(units, { maxLength: 4, selector: ({ id }) => id }),
    enrolFromStatements: fc.boolean(),
    must: fc.array(fc.nat(), { maxLength: 3 }),
    completion: fc.record({
      require: fc.oneof(
        fc.constant('all'),
        fc.record({ weight: fc.double({ min: 1e-6, max: 1, noNaN: true }) }),
      ),
      minAttendance: maybe(share),
      acceptCourseCompletion: fc.boolean(),
    }),
    dropout: fc.record({
      warnAfterDays: fc.integer({ min: 1, max: 3_650 }),
      alertAfterDays: fc.integer({ min: 1, max: 3_650 }),
      dropAfterDays: fc.option(fc.integer({ min: 1, max: 3_650 })),
      startWithinDays: fc.integer({ min: 1, max: 3_650 }),
    }),
    grades: fc.record({
      lineItem: fc.constantFrom('cohort', 'units', 'none'),
      scoreMaximum: fc.double({ min: 0.001, max: 1_000_000, noNaN: true }),
      comment: fc.constantFrom(false, 'fr', 'en'),
    }),
    cost: maybe(
      fc.record({
        fixed: fc.double({ min: 0, max: 1e12, noNaN: true }),
        perLearner: fc.double({ min: 0, max: 1e12, noNaN: true }),
        currency: fc.constantFrom('EUR', 'USD'),
      }),
    ),
  })
  .map(({ must, ...given }) => {
    const { startsOn, endsOn, breaks } = given;
    const [from = startsOn, to] = [startsOn, endsOn].filter((each) => each !== undefined).sort();
    const rest = {
      ...given,
      startsOn: from,
      endsOn: to,
      breaks: breaks.map((pause) => (pause.to < pause.from ? { from: pause.to, to: pause.from } : pause)),
    };
    const mustSatisfy = [...new Set(must.map((each) => rest.units[each % 4]?.id))].filter(
      (id) => id !== undefined,
    );
    return cohortDefinitionSchema.safeParse(
      JSON.parse(JSON.stringify({ ...rest, completion: { ...rest.completion, mustSatisfy } })),
    );
  })
  .filter((parsed) => parsed.success)
  .map(({ data }) => {
    if (data === undefined) throw new Error('filtered above');
    return data;
  });
