import { describe, expect, it } from 'vitest';
import { createMemberships, MEMBERSHIP_CONTAINER } from '../../../lti/services/memberships.ts';
import { type Reply, registration, type Sent, scripted } from './scripted-fetch.ts';

const URL_ = 'http://localhost:8090/roster';

const reading = async (answer: (request: Sent) => Reply | Error) => {
  const world = scripted(answer);
  return { ...(await createMemberships(world).read(registration, URL_)), world };
};
const page = (ids: readonly string[], next?: string, member: object = {}): Reply => ({
  ...(next === undefined ? {} : { headers: { link: `<${next}>; rel="next"` } }),
  body: { id: URL_, members: ids.map((user_id) => ({ user_id, roles: ['Learner'], ...member })) },
});
/** Replies by `?page=`. */
const paged =
  (...pages: readonly Reply[]) =>
  ({ url }: Sent): Reply =>
    pages[Number(new URL(url).searchParams.get('page') ?? 0)] ?? { status: 404 };

describe('reading a roster', () => {
  it('goes through all pages, empty ones too, and asks for the media type of memberships', async () => {
    const { members, fault, world } = await reading(
      paged(page(['1', '2'], '?page=1'), page([], '?page=2'), page(['3', '2'], '?page=3'), page([])),
    );
    expect(members.map(({ sub }) => sub)).toEqual(['1', '2', '3']);
    expect(fault).toBeNull();
    const asked = world.sent.filter(({ method }) => method === 'GET');
    expect(asked.map(({ headers }) => headers.get('accept'))).toEqual(Array(4).fill(MEMBERSHIP_CONTAINER));
    expect(asked.every(({ headers }) => headers.get('user-agent') && headers.get('authorization'))).toBe(
      true,
    );
  });

  it.each<[string, (request: Sent) => Reply | Error, RegExp]>([
    ['that leads back', paged(page(['1'], '?page=1'), page(['2'], '?page=0'), page([])), /repeats|lead back/],
    ['that repeats itself under new addresses', paged(page(['1'], '?page=1'), page(['1'])), /repeats/],
    ['that leads elsewhere', paged(page(['1'], 'https://elsewhere.example/')), /cannot be followed/],
    ['whose second page is missing', paged(page(['1'], '?page=1')), /404/],
    ['that is no JSON', () => ({ body: '<html>' }), /no JSON/],
    ['that is something else', () => ({ body: { members: 'all' } }), /no membership container/],
    ['with a member without id', paged(page(['1'], undefined, { user_id: null })), /without a user_id/],
    ['of a server that is away', () => new TypeError('fetch failed'), /did not answer/],
  ])('tells one %s from a whole one', async (_name, answer, fault) => {
    expect((await reading(answer)).fault).toMatch(fault);
  });

  it('reads roles as its platform maps them', async () => {
    const world = scripted(paged(page(['1', '2']), page([])));
    const roles = { 'membership#Learner': 'observer' } as const;
    const { members } = await createMemberships(world).read({ ...registration, roles }, URL_);
    expect(members.map(({ role }) => role)).toEqual(['none', 'none']);
  });

  it('waits as it is asked to, ever longer where it is not, and gives up in the end', async () => {
    const replies: Reply[] = [
      { status: 403, body: '403 Forbidden (Rate Limit Exceeded)' },
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 503 },
    ];
    const first = await reading(() => replies.shift() ?? page(['1']));
    expect([first.fault, first.world.pauses]).toEqual([null, [1_000, 7_000, 4_000]]);
    const second = await reading(() => ({ status: 500 }));
    expect([second.fault, second.world.pauses]).toEqual([
      expect.stringContaining('500'),
      [1_000, 2_000, 4_000, 8_000],
    ]);
    const third = await reading(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    expect([third.fault, third.world.pauses]).toEqual([expect.stringContaining('429'), []]);
  });

  it('renews a token that is not taken any more, once', async () => {
    let refused = 0;
    const { fault, world } = await reading(({ headers }) => {
      if (headers.get('authorization') !== 'Bearer t1') return page(['1']);
      refused += 1;
      return { status: 401 };
    });
    expect([fault, refused, world.sent.length]).toEqual([null, 1, 4]);
  });

  it('reads roles, status, names and groups as each platform writes them', async () => {
    const lis = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
    const test = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';
    const claim = 'https://purl.imsglobal.org/spec/lti/claim/custom';
    const { members } = await reading(() => ({
      body: {
        members: [
          { user_id: 4, roles: ['Learner'], given_name: 'Ana', family_name: 'Lima' },
          {
            user_id: '5',
            roles: [`${lis}#Instructor`, `${lis}#Learner`],
            status: 'Active',
            name: '$Person.name.full',
          },
          { user_id: '6', roles: [`${lis}#Learner`, test] },
          { user_id: '7', roles: ['Guest'], status: 'Inactive' },
          { user_id: '8', roles: ['Learner'], status: 'Deleted', group_enrollments: [{ group_id: 'g' }] },
          { user_id: '9', roles: ['Learner'], message: [{ [claim]: { sections: 'A, B' } }] },
          { user_id: '9', roles: ['Instructor'], status: 'Inactive' },
        ],
      },
    }));
    expect(members.map(({ sub, role, active, name, groups }) => [sub, role, active, name, groups])).toEqual([
      ['4', 'learner', true, 'Ana Lima', null],
      ['5', 'staff', true, null, null],
      ['6', 'test', true, null, null],
      ['7', 'none', false, null, null],
      ['8', 'learner', false, null, ['g']],
      ['9', 'learner', true, null, ['A', 'B']],
    ]);
  });
});
