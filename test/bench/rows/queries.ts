import { p95 } from '../get.ts';
import type { Product } from '../product.ts';
import { benchId } from '../statements.ts';
import { LMS, WORLD } from '../world.ts';

const VIEWED = 'http://id.tincanapi.com/verb/viewed';

const agent = (n: number): string =>
  JSON.stringify({ account: { homePage: LMS, name: String((n * 83) % WORLD.learners) } });
const course = (n: number): string => `${LMS}/course/view.php?id=${n % WORLD.courses}`;
const page = (n: number): string => `${LMS}/mod/page/view.php?id=${100 * (n % WORLD.courses) + (n % 12)}`;

/** What is asked for, by name: each shape with another person, course or page every time. */
const SHAPES: Readonly<Record<string, (n: number) => Readonly<Record<string, string>>>> = {
  'agent + related course': (n) => ({ agent: agent(n), activity: course(n), related_activities: 'true' }),
  id: (n) => ({ statementId: benchId(n) }),
  newest: () => ({}),
  agent: (n) => ({ agent: agent(n) }),
  'related agent': (n) => ({ agent: agent(n), related_agents: 'true' }),
  activity: (n) => ({ activity: page(n) }),
  'related course': (n) => ({ activity: course(n), related_activities: 'true' }),
  verb: () => ({ verb: VIEWED }),
  'verb + activity': (n) => ({ verb: VIEWED, activity: page(n) }),
  'agent + verb, ascending': (n) => ({ agent: agent(n), verb: VIEWED, ascending: 'true' }),
  'related course since': (n) => ({
    activity: course(n),
    related_activities: 'true',
    since: new Date(Date.now() - 60_000 * (n + 1)).toISOString(),
    ascending: 'true',
  }),
  'agent never seen': (n) => ({ agent: JSON.stringify({ mbox: `mailto:nobody-${n}@example.org` }) }),
};

/** p95 in ms of each shape, asked 60 times on pages of 25, first page and a later one by turns. */
export async function timeQueries(product: Product): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const [name, shape] of Object.entries(SHAPES)) {
    const paths: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      const first = pathOf(shape(n));
      paths.push(first, (await moreOf(product, first)) ?? first);
    }
    times.set(name, await p95(product, paths));
  }
  return times;
}

function pathOf(query: Readonly<Record<string, string>>): string {
  const limit = 'statementId' in query ? {} : { limit: '25' };
  return `/xapi/statements?${new URLSearchParams({ ...query, ...limit })}`;
}

/** The address of a page further on; null where there is none. */
async function moreOf(product: Product, first: string): Promise<string | null> {
  let path: string | null = null;
  for (let pages = 0, next = first; pages < 3; pages += 1) {
    const answer = await fetch(`${product.url}${next}`, { headers: product.headers });
    const { more } = (await answer.json()) as { readonly more?: string };
    if (!more) return path;
    path = more;
    next = more;
  }
  return path;
}
