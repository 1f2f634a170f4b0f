import { createServer, type Server } from 'node:http';
import fc from 'fast-check';
import { calculateJwkThumbprint } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasUserId } from '../platform/canvas-claims.ts';
import { type DemoLms, startDemoLms } from '../platform/demo-lms.ts';
import { scope } from '../platform/launch-message.ts';
import type { ServiceFault } from '../platform/service-faults.ts';
import { CLIENT, learners, person } from '../support/campus.ts';
import { type Node, openNode, plainStatement } from '../support/open-node.ts';

const UNITS = ['a', 'b', 'c', 'd'].map((name) => `https://lms.example/unit/${name}`);
const PEOPLE = ['1', '2', '3'];
const MINUTE = 60_000;

type Profile = 'moodle' | 'canvas';
let keyServer: Server;
let node: Node;
const lmses = new Map<Profile, DemoLms>();
let turn = 0;

beforeAll(async () => {
  node = openNode({ start: Date.parse('2026-02-02T10:00:00Z') });
  keyServer = createServer(async (_request, response) => {
    const kept = await node.services().storage.toolKeys.list();
    const keys = await Promise.all(
      kept.map(async ({ publicJwk }) => {
        const jwk: Record<string, string> = JSON.parse(publicJwk);
        return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' };
      }),
    );
    response.end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => keyServer.listen(0, 'localhost', resolve));
  const address = keyServer.address();
  const toolJwksUrl = `http://localhost:${typeof address === 'object' ? address?.port : 0}/`;
  for (const profile of ['moodle', 'canvas'] as const) {
    const lms = await startDemoLms({
      profile,
      name: 'Campus',
      users: learners(PEOPLE.length),
      courses: [{ id: '2', label: 'GP', title: 'GP', links: [] }],
      clock: () => new Date(node.now()),
    });
    lms.registerTool({
      clientId: CLIENT,
      deploymentId: '1',
      loginUrl: 'http://localhost:1/lti/login',
      launchUrl: 'http://localhost:1/lti/launch',
      redirectUris: [],
      toolJwksUrl,
    });
    lmses.set(profile, lms);
    await node.services().storage.registrations.save({
      id: profile,
      org: 'default',
      name: 'Campus',
      issuer: lms.issuer,
      clientId: CLIENT,
      authUrl: lms.authUrl,
      tokenUrl: lms.tokenUrl,
      jwksUrl: lms.jwksUrl,
      deployments: ['1'],
      status: 'active',
      actorFormat: { homePage: lms.issuer, name: 'sub' },
      frameOrigins: [],
      createdAt: 0,
    });
    const base =
      profile === 'moodle' ? '/mod/lti/services.php/2/lineitems?type_id=1' : '/api/lti/courses/2/line_items';
    await node.services().storage.courses.save({
      org: 'default',
      registrationId: profile,
      deployment: '1',
      courseId: '2',
      membershipsUrl: null,
      lineItemsUrl: `${lms.url}${base}`,
      scopes: scope.scores,
      seenAt: 0,
    });
  }
});
afterAll(async () => {
  await Promise.all([...lmses.values()].map((lms) => lms.close()));
  await node.close();
  keyServer.close();
});

function subOf(profile: Profile, id: string): string {
  return profile === 'canvas' ? canvasUserId(lmses.get(profile)?.url ?? '', person(id)) : id;
}

/** A cohort of its own with the three learners; answers its id. */
async function newCohort(profile: Profile): Promise<string> {
  turn += 1;
  const id = `c${turn}`;
  const { definitions, enrolments, storage } = node.services();
  const homePage = lmses.get(profile)?.issuer ?? '';
  const { cohort } = await definitions.apply(
    'default',
    {
      id,
      title: id,
      kind: 'spoc',
      timezone: 'UTC',
      startsOn: '2026-01-05',
      contexts: [{ platform: homePage, course: '2' }],
      units: UNITS.map((unit) => ({ id: `${unit}/${id}` })),
      grades: { lineItem: 'cohort' },
    },
    'test',
  );
  const actorOf = (user: string) => ({ account: { homePage, name: subOf(profile, user) } });
  const entry = { enrolledAt: null, endedAt: null, reason: null };
  await enrolments.record(
    cohort,
    PEOPLE.map((user) => ({ ...entry, actor: actorOf(user) })),
    { source: 'api', by: 'test' },
  );
  const users = await Promise.all(
    PEOPLE.map(async (user) => {
      const key = `account|${homePage}|${subOf(profile, user)}`;
      const learner = await storage.cohorts.findLearner('default', key);
      return { sub: subOf(profile, user), learnerId: learner?.id ?? '', groups: null };
    }),
  );
  await storage.courses.saveUsers({ org: 'default', registrationId: profile, courseId: '2' }, users);
  return id;
}

type Step =
  | { readonly kind: 'complete'; readonly user: string; readonly unit: number }
  | { readonly kind: 'restart' | 'send' | 'wait' }
  | { readonly kind: 'fail'; readonly fault: ServiceFault };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('complete' as const),
      user: fc.constantFrom(...PEOPLE),
      unit: fc.nat(UNITS.length - 1),
    }),
  },
  { weight: 3, arbitrary: fc.constant<Step>({ kind: 'send' }) },
  fc.constant<Step>({ kind: 'restart' }),
  fc.constant<Step>({ kind: 'wait' }),
  fc.oneof(
    fc.record({
      kind: fc.constant('fail' as const),
      fault: fc.record({
        service: fc.constantFrom('scores' as const, 'token' as const),
        status: fc.constantFrom(401, 403, 429, 500, 502),
      }),
    }),
    fc.constant<Step>({ kind: 'fail', fault: { service: 'scores', unheard: true } }),
  ),
);

