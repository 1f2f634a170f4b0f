import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { NewStatement, StatementQuery, Writer } from '../../../src/storage/ports/index.ts';
import { direct, related, statement, writer } from './subject.ts';

/** A statement of a generated store, with whoever writes it. */
export interface Written {
  readonly by: Writer;
  readonly statement: NewStatement;
}

const AGENTS = ['mailto:a@example.org', 'mailto:b@example.org', 'mailto:c@example.org'];
const ACTIVITIES = ['https://x.example/1', 'https://x.example/2', 'https://x.example/3'];
const VERBS = ['https://v.example/did', 'https://v.example/saw'];
const REGISTRATIONS = ['7a1ff0c1-1d3c-4fb4-8c4c-5b0b2ce3c0aa', 'b1e3d5f7-0000-4000-8000-000000000001'];
const WRITERS = [writer('one'), writer('two'), writer('all', true)];

const terms = (known: readonly string[]) =>
  fc
    .tuple(fc.subarray([...known]), fc.subarray([...known]))
    .map(([plain, others]) => [
      ...direct(...plain),
      ...related(...others.filter((term) => !plain.includes(term))),
    ]);

/** Some statements, ids being new; about one in five voids another one of them, earlier or later. */
export const writtenArbitrary: fc.Arbitrary<readonly Written[]> = fc
  .array(
    fc.record({
      by: fc.constantFrom(...WRITERS),
      verb: fc.constantFrom(...VERBS),
      registration: fc.option(fc.constantFrom(...REGISTRATIONS)),
      agents: terms(AGENTS),
      activities: terms(ACTIVITIES),
      voids: fc.option(fc.nat(), { freq: 4 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((drawn) => {
    const ids = drawn.map(() => randomUUID());
    return drawn.map(({ by, voids, ...rest }, index) => ({
      by,
      statement: statement({
        ...rest,
        id: ids[index] ?? '',
        voids: voids === null ? null : (ids[voids % ids.length] ?? null),
      }),
    }));
  });

const among = (values: readonly string[]) =>
  fc.option(fc.constantFrom(...values, 'https://unknown.example/'), { nil: undefined });

/** Any combination of filters; `since` and `until` are indices of statements, to be made instants of. */
export const queryArbitrary = fc.record({
  agent: among(AGENTS),
  relatedAgents: fc.boolean(),
  verb: among(VERBS),
  activity: among(ACTIVITIES),
  relatedActivities: fc.boolean(),
  registration: among(REGISTRATIONS),
  writtenBy: among(WRITERS.map(({ keyId }) => keyId)),
  since: fc.option(fc.nat(), { nil: undefined }),
  until: fc.option(fc.nat(), { nil: undefined }),
  ascending: fc.boolean(),
  limit: fc.integer({ min: 1, max: 30 }),
});

/** Whether a voiding statement takes effect on another one (xAPI 1.0.3 Data 2.3.2; vocabulary.md "Who may say it"). */
function isVoided({ by, statement: { id, voids } }: Written, all: readonly Written[]): boolean {
  return (
    voids === null &&
    all.some((other) => other.statement.voids === id && (other.by.voidsAny || other.by.keyId === by.keyId))
  );
}

/** The ids a query must find, by trying every statement in turn. */
export function naively(
  all: readonly (Written & { readonly stored: number })[],
  query: StatementQuery,
): readonly string[] {
  const named = (list: NewStatement['agents'], term: string | undefined, others: boolean) =>
    term === undefined || list.some((each) => each.term === term && (others || !each.related));
  /** The statement itself, or what it refers to, directly or through others (1.0.3 Communication 2.1.4). */
  const matches = ({ statement }: Written, steps = 0): boolean => {
    const itself =
      named(statement.agents, query.agent, query.relatedAgents) &&
      named(statement.activities, query.activity, query.relatedActivities) &&
      (query.verb === undefined || statement.verb === query.verb) &&
      (query.registration === undefined || statement.registration === query.registration);
    const target = all.find((other) => other.statement.id === statement.refersTo);
    return itself || (target !== undefined && steps < all.length && matches(target, steps + 1));
  };
  const found = all.filter(
    (each) =>
      !isVoided(each, all) &&
      matches(each) &&
      (query.writtenBy === undefined || each.by.keyId === query.writtenBy) &&
      (query.since === undefined || each.stored > query.since) &&
      (query.until === undefined || each.stored <= query.until),
  );
  const ids = found.map(({ statement: { id } }) => id);
  return query.ascending ? ids : ids.toReversed();
}
