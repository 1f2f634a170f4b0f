import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongo } from '../../src/storage/mongodb/open-mongodb.ts';
import type { StoredStatement } from '../../src/storage/ports/index.ts';
import { Browser } from '../platform/browser.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import { someCourse, somePeople, toolAt } from '../platform/demo-people.ts';
import { builtCommand } from '../support/built-product.ts';
import { mongoServer, newDatabase } from '../support/mongodb-server.ts';
import { dropDatabase } from '../support/open-mongodb.ts';
import { type RoundRobinProxy, startRoundRobinProxy } from '../support/round-robin-proxy.ts';
import { runScript } from '../support/run-script.ts';
import { newRequest, type SentRequest, sendRequest } from './sent.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const server = await mongoServer();

/** How often an instance is killed, one or the other. */
const KILLS = 8;
const SENDERS = ['batch', 'single'] as const;
const LEARNERS = ['4', '5', '6'];
const COHORT = 'course';
const CLIENT = '0dbbxfQNuARSwJP';

/** A launch that a person saw the end of. */
interface Visit {
  readonly user: string;
  readonly browser: Browser;
  /** The page it led to. */
  readonly page: string;
}

describe.skipIf(server === null)('two instances over one database, killed in turn behind a proxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-two-'));
  const database = server === null ? '' : newDatabase(server);
  const instances: (ServerProcess | undefined)[] = [undefined, undefined];
  const sent: SentRequest[] = [];
  const visits: Visit[] = [];
  let proxy: RoundRobinProxy;
  let lms: DemoLms;
  let authorization = '';
  let killing = true;

  const environment = () => ({
    MONGODB_URI: database,
    ASSIDU_URL: proxy.url,
    ASSIDU_SECRET: secret,
    ASSIDU_ALLOW_PRIVATE: 'true',
    ASSIDU_LOG: 'silent',
    NODE_ENV: '',
  });
  const secret = randomBytes(32).toString('hex');
  const command = async (...args: readonly string[]) => {
    const ran = await runScript(builtCommand(), args, environment());
    expect(ran.code, `${args.join(' ')}: ${ran.stderr}`).toBe(0);
    return ran.stdout;
  };

  beforeAll(async () => {
    const portsNow = () => instances.flatMap((each) => (each ? [Number(new URL(each.url).port)] : []));
    proxy = await startRoundRobinProxy(portsNow);
    lms = await startDemoLms({ profile: 'moodle', name: 'Campus', users: somePeople, courses: [someCourse] });
    lms.registerTool(toolAt(proxy.url, { toolJwksUrl: `${proxy.url}/lti/jwks` }));
    await prepare();
    await Promise.all(instances.map((_none, index) => start(index)));
    await Promise.all([killInTurn(), ...SENDERS.map(send), ...LEARNERS.map(launchAgainAndAgain)]);
  }, 300_000);
  afterAll(async () => {
    for (const each of instances) each?.kill();
    await Promise.all(instances.map((each) => each?.ended));
    await proxy.close();
    await lms.close();
    await dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
  });

  const prepare = async () => {
    const key = JSON.parse(await command('key', 'create', '--scopes', 'all,cohorts', '--json'));
    authorization = `Basic ${Buffer.from(`${key.key}:${key.secret}`).toString('base64')}`;
    const { issuer, authUrl, tokenUrl, jwksUrl } = lms;
    const platform = ['--name', 'Campus', '--issuer', issuer, '--client-id', CLIENT, '--deployment', '1'];
    const urls = ['--auth-url', authUrl, '--token-url', tokenUrl, '--jwks-url', jwksUrl];
    await command('platform', 'add', ...platform, ...urls, '--json');
    const definition = {
      id: COHORT,
      title: 'A course',
      kind: 'spoc',
      startsOn: '2026-01-05',
      contexts: [{ platform: issuer, course: someCourse.id }],
      units: [{ id: 'https://lms.example/unit/1' }],
    };
    writeFileSync(join(folder, 'cohort.json'), JSON.stringify(definition));
    await command('cohort', 'apply', join(folder, 'cohort.json'));
  };

  const start = async (index: number) => {
    instances[index] = await startServerProcess(folder, environment());
  };

  /** One instance is always there; whoever is killed is away until it has started again. */
  const killInTurn = async () => {
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        await setTimeout(randomInt(300, 1_500));
        const index = randomInt(instances.length);
        const instance = instances[index];
        instances[index] = undefined;
        instance?.kill();
        await instance?.ended;
        await start(index);
      }
    } finally {
      killing = false;
    }
  };

  /** As an LMS plugin does it: what was not acknowledged is sent again, under the same ids. */
  const send = async (kind: (typeof SENDERS)[number]) => {
    while (killing) {
      const request = newRequest(kind);
      sent.push(request);
      while (!request.acknowledged) {
        try {
          await sendRequest(proxy.url, authorization, request);
        } catch (error) {
          if (!isAway(error)) throw error;
          await setTimeout(50);
        }
      }
    }
  };

  const launchAgainAndAgain = async (user: string) => {
    while (killing) {
      const browser = new Browser();
      const course = { user, course: someCourse.id, link: '1', clientId: CLIENT };
      const page = await browser.launch(lms, course);
      if (page.status === 502) continue;
      expect(page.status, page.html).toBe(200);
      visits.push({ user, browser, page: page.url });
    }
  };

  /** All that is kept, as another instance reads it. */
  const kept = async (): Promise<readonly StoredStatement[]> => {
    const storage = openMongo({ uri: database });
    const found: StoredStatement[] = [];
    for (;;) {
      const page = await storage.statements.feed(found.at(-1)?.seq ?? 0, 2_000);
      found.push(...page);
      if (page.length === 0) break;
    }
    await storage.close();
    return found;
  };

  it('keep every acknowledged statement once, byte for byte, in one order', async () => {
    const all = await kept();
    const texts = new Map(all.map(({ id, text }) => [id, text]));
    expect(texts.size).toBe(all.length);
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => a - b));
    const good = sent.flatMap((request) => [...request.good]);
    expect(good.length).toBeGreaterThan(KILLS);
    for (const [id, text] of good)
      expect(texts.get(id)?.slice(0, text.length - 1)).toBe(text.slice(0, text.length - 1));
  });

  it('let people who came in go on in their page, whichever instance they meet', async () => {
    expect(new Set(visits.map(({ user }) => user)).size).toBe(LEARNERS.length);
    for (const { browser, page } of visits.slice(-10)) {
      expect((await browser.get(page)).status).toBe(200);
      expect((await browser.get(page)).status).toBe(200);
    }
  });

  it('enrol each of them once, however often they came', async () => {
    const response = await fetch(`${proxy.url}/api/v1/cohorts/${COHORT}/learners`, {
      headers: { authorization },
    });
    const rows: readonly { readonly actor: { readonly account: { readonly name: string } } }[] =
      await response.json();
    expect(rows.map(({ actor }) => actor.account.name).toSorted()).toEqual(LEARNERS);
  });

  it('show figures that equal a recomputation', async () => {
    expect(await command('verify')).toBe(`${COHORT}: equal\n`);
  });
});

/** The instance went away under the request, and the proxy had no other, or could not know. */
function isAway(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.message.includes('answered 502'));
}
