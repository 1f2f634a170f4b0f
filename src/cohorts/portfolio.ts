import { portfolioOf } from '../metrics/portfolio.ts';
import type { Portfolio, PortfolioLine, PortfolioQuery, PortfolioScope } from '../metrics/portfolio-types.ts';
import type { Storage } from '../storage/ports/index.ts';
import type { Cohort, Definitions } from './definitions.ts';
import { editionOf } from './edition.ts';
import type { Feed } from './feed.ts';
import type { Figures } from './figures.ts';

export interface PortfolioDeps {
  readonly definitions: Pick<Definitions, 'list'>;
  readonly figures: Pick<Figures, 'of'>;
  readonly feed: Pick<Feed, 'settled'>;
  readonly facts: Storage['facts'];
  readonly cohorts: Storage['cohorts'];
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** The portfolio of an organisation now, of the cohorts that at least one of the scopes allows (docs/portfolio.md). */
export type ReadPortfolio = (
  org: string,
  scopes: readonly PortfolioScope[],
  query: PortfolioQuery,
) => Promise<Portfolio>;

/** How long a line holds though nothing new was recorded, ms: time alone makes people inactive, and cohorts close. */
const HOLDS = { open: 60_000, final: 3_600_000 } as const;
/** Cohorts computed at the same time: while one is read, another is folded. */
const AT_ONCE = 4;

/** What there is to look at of a cohort: when it is the same, and no newer facts are there, the line is. */
interface Standing {
  readonly records: string;
  readonly generation: string | null;
  /** Position that its facts have reached. */
  readonly reached: number;
}

/** What a cohort added when it was looked at last, at an instant (ms). */
interface Remembered {
  readonly line: PortfolioLine;
  readonly at: number;
  readonly standing: Standing;
}

/** Beyond any statement: what is asked after it is where the facts stand. */
const END = Number.MAX_SAFE_INTEGER;

/** Reads lines of cohorts, and remembers them until something about the cohort is recorded. */
export function createPortfolio(deps: PortfolioDeps): ReadPortfolio {
  const { definitions, figures, feed, facts, clock } = deps;
  const remembered = new Map<string, Remembered>();

  /** The line kept, while nothing was recorded since. */
  const keptLine = async (cohort: Cohort, key: string, records: string): Promise<PortfolioLine | null> => {
    const known = remembered.get(key);
    if (known?.standing.records !== records) return null;
    const age = clock() - known.at;
    if (age < 0 || age >= HOLDS[known.line.final ? 'final' : 'open']) return null;
    const { reached, generation } = known.standing;
    const news = await facts.facts(cohort.org, cohort.id, editionOf(cohort), reached);
    if (generation === null || news.generation !== generation) return null;
    if (news.texts.length > 0 || news.voided.length > 0) return null;
    remembered.set(key, { ...known, standing: { ...known.standing, reached: news.reached } });
    return known.line;
  };

  const lineOf = async (cohort: Cohort, rules: number): Promise<PortfolioLine> => {
    const { org, id } = cohort;
    const key = `${org}\n${id}`;
    const records = `${rules} ${await recordsStamp(deps, cohort)}`;
    const kept = await keptLine(cohort, key, records);
    if (kept) return kept;
    const { generation, reached } = await facts.facts(org, id, editionOf(cohort), END);
    const at = clock();
    // At an instant, so that the memory of the cohorts that people look at is left to these.
    const line = (await figures.of(org, id, { asOf: at, knownAt: null })).portfolioLine();
    remembered.set(key, { line, at, standing: { records, generation, reached } });
    return line;
  };

  return async (org, scopes, query) => {
    await feed.settled();
    const waiting = [...(await definitions.list(org))];
    const rules = (await deps.cohorts.identityRules(org)).length;
    const asOf = new Date(clock()).toISOString();
    const lines: PortfolioLine[] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) lines.push(await lineOf(next, rules));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return portfolioOf(lines, scopes, query, asOf);
  };
}

/** Changes with the cohort's definition, its enrolments, and who is who in it: records are added, never changed. */
async function recordsStamp(
  { cohorts }: Pick<PortfolioDeps, 'cohorts'>,
  { org, id, version }: Cohort,
): Promise<string> {
  const changes = await cohorts.enrolmentChanges(org, id);
  const { identities, links } = await cohorts.people(org, { cohortId: id });
  return [version, changes.length, identities.length, links.length].join(' ');
}
