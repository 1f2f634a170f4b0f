import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { EnrolmentChange } from '../../src/storage/ports/cohort-store.ts';
import { definitions, enrolments, ORIGIN, tellings } from '../support/arbitraries.ts';
import { openServices, senderOf } from '../support/open-services.ts';
import { agent, type Told, VERB } from '../support/scene.ts';

const DAY = 86_400_000;
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';
const runs = { numRuns: 3, endOnFailure: true };

interface World {
  readonly definition: CohortDefinition;
  readonly enrolments: readonly EnrolmentChange[];
  readonly told: readonly Told[];
}
const worlds: fc.Arbitrary<World> = fc.record({
  definition: definitions,
  enrolments,
  // Of two entries of a register the one recorded later holds: there, batches may say which that is.
  told: tellings.map((told) => told.filter(({ statement }) => statement.verb.id !== VERB.attended)),
});

/** Statements that go in together. */
type Batch = readonly Told[];

/** What a store of its own answers when the statements came in these batches. */
async function answerOf(
  { definition, enrolments: changes }: World,
  batches: readonly Batch[],
  how: { readonly asking?: boolean; readonly besides?: Batch } = {},
): Promise<unknown> {
  const { services, turnTo, close } = openServices(ORIGIN - 5 * DAY);
  const cohort = definition.id;
  const instants = { asOf: ORIGIN + 25 * DAY, knownAt: null };
  const accept = (told: Batch, standings: boolean) =>
    services.intake.accept(
      senderOf(`writer-${standings}`, { standings }),
      JSON.stringify(told.map(({ statement }) => statement)),
      '1.0.3',
    );
  try {
    await services.definitions.apply('default', definition, 'test');
    for (const change of changes)
      await services.enrolments.record(
        await services.definitions.show('default', cohort, null),
        [{ ...change, actor: agent(change.learnerId) }],
        { source: 'api', by: 'test' },
      );
    turnTo(ORIGIN + 60 * DAY);
    for (const batch of batches) {
      for (const standings of [true, false]) {
        const some = batch.filter((told) => told.standings === standings);
        if (some.length > 0) await accept(some, standings);
      }
      if (how.asking) await services.figures.of('default', cohort, instants);
    }
    for (const [index, told] of (how.besides ?? []).entries()) {
      const id = randomUUID();
      const statement = { ...told.statement, id };
      const send = () => accept([{ ...told, statement }], told.standings);
      const voiding = {
        actor: agent('admin'),
        verb: { id: VOIDED },
        object: { objectType: 'StatementRef', id },
      };
      const withdraw = () =>
        services.intake.accept(senderOf('admin', { voidsAny: true }), JSON.stringify([voiding]), '1.0.3');
      // A void that arrives before its target works, too.
      for (const step of index % 2 === 0 ? [send, withdraw] : [withdraw, send]) await step();
    }
    const { metrics, rows, retention } = await services.figures.of('default', cohort, instants);
    const curves = retention({ clock: 'cohort', population: 'started' });
    return { metrics, curves, rows: rows.map(({ enrolmentId: _, ...row }) => JSON.stringify(row)).sort() };
  } finally {
    await close();
  }
}

describe('the figures of a real store', () => {
  it('are the same of one batch, of one statement at a time, and when they were asked for in between', async () => {
    const property = fc.asyncProperty(worlds, async (world) => {
      const together = await answerOf(world, [world.told]);
      const single = world.told.map((told) => [told]);
      expect(await answerOf(world, single)).toEqual(together);
      expect(await answerOf(world, single, { asking: true })).toEqual(together);
    });
    await fc.assert(property, runs);
  });
  it('are the same with statements that were voided, before or after they came, as without', async () => {
    const property = fc.asyncProperty(worlds, tellings, async (world, besides) => {
      const without = await answerOf(world, [world.told]);
      expect(await answerOf(world, [world.told], { besides })).toEqual(without);
    });
    await fc.assert(property, runs);
  });
});
