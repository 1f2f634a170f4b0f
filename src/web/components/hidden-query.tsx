import { type CohortQuery, type QueryChange, queryPairs } from '../cohort-query.ts';

/** What a GET form must hand on of the present address, as hidden fields. */
export function HiddenQuery({ query, change }: { query: CohortQuery; change: QueryChange }) {
  return (
    <>
      {queryPairs(query, { page: undefined, ...change }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
