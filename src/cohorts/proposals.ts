import type { Statement } from '../../xapi/statement/types.ts';
import { OWN_WRITER } from '../../xapi/vocabulary/entry.ts';
import { readStatement } from '../../xapi/vocabulary/read-statement.ts';
import type { ProfileStore } from '../storage/ports/profile-store.ts';
import type { StatementStore } from '../storage/ports/statement-store.ts';
import { createActivitySight, type Reach, type SeenActivity } from './activity-seen.ts';
import { type ProposedUnit, proposedUnit } from './propose-unit.ts';

/** An activity that may become a unit, and how many people did what with it. */
export interface Proposal extends ProposedUnit {
  readonly id: string;
  /** By language; null where no statement names it. */
  readonly title: Readonly<Record<string, string>> | null;
  readonly people: number;
  /** How many got how far at most; they add up to `people`. */
  readonly reached: Readonly<Record<Reach, number>>;
  /** ms since the epoch. */
  readonly firstUse: number;
}

/** What the statements of some courses propose. */
export interface Proposals {
  /** In the order of their first use. */
  readonly activities: readonly Proposal[];
  /** Statements that were read, the newest ones; `bounded`: there are older ones. */
  readonly read: number;
  readonly bounded: boolean;
  /** Actors seen, whoever they are. */
  readonly actors: readonly string[];
}

export interface ProposalDeps {
  readonly statements: Pick<StatementStore, 'query'>;
  readonly profiles: Pick<ProfileStore, 'definitions'>;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Statements read at most; MOST_READ when absent. */
  readonly most?: number;
}

/** Statements read for all courses together: a fraction of a second. */
export const MOST_READ = 5_000;
const PAGE = 500;
const MOST_ACTIVITIES = 300;
/** How long an answer is used again, ms: a form asks at every step. */
const FRESH = 30_000;
const MOST_REMEMBERED = 20;

export type FindProposals = (org: string, contexts: readonly string[]) => Promise<Proposals>;

/** Finds the activities of courses (by the activity that each course is) in the newest statements that name these. */
export function createProposals(deps: ProposalDeps): FindProposals {
  const { statements, profiles, clock, most = MOST_READ } = deps;
  const remembered = new Map<string, { readonly at: number; readonly found: Promise<Proposals> }>();

  const find = async (org: string, contexts: readonly string[]): Promise<Proposals> => {
    const sight = createActivitySight(new Set(contexts));
    const actors = new Set<string>();
    const known = new Set<string>();
    let bounded = false;
    for (const activity of contexts) {
      let after: number | undefined;
      const share = Math.floor(most / contexts.length);
      for (let left = share; ; ) {
        const page = await statements.query(org, {
          activity,
          relatedActivities: true,
          relatedAgents: false,
          ascending: false,
          limit: Math.min(PAGE, left),
          ...(after === undefined ? {} : { after }),
        });
        for (const kept of page.statements) {
          if (known.has(kept.id)) continue;
          known.add(kept.id);
          const statement: Statement = JSON.parse(kept.text);
          const { id, timestamp, stored, writer } = kept;
          const own = writer.keyId === OWN_WRITER;
          const event = readStatement({ id, statement, timestamp, stored, standings: writer.standings, own });
          if (event === null) continue;
          actors.add(event.actor);
          sight.add(statement, event);
        }
        left -= page.statements.length;
        if (page.next === null) break;
        after = page.next;
        if (left > 0) continue;
        bounded = true;
        break;
      }
    }
    const activities = sight.activities().slice(0, MOST_ACTIVITIES);
    const titles = await titlesOf(org, activities);
    return {
      activities: activities.map((each) => proposalOf(each, titles.get(each.id) ?? titleOf(each.name))),
      read: known.size,
      bounded,
      actors: [...actors],
    };
  };

  const titlesOf = async (org: string, activities: readonly SeenActivity[]) => {
    const said = await profiles.definitions(
      org,
      activities.map(({ id }) => id),
    );
    return new Map(said.map(({ id, definition }) => [id, titleIn(definition)] as const));
  };

  return async (org, contexts) => {
    const now = clock();
    const key = JSON.stringify([org, ...contexts]);
    const held = remembered.get(key);
    if (held !== undefined && now - held.at < FRESH && now >= held.at) return held.found;
    const found = find(org, contexts);
    remembered.delete(key);
    remembered.set(key, { at: now, found });
    found.catch(() => remembered.delete(key));
    for (const [oldest] of remembered) {
      if (remembered.size <= MOST_REMEMBERED) break;
      remembered.delete(oldest);
    }
    return found;
  };
}

function proposalOf(activity: SeenActivity, title: Proposal['title']): Proposal {
  const reached: Record<Reach, number> = { passed: 0, attended: 0, completed: 0, tried: 0, opened: 0 };
  for (const reach of activity.reached.values()) reached[reach] += 1;
  const { id, firstUse } = activity;
  return { id, title, people: activity.reached.size, reached, firstUse, ...proposedUnit(activity) };
}

/** The name in a definition that is known of an activity (JSON). */
function titleIn(definition: string): Proposal['title'] {
  const { name }: { name?: unknown } = JSON.parse(definition);
  return titleOf(name);
}

/** Names by the language alone: `fr-FR` is `fr`. */
function titleOf(name: unknown): Proposal['title'] {
  if (typeof name !== 'object' || name === null) return null;
  const titles: Record<string, string> = {};
  for (const [tag, text] of Object.entries(name)) {
    const [language = ''] = tag.toLowerCase().split('-');
    if (/^[a-z]{2}$/.test(language) && typeof text === 'string' && text !== '')
      titles[language] ??= text.slice(0, 500);
  }
  return Object.keys(titles).length === 0 ? null : titles;
}
