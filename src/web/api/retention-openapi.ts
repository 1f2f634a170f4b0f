import { CLOCKS, POPULATIONS } from '../../metrics/types.ts';
import { MOST_COMPARED } from './comparison.ts';

type Answers = (description: string) => object;

/** The part of the description that is about retention, outcomes and comparison. */
export function retentionPaths(instants: readonly object[], answers: Answers) {
  const knownAt = { name: 'knownAt', in: 'query', schema: { type: 'string', format: 'date-time' } };
  return {
    '/cohorts/{id}/retention': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        summary: 'Who stays (Kaplan-Meier) and what became of them (Aalen-Johansen), with 95 % intervals',
        parameters: [
          { name: 'clock', in: 'query', schema: { enum: CLOCKS, default: 'cohort' } },
          { name: 'population', in: 'query', schema: { enum: POPULATIONS, default: 'started' } },
          ...instants,
        ],
        responses: answers('`curve` and `outcomes`, a row for each day with an event'),
      },
    },
    '/comparison': {
      get: {
        summary: 'Counts and rates of cohorts at equal age: at the end of the same day number',
        parameters: [
          {
            name: 'cohort',
            in: 'query',
            required: true,
            schema: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: MOST_COMPARED },
            description: 'Given once for each cohort',
          },
          {
            name: 'day',
            in: 'query',
            schema: { type: 'integer', minimum: 0 },
            description: 'Day 0 is startsOn; without it the greatest day that is over in all of them',
          },
          knownAt,
        ],
        responses: answers('A line for each cohort; null, with a reason, for one that is younger'),
      },
    },
  };
}
