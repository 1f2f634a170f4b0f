import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyScope } from '../../src/storage/ports/key-store.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { account } from './definition.ts';

const NOW = Date.UTC(2026, 0, 5);
const REGISTRATION = '1B4E28BA-2FA1-11D2-883F-0016D3CCA427';
let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu({ clock: () => NOW });
});
afterAll(() => assidu.close());

const ask = (body: unknown, authorization = assidu.authorization) =>
  assidu.request('POST', '/api/v1/content-keys', body, { authorization });

describe('POST /content-keys', () => {
  it('answers a key, its secret and its end, two hours on unless told otherwise', async () => {
    const { status, json, headers } = await ask({ actor: account('7') });
    expect([status, headers.get('Cache-Control')]).toEqual([201, 'no-store']);
    expect(json).toEqual({
      key: expect.stringMatching(/^ak_[0-9a-f]{24}$/),
      secret: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: '2026-01-05T02:00:00.000Z',
    });
    const day = await ask({ actor: account('7'), lifetimeMinutes: 1_440 });
    expect(day.json.expiresAt).toBe('2026-01-06T00:00:00.000Z');
  });

  it('keeps whom it is for, its limits and scopes, and of the secret only a hash', async () => {
    const asked = { actor: account('7'), registration: REGISTRATION, name: 'H5P 42' };
    const { json } = await ask(asked);
    const kept = await assidu.services.storage.keys.find(json.key);
    expect(kept).toMatchObject({
      org: 'default',
      name: 'H5P 42',
      boundTo: { actor: 'account|https://lms.example.org|7', registration: REGISTRATION.toLowerCase() },
      limits: { requestsPerMinute: 600, statementsPerMinute: 3_000 },
      scopes: ['statements/write', 'statements/read/mine', 'state', 'profile'],
      trustedPlatform: null,
    });
    expect(JSON.stringify(kept)).not.toContain(json.secret);
  });

  it('belongs to the organisation of the key that asks', async () => {
    const { json } = await ask({ actor: account('7') }, await assidu.newKey(['all'], 'elsewhere'));
    expect((await assidu.services.storage.keys.find(json.key))?.org).toBe('elsewhere');
  });

  it.each<[KeyScope, number]>([
    ['all', 201],
    ['cohorts', 403],
    ['all/read', 403],
    ['statements/write', 403],
    ['profile', 403],
  ])('needs the scope all: %s', async (scope, expected) => {
    expect((await ask({ actor: account('7') }, await assidu.newKey([scope]))).status).toBe(expected);
  });

  it.each<[string, unknown, string]>([
    ['no actor', {}, 'actor'],
    ['an actor that is none', { actor: { mbox: 'anna@example.org' } }, 'actor.mbox'],
    ['an actor that nobody can identify', { actor: { name: 'Anna' } }, 'actor'],
    ['a group', { actor: { objectType: 'Group', ...account('7') } }, 'actor'],
    ['a registration that is none', { actor: account('7'), registration: '7' }, 'registration'],
    ['more than a day', { actor: account('7'), lifetimeMinutes: 1_441 }, 'lifetimeMinutes'],
    ['no time at all', { actor: account('7'), lifetimeMinutes: 0 }, 'lifetimeMinutes'],
    ['half a minute', { actor: account('7'), lifetimeMinutes: 0.5 }, 'lifetimeMinutes'],
    ['an empty name', { actor: account('7'), name: '' }, 'name'],
    ['a field of its own', { actor: account('7'), scopes: ['all'] }, 'scopes'],
    ['a list', [{ actor: account('7') }], ''],
  ])('refuses %s, naming the field', async (_, body, path) => {
    const { status, json } = await ask(body);
    expect([status, json.errors[0].path]).toEqual([400, path]);
  });
});
