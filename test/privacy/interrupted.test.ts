import { afterEach, describe, expect, it } from 'vitest';
import { parseEnrolments } from '../../src/cohorts/enrolment-entries.ts';
import { createErasures } from '../../src/privacy/erasures.ts';
import type { ErasureStore } from '../../src/storage/ports/index.ts';
import { openServices, senderOf, type TurnedServices } from '../support/open-services.ts';

const START = Date.parse('2026-03-02T09:00:00Z');
const ANA = { mbox: 'mailto:ana@exemple.fr' };
const BEN = { mbox: 'mailto:ben@exemple.fr' };
const UNIT = 'https://lms.example/unit/a';
let opened: TurnedServices | null = null;
afterEach(async () => {
  await opened?.close();
  opened = null;
});

/** The port, until the call of that number: there the process dies, once before it and once after it. */
function dyingAt(store: ErasureStore, call: number, when: 'before' | 'after'): ErasureStore {
  let calls = 0;
  const dying =
    <Arguments extends readonly unknown[], Result>(run: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      calls += 1;
      if (calls === call && when === 'before') throw new Error('died');
      const result = await run(...given);
      if (calls === call) throw new Error('died');
      return result;
    };
  return {
    ...store,
    begin: dying(store.begin),
    freeze: dying(store.freeze),
    statements: dying(store.statements),
    records: dying(store.records),
    forgetSubject: dying(store.forgetSubject),
    scrub: dying(store.scrub),
    finish: dying(store.finish),
  };
}

describe('an erasure that is cut off', () => {
  const moments = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((call) =>
    (['before', 'after'] as const).map((when) => [when, call] as const),
  );

  it.each(moments)('%s its step %i is finished by the next one, with the same end', async (when, call) => {
    opened = openServices(START);
    const { services, now } = opened;
    const { cohort } = await services.definitions.apply(
      'default',
      { id: 'c', title: 'C', kind: 'spoc', startsOn: '2026-03-02', units: [{ id: UNIT }] },
      'test',
    );
    const entries = parseEnrolments(
      [ANA, BEN].map((actor) => ({ actor, enrolledAt: '2026-03-02T09:00:00Z' })),
    );
    await services.enrolments.record(cohort, entries, { source: 'api', by: 'test' });
    const did = [ANA, BEN].map((actor) => ({
      actor,
      verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
      object: { id: UNIT },
      timestamp: '2026-03-02T09:00:00Z',
    }));
    await services.intake.accept(senderOf('key'), JSON.stringify(did), '1.0.3');
    opened.turnTo(now() + 60_000);
    const { storage } = services;
    const erasures = createErasures({
      storage: { ...storage, erasures: dyingAt(storage.erasures, call, when) },
      figures: services.figures,
      feed: services.feed,
      publicUrl: 'https://assidu.test',
      clock: now,
      newId: () => 'e1',
    });
    const quiet = () => undefined;
    await erasures.erase('default', ANA, quiet).catch(() => undefined);
    await services.erasures.resume('default', quiet);
    const { metrics } = await services.figures.of('default', 'c', { asOf: now(), knownAt: null });
    const [record] = await services.erasures.list('default');
    const frozen = await services.erasures.frozen('default', 'c');
    // Died before it was written down: nothing has happened.
    if (record === undefined) expect([call, when, metrics.counts.enrolled]).toEqual([1, 'before', 2]);
    else {
      expect(record.finishedAt).not.toBeNull();
      expect(metrics.counts).toMatchObject({ enrolled: 1, completed: 1 });
      expect(frozen.map((each) => each.metrics.counts.enrolled)).toEqual([2]);
      await expect(services.erasures.trial('default', ANA)).rejects.toThrow('nothing is kept');
    }
  });
});
