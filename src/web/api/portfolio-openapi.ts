import { PORTFOLIO_STATES, PORTFOLIO_TAGS } from '../../metrics/portfolio-types.ts';

const parameter = (name: string, schema: object, description?: string) => ({
  name,
  in: 'query',
  schema,
  ...(description === undefined ? {} : { description }),
});
const quarter = { type: 'string', pattern: '^\\d{4}-Q[1-4]$' };

/** The part of the description that is about the portfolio. */
export function portfolioPaths(failing: object) {
  return {
    '/portfolio': {
      get: {
        summary: 'Programmes and business units: pooled figures of cohorts, never of fewer than five people',
        parameters: [
          parameter('by', { enum: PORTFOLIO_TAGS, default: 'programme' }),
          parameter('programme', { type: 'string' }, 'Only cohorts with this tag'),
          parameter('businessUnit', { type: 'string' }, 'Only cohorts with this tag'),
          parameter('kind', { enum: ['spoc', 'blended'] }),
          parameter('state', { enum: PORTFOLIO_STATES }, 'Closed cohorts, or those under way; else both'),
          parameter('from', quarter, 'The earliest quarter of startsOn'),
          parameter('to', quarter, 'The latest quarter of startsOn'),
        ],
        responses: {
          200: {
            description: '`final` and `open` cohorts apart, groups of each, and the trend by quarter',
            content: { 'application/json': {}, 'text/csv': {} },
          },
          ...failing,
        },
      },
    },
  };
}
