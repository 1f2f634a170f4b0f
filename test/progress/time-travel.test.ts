import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { cohortMetrics } from '../../src/metrics/cohort-metrics.ts';
import { learnerRows } from '../../src/metrics/learner-rows.ts';
import { cohortEpisodes } from '../../src/progress/cohort-episodes.ts';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { enrolmentHistory } from '../../src/progress/enrolment-history.ts';
import type {
  EndReason,
  EnrolmentChange,
  EnrolmentSource,
  Identity,
  IdentityLink,
  IdentityRule,
} from '../../src/storage/ports/cohort-store.ts';
import { type EnrolmentVerb, tells } from '../support/enrolment-statements.ts';
import {
  agent,
  at,
  cohortOf,
  enrolled,
  factsOf,
  identityOf,
  type Told,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

/** Something recorded on a day. */
type Recorded =
  | { readonly kind: 'told'; readonly told: Told }
  | { readonly kind: 'change'; readonly change: EnrolmentChange }
  | { readonly kind: 'identity'; readonly identity: Identity }
  | { readonly kind: 'link'; readonly link: IdentityLink }
  | { readonly kind: 'rule'; readonly rule: IdentityRule }
  | { readonly kind: 'version'; readonly definition: CohortDefinition; readonly recordedAt: number };

const WHO = ['ana', 'ben', 'cyd'] as const;
const who = fc.constantFrom(...WHO);
const day = fc.integer({ min: 0, max: 20 });
const on = (days: number) => at(days, 9);

const statements = fc
  .record({
    by: who,
    what: fc.constantFrom<EnrolmentVerb | 'completed' | 'attempted'>(
      'enrolled',
      'withdrew',
      'suspended',
      'resumed',
      'completed',
      'attempted',
    ),
    at: day,
    stored: day,
    voided: fc.option(day),
  })
  .map(({ by, what, at: when, stored, voided }): Recorded => {
    const change = { by, stored: on(stored), voidedAt: voided === null ? null : on(stored + voided) };
    const isAct = what === 'completed' || what === 'attempted';
    return {
      kind: 'told',
      told: isAct ? told(VERB[what], unit('a'), at(when), change) : tells(what, at(when), change),
    };
  });
const changes = fc
  .record({
    by: who,
    nth: fc.integer({ min: 1, max: 2 }),
    from: day,
    length: fc.option(fc.integer({ min: 0, max: 9 })),
    reason: fc.constantFrom<EndReason>('withdrawn', 'removed', 'transferred', 'excluded'),
    source: fc.constantFrom<EnrolmentSource>('api', 'roster', 'launch', 'file'),
    flags: fc.constantFrom<Partial<EnrolmentChange>>({}, {}, { undone: true }, { correctedAt: on(8) }),
    recorded: day,
  })
  .map(
    ({ by, nth, from, length, reason, source, flags, recorded }): Recorded => ({
      kind: 'change',
      change: enrolled(by, {
        enrolmentId: `${by}-${nth}`,
        enrolledAt: at(from),
        endedAt: length === null ? null : at(from + length),
        reason: length === null ? null : reason,
        source,
        recordedAt: on(recorded),
        ...flags,
      }),
    }),
  );
const identities = fc.record({ by: who, recorded: day }).map(
  ({ by, recorded }): Recorded => ({
    kind: 'identity',
    identity: identityOf(by, { recordedAt: on(recorded) }),
  }),
);
const links = fc
  .record({ one: who, two: who, linked: fc.boolean(), by: fc.constantFrom('hand', 'email'), recorded: day })
  .map(
    ({ one, two, linked, by, recorded }): Recorded => ({
      kind: 'link',
      link: {
        org: 'o',
        learnerId: one,
        other: two,
        linked,
        by: by === 'hand' ? 'hand' : 'email',
        recordedAt: on(recorded),
        recordedBy: 'x',
      },
    }),
  );
const rules = fc.record({ ruled: fc.boolean(), recorded: day }).map(
  ({ ruled, recorded }): Recorded => ({
    kind: 'rule',
    rule: { org: 'o', rule: 'email', on: ruled, recordedAt: on(recorded), recordedBy: 'x' },
  }),
);
const versions = fc
  .record({ enrolFromStatements: fc.boolean(), dropAfterDays: fc.integer({ min: 3, max: 9 }), recorded: day })
  .map(
    ({ enrolFromStatements, dropAfterDays, recorded }): Recorded => ({
      kind: 'version',
      definition: cohortOf({ enrolFromStatements, dropout: { dropAfterDays } }),
      recordedAt: on(recorded),
    }),
  );

/** When something was recorded, ms. A void is a record of its own: see `withoutLater`. */
function recordedAt(item: Recorded): number {
  if (item.kind === 'told') return item.told.stored;
  if (item.kind === 'change') return item.change.recordedAt;
  if (item.kind === 'identity') return item.identity.recordedAt;
  if (item.kind === 'link') return item.link.recordedAt;
  return item.kind === 'rule' ? item.rule.recordedAt : item.recordedAt;
}

/** The records as they were at an instant: nothing recorded later, no later void. */
function withoutLater(items: readonly Recorded[], knownAt: number): readonly Recorded[] {
  return items
    .filter((item) => recordedAt(item) <= knownAt)
    .map((item) =>
      item.kind === 'told' && item.told.voidedAt !== null && item.told.voidedAt > knownAt
        ? { kind: 'told', told: { ...item.told, voidedAt: null } }
        : item,
    );
}

/** All answers about the cohort as of an instant, as known at another. */
function answers(items: readonly Recorded[], asOf: number, knownAt: number): string {
  const known = items.flatMap((item) =>
    item.kind === 'version' && item.recordedAt <= knownAt ? [item] : [],
  );
  const definition = known.toSorted((a, b) => a.recordedAt - b.recordedAt).at(-1)?.definition ?? cohortOf();
  const records = {
    org: 'o',
    definition,
    facts: factsOf(
      definition,
      items.flatMap((item) => (item.kind === 'told' ? [item.told] : [])),
    ).map((fact) => ({ ...fact, statementId: fact.sameness })),
    changes: items.flatMap((item) => (item.kind === 'change' ? [item.change] : [])),
    identities: items.flatMap((item) => (item.kind === 'identity' ? [item.identity] : [])),
    links: items.flatMap((item) => (item.kind === 'link' ? [item.link] : [])),
    rules: items.flatMap((item) => (item.kind === 'rule' ? [item.rule] : [])),
  };
  const progress = cohortProgress(records, asOf, knownAt);
  const { episodes, persons } = cohortEpisodes(records, knownAt);
  return JSON.stringify([
    cohortMetrics(progress, { cohortVersion: 1, knownAt }),
    learnerRows(progress, (learnerId) => ({ actor: { ...agent(learnerId) }, name: learnerId })),
    episodes,
    WHO.map((name) => enrolmentHistory(records, persons, persons.ofLearner(name), knownAt).length),
  ]);
}

describe('a figure asked with asOf and knownAt, always', () => {
  it('is the same after late arrivals, voids, changes, links, rules and new definitions', () => {
    const records = fc.array(fc.oneof(statements, statements, changes, identities, links, rules, versions), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(records, day, day, (generated, asOf, knownAt) => {
        // One identifier is one learner's from one moment on, and one definition holds at a time.
        const once = new Set<string>();
        const items = generated.filter((item) => {
          const key =
            item.kind === 'identity'
              ? item.identity.actor
              : item.kind === 'version'
                ? `version ${item.recordedAt}`
                : null;
          return key === null || (!once.has(key) && once.add(key) !== null);
        });
        const before = answers(withoutLater(items, on(knownAt)), at(asOf), on(knownAt));
        expect(answers(items, at(asOf), on(knownAt))).toBe(before);
      }),
      { numRuns: 200 },
    );
  });
});
