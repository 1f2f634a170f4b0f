import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editionOf } from '../../src/cohorts/edition.ts';
import { parseEnrolments } from '../../src/cohorts/enrolment-entries.ts';
import { createEnrolments } from '../../src/cohorts/enrolments.ts';
import { createFigures } from '../../src/cohorts/figures.ts';
import { runScript } from '../support/run-script.ts';
import { COHORT, type Folding, gate, ORG, openFolding } from './folding.ts';

describe('two processes that fold the same cohort', () => {
  let folder: string;
  let server: Folding;
  let command: Folding;
  let held: ReturnType<typeof gate>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assidu-folding-'));
    held = gate();
    server = openFolding(folder, held.through);
    command = openFolding(folder);
    await command.define('first');
    await command.tell(3);
  });
  afterEach(async () => {
    await Promise.all([server.close(), command.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const everything = async (): Promise<readonly string[]> =>
    (await command.storage.statements.feed(0, 10_000)).map(({ id }) => id).toSorted();
  const settleBoth = () => Promise.all([server.feed.settled(), command.feed.settled()]);

  it('fold it once, with the same result', async () => {
    await settleBoth();
    expect(await command.factsOf(1)).toEqual(await everything());
    expect(await command.storage.facts.positions()).toEqual([
      {
        org: ORG,
        cohortId: COHORT,
        version: editionOf({ version: 1 }),
        seq: (await command.storage.statements.head()).seq,
      },
    ]);
  });

  it('keep what one has made of a new definition, though the other still folds the old one', async () => {
    const reached = held.reached();
    const settled = server.feed.settled();
    await reached;
    await command.define('second');
    await command.feed.settled();
    held.open();
    await settled;
    expect(await command.factsOf(2)).toEqual(await everything());
    await command.feed.settled();
    expect(await command.factsOf(1)).toEqual([]);
    expect((await command.storage.facts.positions()).map(({ version }) => version)).toEqual([
      editionOf({ version: 2 }),
    ]);
  });

  it('have folded the new definition when both have settled, whichever of them knew of it', async () => {
    const reached = held.reached();
    const settled = server.feed.settled();
    await reached;
    await command.define('second');
    held.open();
    await settled;
    expect(await command.factsOf(2)).toEqual(await everything());
  });

  it('lose nothing when one forgets all facts to rebuild them while the other goes on from where it was', async () => {
    await settleBoth();
    await command.tell(2);
    const reached = held.reached();
    const settled = server.feed.settled();
    await reached;
    await command.storage.facts.forget(ORG, COHORT, null);
    held.open();
    await settled;
    expect(await command.factsOf(1)).toEqual(await everything());
  });

  it('fold anew what an earlier version of the product, which read statements in another way, has left', async () => {
    await command.feed.settled();
    const [position] = await command.storage.facts.positions();
    if (!position) throw new Error('there is a position');
    await command.storage.facts.forget(ORG, COHORT, null);
    const before = { ...position, version: position.version - 1 };
    await command.storage.facts.advance([], [{ ...before, from: 0 }]);
    await command.feed.settled();
    expect(await command.factsOf(1)).toEqual(await everything());
    expect(await command.storage.facts.positions()).toEqual([position]);
  });

  it('answer facts of a version that hold all that was stored, or none once they are forgotten', async () => {
    const first = await server.definitions.show(ORG, COHORT, null);
    expect((await server.feed.factsOf(first))?.length).toBe(3);
    await command.define('second');
    expect((await server.feed.factsOf(first))?.length).toBe(3);
    await command.tell(1);
    expect(await server.feed.factsOf(first)).toBeNull();
    const second = await server.definitions.show(ORG, COHORT, null);
    await command.tell(1);
    expect((await server.feed.factsOf(second))?.length).toBe(5);
  });

  it('answer figures of all that was stored, though the definition changes while they are asked for', async () => {
    const person = { account: { homePage: 'https://lms.example', name: 'person' } };
    const cohort = await server.definitions.show(ORG, COHORT, null);
    const enrolments = createEnrolments({
      store: server.storage.cohorts,
      factsOf: async () => [],
      clock: Date.now,
      newId: randomUUID,
    });
    await enrolments.record(cohort, parseEnrolments([{ actor: person }]), { source: 'api', by: 'test' });
    await server.tell(1, person);
    await server.feed.settled();
    const figures = createFigures(
      server.storage,
      {
        ...server.definitions,
        show: async (...given) => {
          await command.define('second');
          return server.definitions.show(...given);
        },
      },
      server.feed,
      Date.now,
    );
    const { metrics } = await figures.of(ORG, COHORT, { asOf: null, knownAt: null });
    expect(metrics.cohortVersion).toBe(2);
    expect(metrics.counts).toMatchObject({ enrolled: 1, completed: 1 });
  });

  it('never show less than what was stored, while another real process redefines, folds and rebuilds', {
    timeout: 60_000,
  }, async () => {
    let ended = false;
    const other = runScript('test/cohorts/folding-process.ts', [folder, '20']).finally(() => {
      ended = true;
    });
    const counts: number[] = [];
    let told = 3;
    for (; !ended; told += 2) {
      const cohort = await server.definitions.show(ORG, COHORT, null);
      const facts = await server.feed.factsOf(cohort);
      if (facts !== null) counts.push(facts.length - told);
      await server.tell(2);
      await server.feed.settled();
      // Reading never leaves this turn of the event loop; the other process's end must be noticed.
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(await other).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(new Set(counts)).toEqual(new Set([0]));
    const cohort = await server.definitions.show(ORG, COHORT, null);
    await settleBoth();
    expect(await server.factsOf(cohort.version)).toEqual(await everything());
    expect(await everything()).toHaveLength(told);
    expect((await server.storage.facts.positions()).map(({ version }) => version)).toEqual([
      editionOf(cohort),
    ]);
  });
});