describe.each(['moodle', 'canvas'] as const)('grades at %s, whatever happens in between', (profile) => {
  it('end as the figures are, every score later than the one before, none told twice once it was heard', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const lms = lmses.get(profile);
        if (!lms) throw new Error('no LMS');
        lms.heal();
        const id = await newCohort(profile);
        const done = new Map(PEOPLE.map((user) => [user, new Set<number>()]));
        let unheard = 0;
        for (const each of steps) {
          if (each.kind === 'complete') {
            done.get(each.user)?.add(each.unit);
            const actor = { account: { homePage: lms.issuer, name: subOf(profile, each.user) } };
            const verb = { id: 'http://adlnet.gov/expapi/verbs/completed' };
            const timestamp = new Date(node.now()).toISOString();
            await node.keep([
              plainStatement({ actor, verb, object: { id: `${UNITS[each.unit]}/${id}` }, timestamp }),
            ]);
          } else if (each.kind === 'restart') await node.restart();
          else if (each.kind === 'wait') node.turnBy(7 * MINUTE);
          else if (each.kind === 'fail') {
            lms.fail(each.fault);
            if (each.fault.unheard) unheard += 1;
          } else await node.services().grades.send('default', id);
        }
        for (let left = 1, round = 0; left > 0 && round < 30; round += 1) {
          node.turnBy(20 * MINUTE);
          left = (await node.services().grades.send('default', id)).waiting;
        }
        const column = [...lms.lineItems.values()].find(({ resourceId }) => resourceId === id);
        for (const [user, units] of done) {
          const score = column?.grades.get(subOf(profile, user))?.score;
          expect(score).toBe(units.size === 0 ? undefined : (100 * units.size) / UNITS.length);
        }
        const told = (column?.taken ?? []).map(({ userId, scoreGiven }) => `${userId} ${scoreGiven}`);
        expect(told.length - new Set(told).size).toBeLessThanOrEqual(unheard);
        expect(
          [...lms.lineItems.values()].filter(({ resourceId }) => resourceId === id).length,
        ).toBeLessThanOrEqual(1);
      }),
      { numRuns: 6 },
    );
  }, 60_000);
});
