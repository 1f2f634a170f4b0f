import type { Logger } from '../base/logger.ts';
import type { KnownFact } from '../progress/fact.ts';
import type { FactLines, FoldStep } from '../storage/ports/fact-store.ts';
import type { Storage } from '../storage/ports/index.ts';
import type { Cohort, Definitions } from './definitions.ts';
import { editionOf } from './edition.ts';
import type { Wanted } from './fact-lines.ts';
import { activitiesOf, factsFor, linesOf, PAGE, targetOf } from './fold.ts';
import type { FoldCrew } from './fold-crew.ts';
import { inStep } from './in-step.ts';
import { createKeptFacts } from './kept-facts.ts';

/** How long statements may gather before they are read, in ms: a run costs less than many small ones. */
const SOON = 50;

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
   * The facts of this version of a cohort, of the actors wanted at least (null: of all), everything stored before the
   * call included; null when they are not kept: another version holds by now, or somebody rebuilds.
   */
  factsOf(cohort: Cohort, wanted?: Wanted): Promise<readonly KnownFact[] | null>;
  /** Waits for work under way; nothing is started afterwards. */
  close(): Promise<void>;
}

type Stores = Pick<Storage, 'statements' | 'facts'>;

/** A cohort and the position its facts have reached, -1 when nothing was folded. */
interface Standing {
  readonly cohort: Cohort;
  readonly seq: number;
}

export function createFeed(
  stores: Stores,
  definitions: Definitions,
  log: Logger,
  crew: FoldCrew | null = null,
): Feed {
  const kept = createKeptFacts(stores.facts);
  let running: Promise<void> | null = null;
  let again: Promise<void> | null = null;
  let waking: NodeJS.Timeout | null = null;
  let closed = false;

  const settled = (): Promise<void> => {
    if (closed) return Promise.resolve();
    if (running === null) {
      running = catchUp(stores, definitions, crew).finally(() => {
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
    factsOf: async (cohort, wanted = null) => {
      const { seq: head } = await stores.statements.head();
      const there = await kept.upTo(cohort, head, wanted);
      if (there !== null) return there;
      await settled();
      return kept.upTo(cohort, head, wanted);
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
async function catchUp(stores: Stores, definitions: Definitions, crew: FoldCrew | null): Promise<void> {
  const { seq: head } = await stores.statements.head();
  for (;;) {
    const standings = await standingsNow(stores, definitions);
    if (standings.every(({ seq }) => seq >= head)) return;
    const front = Math.max(...standings.map(({ seq }) => seq));
    const start = front < 0 ? head : Math.min(front, head);
    for (const standing of standings) if (standing.seq < start) await refold(stores, standing, start, crew);
    if (start < head) await follow(stores, standings, start, head);
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
    if (!cohort) continue;
    const edition = editionOf(cohort);
    if (version === edition) reached.set(cohort, seq);
    else if (version < edition) await facts.forget(org, cohortId, edition);
  }
  return cohorts.map((cohort) => ({ cohort, seq: reached.get(cohort) ?? -1 }));
}

/** Reads the cohort's own statements from where it stands up to `upTo`: a new definition, or a process that was away. */
async function refold(
  stores: Stores,
  standing: Standing,
  upTo: number,
  crew: FoldCrew | null,
): Promise<void> {
  const start = Math.max(standing.seq, 0);
  if (crew && upTo - start >= crew.from) await refoldTogether(stores, standing.cohort, start, upTo, crew);
  else await refoldHere(stores, standing.cohort, start, upTo);
}

function refoldHere(
  { statements, facts }: Stores,
  cohort: Cohort,
  start: number,
  upTo: number,
): Promise<void> {
  const target = targetOf(cohort);
  const activities = activitiesOf(target);
  return inStep(
    start,
    async (from) => {
      const page = await statements.feedOf(cohort.org, activities, from, upTo, PAGE);
      return { page, seq: page.length < PAGE ? upTo : (page.at(-1)?.seq ?? upTo) };
    },
    (page, from, seq) => {
      const lines = linesOf(cohort, factsFor([target], page).flat());
      return () => facts.advance([lines], [stepOf(cohort, from, seq)]);
    },
    upTo,
  );
}

/** A long history, stretch by stretch in several threads; what they make is written in order. */
function refoldTogether({ facts }: Stores, cohort: Cohort, start: number, upTo: number, crew: FoldCrew) {
  return crew.during(async (fold) => {
    const stretches = Array.from({ length: Math.ceil((upTo - start) / crew.stretch) }, (_, index) => {
      const from = start + index * crew.stretch;
      return { cohort, from, to: Math.min(from + crew.stretch, upTo) };
    });
    const ahead: Promise<FactLines>[] = [];
    for (const [index, { from, to }] of stretches.entries()) {
      for (const next of stretches.slice(index + ahead.length, index + 2 * crew.size)) {
        const folding = fold(next);
        // Awaited in its turn; if that never comes, nobody is left to be told.
        folding.catch(() => undefined);
        ahead.push(folding);
      }
      const lines = await ahead.shift();
      if (lines) await facts.advance([lines], [stepOf(cohort, from, to)]);
    }
  });
}

/** Reads all new statements once for all cohorts. */
function follow(
  { statements, facts }: Stores,
  standings: readonly Standing[],
  start: number,
  head: number,
): Promise<void> {
  const targets = standings.map(({ cohort }) => targetOf(cohort));
  return inStep(
    start,
    async (from) => {
      const page = await statements.feed(from, PAGE);
      return { page, seq: page.at(-1)?.seq ?? head };
    },
    (page, from, seq) => {
      const made = factsFor(targets, page);
      const lines = targets
        .map(({ cohort }, index) => linesOf(cohort, made[index] ?? []))
        .filter(({ seqs }) => seqs.length > 0);
      return () =>
        facts.advance(
          lines,
          targets.map(({ cohort }) => stepOf(cohort, from, seq)),
        );
    },
    head,
  );
}

function stepOf(cohort: Cohort, from: number, seq: number): FoldStep {
  return { org: cohort.org, cohortId: cohort.id, version: editionOf(cohort), from, seq };
}
