import { createServer, type Server } from 'node:http';

// What learning content does with the address it was opened by; it runs here and, as text, in pages of a browser.

/** xAPI content (Storyline's way): says that it is completed. Answers the status. */
export async function playXapi(href: string): Promise<number> {
  const given = new URL(href).searchParams;
  const said = (verb: string, result: unknown) => ({
    actor: JSON.parse(given.get('actor') ?? 'null'),
    verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
    object: { id: given.get('activity_id') },
    result,
    context: {
      registration: given.get('registration'),
      platform: given.get('activity_platform'),
      contextActivities: { grouping: [{ id: given.get('grouping') }] },
    },
  });
  const answer = await fetch(`${given.get('endpoint')}statements`, {
    method: 'POST',
    headers: {
      Authorization: given.get('auth') ?? '',
      'Content-Type': 'application/json',
      'X-Experience-API-Version': '1.0.3',
    },
    body: JSON.stringify([said('attempted', {}), said('completed', { completion: true })]),
  });
  return answer.status;
}

/** What cmi5 content met. */
export interface Cmi5Play {
  /** What the fetch address answered. */
  readonly fetched: Readonly<Record<string, string>>;
  readonly launchData: ReturnType<typeof JSON.parse>;
  readonly preferences: ReturnType<typeof JSON.parse>;
  /** Of each statement sent, in order. */
  readonly statuses: readonly number[];
}

/** An assignable unit of cmi5: fetches its key, reads what it must, and says these verbs in their order. */
export async function playCmi5(href: string, verbs: readonly string[]): Promise<Cmi5Play> {
  const given = new URL(href).searchParams;
  const [endpoint, activity, registration] = ['endpoint', 'activityId', 'registration'].map(
    (name) => given.get(name) ?? '',
  );
  const fetched = await (await fetch(given.get('fetch') ?? '', { method: 'POST' })).json();
  const headers = {
    Authorization: `Basic ${fetched['auth-token']}`,
    'Content-Type': 'application/json',
    'X-Experience-API-Version': '1.0.3',
  };
  const read = async (resource: string, query: Readonly<Record<string, string>>) => {
    const answer = await fetch(`${endpoint}${resource}?${new URLSearchParams(query)}`, { headers });
    return answer.ok ? answer.json() : null;
  };
  const agent = given.get('actor') ?? '';
  const state = { activityId: activity ?? '', agent, registration: registration ?? '' };
  const launchData = await read('activities/state', { ...state, stateId: 'LMS.LaunchData' });
  const preferences = await read('agents/profile', { agent, profileId: 'cmi5LearnerPreferences' });
  const statuses: number[] = [];
  for (const verb of verbs) {
    const judged = verb === 'completed' || verb === 'passed';
    const template = launchData?.contextTemplate ?? {};
    const categories = ['cmi5', ...(judged ? ['moveon'] : [])];
    const answer = await fetch(`${endpoint}statements`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        id: crypto.randomUUID(),
        actor: JSON.parse(agent),
        verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
        object: { id: activity },
        ...(verb === 'initialized' ? {} : { result: { duration: 'PT5S' } }),
        ...(verb === 'completed' ? { result: { duration: 'PT5S', completion: true } } : {}),
        ...(verb === 'passed' ? { result: { duration: 'PT5S', success: true, score: { scaled: 0.9 } } } : {}),
        context: {
          ...template,
          registration,
          contextActivities: {
            ...template.contextActivities,
            category: categories.map((id) => ({ id: `https://w3id.org/xapi/cmi5/context/categories/${id}` })),
          },
        },
        timestamp: new Date().toISOString(),
      }),
    });
    statuses.push(answer.status);
  }
  return { fetched, launchData, preferences, statuses };
}

/** A server of content on an origin of its own; what it is asked for is kept. */
export async function startContentServer(): Promise<{
  readonly url: string;
  readonly referrers: readonly (string | undefined)[];
  close(): Promise<void>;
}> {
  const referrers: (string | undefined)[] = [];
  const page = (script: string) =>
    `<!doctype html><html lang="fr"><title>Contenu</title><h1>Contenu</h1><output></output>
<script type="module">const out = document.querySelector('output');
try { ${script} } catch (error) { out.textContent = String(error); }</script></html>`;
  const pages: Readonly<Record<string, string>> = {
    '/link': page(`out.textContent = 'lu'`),
    '/xapi': page(`out.textContent = await (${playXapi})(location.href)`),
    '/cmi5': page(
      `out.textContent = (await (${playCmi5})(location.href, ['initialized', 'completed', 'terminated'])).statuses`,
    ),
  };
  const server: Server = createServer((request, response) => {
    const found = pages[new URL(request.url ?? '', 'http://host').pathname];
    if (found !== undefined) referrers.push(request.headers.referer);
    response
      .writeHead(found === undefined ? 404 : 200, {
        'Content-Type': 'text/html; charset=utf-8',
        // As most content of others: no page may frame it.
        'X-Frame-Options': 'DENY',
      })
      .end(found ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the content server has no port');
  return {
    url: `http://localhost:${address.port}`,
    referrers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
