import type { LearningEvent } from '../../xapi/vocabulary/event.ts';
import { readKept } from '../../xapi/vocabulary/read-kept.ts';
import type { Logger } from '../base/logger.ts';
import { type Places, place, placesOf } from '../progress/place.ts';
import type { NewFact } from '../storage/ports/fact-store.ts';
import type { Storage, StoredStatement } from '../storage/ports/index.ts';
import type { Cohort, Definitions } from './definitions.ts';

/** Statements read at a time. */
const PAGE = 1_000;

/** Keeps the facts of all cohorts in step with the statements. Replaying is harmless; several processes may run it. */
export interface Feed {
  /** Something was stored or a definition changed: catch up soon. */
  wake(): void;
  /** Resolves when everything stored before the call has become facts. */
  settled(): Promise<void>;
  /** Waits for work under way; nothing is started afterwards. */
  close(): Promise<void>;
}

interface Target {
  readonly cohort: Cohort;
  readonly places: Places;
  seq: number;
}

export function createFeed(
  storage: Pick<Storage, 'statements' | 'facts'>,
  definitions: Definitions,
  log: Logger,
): Feed {
  let running: Promise<void> | null = null;
  let again: Promise<void> | null = null;
  let closed = false;

  const settled = (): Promise<void> => {
    if (closed) return Promise.resolve();
    if (running === null) {
      running = catchUp(storage, definitions).finally(() => {
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
    wake: () => {
      settled().catch((error: unknown) => log.error({ err: error }, 'facts could not be brought up to date'));
    },
    close: async () => {
      closed = true;
      await Promise.allSettled([running, again]);
    },
  };
}

async function catchUp(
  { statements, facts }: Pick<Storage, 'statements' | 'facts'>,
  definitions: Definitions,
) {
  const cohorts = await definitions.listAll();
  if (cohorts.length === 0) return;
  const positions = new Map(
    (await facts.positions()).map(({ org, cohortId, version, seq }) => [
      `${org}\n${cohortId}\n${version}`,
      seq,
    ]),
  );
  const targets = cohorts.map(
    (cohort): Target => ({
      cohort,
      places: placesOf(cohort.org, cohort.definition),
      seq: positions.get(`${cohort.org}\n${cohort.id}\n${cohort.version}`) ?? -1,
    }),
  );
  const { seq: head } = await statements.head();
  const front = Math.max(...targets.map(({ seq }) => seq));
  const start = front < 0 ? head : front;
  for (const target of targets) if (target.seq < start) await refold({ statements, facts }, target, start);
  await follow({ statements, facts }, targets, start);
}

/** Reads the cohort's own statements from where it stands up to `upTo`: a new definition, or a process that was away. */
async function refold(
  { statements, facts }: Pick<Storage, 'statements' | 'facts'>,
  target: Target,
  upTo: number,
): Promise<void> {
  const { cohort, places } = target;
  const activities = [...places.units, ...places.contexts];
  let after = Math.max(target.seq, 0);
  for (;;) {
    const page = await statements.feedOf(cohort.org, activities, after, upTo, PAGE);
    after = page.length < PAGE ? upTo : (page.at(-1)?.seq ?? upTo);
    await facts.advance(factsFor([target], page), [positionOf(cohort, after)]);
    if (after >= upTo) break;
  }
  target.seq = upTo;
  await facts.forget(cohort.org, cohort.id, cohort.version);
}

/** Reads all new statements once for all cohorts. */
async function follow(
  { statements, facts }: Pick<Storage, 'statements' | 'facts'>,
  targets: readonly Target[],
  from: number,
): Promise<void> {
  let after = from;
  for (;;) {
    const page = await statements.feed(after, PAGE);
    const last = page.at(-1);
    if (!last) return;
    after = last.seq;
    await facts.advance(
      factsFor(targets, page),
      targets.map(({ cohort }) => positionOf(cohort, after)),
    );
    if (page.length < PAGE) return;
  }
}

function positionOf({ org, id, version }: Cohort, seq: number) {
  return { org, cohortId: id, version, seq };
}

/** The facts that statements are for cohorts of their own organisation. */
export function factsFor(
  targets: readonly { readonly cohort: Cohort; readonly places: Places }[],
  page: readonly StoredStatement[],
): readonly NewFact[] {
  const facts: NewFact[] = [];
  for (const kept of page) {
    let event: LearningEvent | null | undefined;
    for (const { cohort, places } of targets) {
      if (cohort.org !== kept.org) continue;
      event ??= readKept(kept);
      if (event === null) break;
      const fact = place(event, places);
      if (fact)
        facts.push({
          org: cohort.org,
          cohortId: cohort.id,
          version: cohort.version,
          statementId: fact.statementId,
          actor: fact.actor,
          value: JSON.stringify(fact),
        });
    }
  }
  return facts;
}
