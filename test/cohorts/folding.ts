import { randomUUID } from 'node:crypto';
import { createDefinitions, type Definitions } from '../../src/cohorts/definitions.ts';
import { editionOf } from '../../src/cohorts/edition.ts';
import { readFactLines } from '../../src/cohorts/fact-lines.ts';
import { createFeed, type Feed } from '../../src/cohorts/feed.ts';
import type { FoldCrew } from '../../src/cohorts/fold-crew.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import type { FactStore, Storage } from '../../src/storage/ports/index.ts';
import { createIntake, type Sender } from '../../xapi/intake.ts';
import type { Agent } from '../../xapi/statement/types.ts';

export const ORG = 'default';
export const COHORT = 'spoc';
const UNIT = 'https://lms.example/unit/1';

/** The parts of one process that fold facts over a store: as a server and a command have them. */
export interface Folding {
  readonly storage: Storage;
  readonly definitions: Definitions;
  readonly feed: Feed;
  /** Accepts a batch of statements about the cohort: each of another person, or all of one. */
  tell(count: number, actor?: Agent): Promise<void>;
  /** Applies a definition of the cohort that differs from others by its title. */
  define(title: string): Promise<void>;
  /** Ids of statements kept as facts of a version of the definition. */
  factsOf(version: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Opens a store as a process of its own would; `through` stands between feed and facts; `crew` helps with histories. */
export function openFolding(
  folder: string,
  through = (facts: FactStore): FactStore => facts,
  crew: FoldCrew | null = null,
): Folding {
  const storage = openEmbedded({ folder, mode: 'inline' });
  const definitions = createDefinitions(storage.cohorts, Date.now);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const stores = { statements: storage.statements, facts: through(storage.facts) };
  const feed = createFeed(stores, definitions, log, crew);
  const intake = createIntake({ statements: storage.statements, newId: randomUUID, onStored: () => {} });
  const sender: Sender = {
    org: ORG,
    authority: { account: { homePage: 'https://tool.example', name: 'test' } },
    writer: { keyId: 'test', standings: false, voidsAny: false },
  };
  return {
    storage,
    definitions,
    feed,
    tell: async (count, actor) => {
      const batch = Array.from({ length: count }, () => ({
        actor: actor ?? { account: { homePage: 'https://lms.example', name: randomUUID() } },
        verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
        object: { id: UNIT },
      }));
      await intake.accept(sender, JSON.stringify(batch), '1.0.3');
    },
    define: async (title) => {
      const definition = { id: COHORT, title, kind: 'spoc', startsOn: '2026-01-05', units: [{ id: UNIT }] };
      await definitions.apply(ORG, definition, 'a test');
    },
    factsOf: async (version) =>
      (await storage.facts.facts(ORG, COHORT, editionOf({ version }), 0)).texts
        .flatMap((text) => readFactLines(text, null))
        .map(({ statementId }) => statementId)
        .toSorted(),
    close: async () => {
      await feed.close();
      await storage.close();
    },
  };
}

/** A store of facts whose `advance` waits, once armed, until it is let go. */
export function gate(): {
  readonly through: (facts: FactStore) => FactStore;
  /** From now on `advance` waits; resolves when one does. */
  reached(): Promise<void>;
  open(): void;
} {
  let arrived = () => {};
  let open = () => {};
  let barrier: Promise<void> | null = null;
  return {
    through: (facts) => ({
      ...facts,
      advance: async (...given) => {
        arrived();
        await barrier;
        return facts.advance(...given);
      },
    }),
    reached: () => {
      barrier = new Promise((resolve) => {
        open = resolve;
      });
      return new Promise((resolve) => {
        arrived = resolve;
      });
    },
    open: () => open(),
  };
}
