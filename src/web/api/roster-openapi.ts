type Answers = (description: string) => object;

/** The part of the description that is about rosters. */
export function rosterPaths(answers: Answers) {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  return {
    '/cohorts/{id}/roster': {
      parameters: [id],
      get: {
        summary: 'The last reading of the cohort’s rosters, and removals that wait to be confirmed',
        responses: answers('`last` with its counts and fault, `held` with the learners'),
      },
    },
    '/cohorts/{id}/roster/sync': {
      parameters: [id],
      post: {
        summary: 'Read the rosters of the cohort’s courses now',
        responses: answers('What was done; `fault` says what could not be read'),
      },
    },
    '/cohorts/{id}/roster/confirm': {
      parameters: [id],
      post: {
        summary: 'Let held removals through, as far as these people are still gone',
        responses: answers('What was done'),
      },
    },
  };
}
