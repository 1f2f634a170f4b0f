import type { LearningEvent } from '../../xapi/vocabulary/event.ts';
import { readKept } from '../../xapi/vocabulary/read-kept.ts';
import type { Logger } from '../base/logger.ts';
import type { Fact, KnownFact } from '../progress/fact.ts';
import { type Places, place, placesOf } from '../progress/place.ts';
import type { FoldStep, NewFact } from '../storage/ports/fact-store.ts';
import type { Storage, StoredStatement } from '../storage/ports/index.ts';
import type { Cohort, Definitions } from './definitions.ts';
import { inStep } from './in-step.ts';
import { createKeptFacts } from './kept-facts.ts';

/** How long statements may gather before they are read, in ms: a run costs less than many small ones. */
const SOON = 50;
/** Statements read at a time. */
const PAGE = 1_000;

/**
 * Keeps the facts of all cohorts in step with the statements. Replaying is harmless, and several processes may run it
 * at once: what one of them forgets or redefines meanwhile is seen before anything counts as settled.
 */
export interface Feed {
  /** Something was stored or a definition changed: catch up soon. */
  wake(): void;
  /** Resolves when everything stored before the call has become facts. */
  settled(): Promise<void>;
  /**
   * The facts of this version of a cohort, everything stored before the call included; null when they are not kept:
   * another version holds by now, or somebody rebuilds.
   */
  factsOf(cohort: Cohort): Promise<readonly KnownFact[] | null>;
  /** Waits for work under way; nothing is started afterwards. */
  close(): Promise<void>;
}

type Stores = Pick<Storage, 'statements' | 'facts'>;

/** A cohort and the position its facts have reached, -1 when nothing was folded. */
interface Standing {
  readonly cohort: Cohort;
  readonly seq: number;
}

interface Target extends Standing {
  readonly places: Places;
}

export function createFeed(stores: Stores, definitions: Definitions, log: Logger): Feed {
  const kept = createKeptFacts(stores.facts);
  let running: Promise<void> | null = null;
  let again: Promise<void> | null = null;
  let waking: NodeJS.Timeout | null = null;
  let closed = false;

  const settled = (): Promise<void> => {
    if (closed) return Promise.resolve();
    if (running === null) {
      running = catchUp(stores, definitions).finally(() => {
        running = null;
      });
      return running;
    }
    // The run under way may have looked before the latest commit: one more run, shared by all who ask meanwhile.
    again ??= running
      .catch(() => undefined)
      .then(() => {
        again = null;
        return settled();
      });
    return again;
  };

  return {
    settled,
    factsOf: async (cohort) => {
      const { seq: head } = await stores.statements.head();
      await settled();
      return kept.upTo(cohort, head);
    },
    wake: () => {
      waking ??= setTimeout(() => {
        waking = null;
        settled().catch((error: unknown) =>
          log.error({ err: error }, 'facts could not be brought up to date'),
        );
      }, SOON);
    },
    close: async () => {
      closed = true;
      if (waking !== null) clearTimeout(waking);
      await Promise.allSettled([running, again]);
    },
  };
}

/** Folds until every cohort, as it is defined in the end, has reached the newest statement of the beginning. */
async function catchUp(stores: Stores, definitions: Definitions): Promise<void> {
  const { seq: head } = await stores.statements.head();
  for (;;) {
    const standings = await standingsNow(stores, definitions);
    if (standings.every(({ seq }) => seq >= head)) return;
    const targets = standings.map(
      (standing): Target => ({
        ...standing,
        places: placesOf(standing.cohort.org, standing.cohort.definition),
      }),
    );
    const front = Math.max(...targets.map(({ seq }) => seq));
    const start = front < 0 ? head : Math.min(front, head);
    for (const target of targets) if (target.seq < start) await refold(stores, target, start);
    if (start < head) await follow(stores, targets, start, head);
  }
}

/** Every cohort and how far its facts are; what is left of older versions is forgotten. */
async function standingsNow({ facts }: Stores, definitions: Definitions): Promise<readonly Standing[]> {
  const positions = await facts.positions();
  const cohorts = await definitions.listAll();
  const byPlace = new Map(cohorts.map((cohort) => [`${cohort.org}\n${cohort.id}`, cohort]));
  const reached = new Map<Cohort, number>();
  for (const { org, cohortId, version, seq } of positions) {
    const cohort = byPlace.get(`${org}\n${cohortId}`);
    if (cohort?.version === version) reached.set(cohort, seq);
    else if (cohort && version < cohort.version) await facts.forget(org, cohortId, cohort.version);
  }
  return cohorts.map((cohort) => ({ cohort, seq: reached.get(cohort) ?? -1 }));
}

/** Reads the cohort's own statements from where it stands up to `upTo`: a new definition, or a process that was away. */
function refold({ statements, facts }: Stores, target: Target, upTo: number): Promise<void> {
  const { cohort, places } = target;
  const activities = [...places.units, ...places.contexts];
  return inStep(
    Math.max(target.seq, 0),
    async (from) => {
      const page = await statements.feedOf(cohort.org, activities, from, upTo, PAGE);
      return { page, seq: page.length < PAGE ? upTo : (page.at(-1)?.seq ?? upTo) };
    },
    (page, from, seq) => {
      const made = asKept(factsFor([target], page));
      return () => facts.advance(made, [stepOf(cohort, from, seq)]);
    },
    upTo,
  );
}

/** Reads all new statements once for all cohorts. */
function follow(
  { statements, facts }: Stores,
  targets: readonly Target[],
  start: number,
  head: number,
): Promise<void> {
  return inStep(
    start,
    async (from) => {
      const page = await statements.feed(from, PAGE);
      return { page, seq: page.at(-1)?.seq ?? head };
    },
    (page, from, seq) => {
      const made = asKept(factsFor(targets, page));
      return () =>
        facts.advance(
          made,
          targets.map(({ cohort }) => stepOf(cohort, from, seq)),
        );
    },
    head,
  );
}

function stepOf({ org, id, version }: Cohort, from: number, seq: number): FoldStep {
  return { org, cohortId: id, version, from, seq };
}

/** A fact of one of the cohorts asked about, and the position of its statement. */
export interface FoldedFact<Of> {
  readonly of: Of;
  readonly seq: number;
  readonly fact: Fact;
}

/** The facts that statements are for cohorts of their own organisation. */
export function factsFor<Of extends { readonly cohort: Cohort; readonly places: Places }>(
  targets: readonly Of[],
  page: readonly StoredStatement[],
): readonly FoldedFact<Of>[] {
  const facts: FoldedFact<Of>[] = [];
  for (const kept of page) {
    let event: LearningEvent | null | undefined;
    for (const of of targets) {
      if (of.cohort.org !== kept.org) continue;
      event ??= readKept(kept);
      if (event === null) break;
      const fact = place(event, of.places);
      if (fact) facts.push({ of, seq: kept.seq, fact });
    }
  }
  return facts;
}

/** Facts as they are kept. */
function asKept(facts: readonly FoldedFact<Target>[]): readonly NewFact[] {
  return facts.map(({ of: { cohort }, seq, fact }) => ({
    org: cohort.org,
    cohortId: cohort.id,
    version: cohort.version,
    seq,
    text: JSON.stringify(fact),
  }));
}
