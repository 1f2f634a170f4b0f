type Answers = (description: string) => object;

/** The part of the description that is about frozen figures. */
export function frozenPaths(paging: readonly object[], answers: Answers) {
  return {
    '/cohorts/{id}/frozen': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        summary: 'Figures as they were just before an erasure of personal data changed them',
        parameters: paging,
        responses: answers('`[{reason: "erasure", erasureId, recordedAt, metrics}]`, oldest first'),
      },
    },
  };
}
