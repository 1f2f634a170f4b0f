import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Launch, LoginAttempt, Session } from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject, twentyTimes } from './subject.ts';

const NOW = Date.UTC(2026, 0, 5);
const MINUTE = 60_000;

function login(given: Partial<LoginAttempt> = {}): LoginAttempt {
  return {
    state: randomUUID(),
    nonce: randomUUID(),
    bindHash: 'a hash',
    registrationId: 'registration',
    deployment: null,
    target: 'https://tool.example/lti/launch',
    expiresAt: NOW + 5 * MINUTE,
    ...given,
  };
}

function session(given: Partial<Session> = {}): Session {
  return {
    hash: randomUUID(),
    org: newOrg(),
    registrationId: 'registration',
    sub: 'person 7',
    createdAt: NOW,
    expiresAt: NOW + 15 * MINUTE,
    ...given,
  };
}

function launch(given: Partial<Launch> = {}): Launch {
  return {
    id: randomUUID(),
    sessionHash: 'hash',
    org: newOrg(),
    registrationId: 'registration',
    deployment: '1',
    messageType: 'LtiResourceLinkRequest',
    sub: 'person 7',
    name: 'Zoé d’Été',
    email: null,
    role: 'learner',
    courseId: '12',
    courseTitle: null,
    resourceLinkId: 'link',
    resourceLinkTitle: 'Module « 1 »',
    groups: ['A', 'B'],
    cohortParameter: null,
    custom: { cohort: '$X', 'a.b': '' },
    locale: 'fr',
    returnUrl: null,
    createdAt: NOW,
    ...given,
  };
}

/** Logins, sessions and launches. */
export function describeLaunches(storage: Subject): void {
  const launches = () => storage().launches;

  describe('logins', () => {
    it('are looked at without being used', async () => {
      const made = login();
      await launches().saveLogin(made);
      expect(await launches().peekLogin(made.state)).toEqual(made);
      expect(await launches().takeLogin(made.state, NOW)).toEqual(made);
      expect(await launches().peekLogin(made.state)).toBeNull();
      expect(await launches().peekLogin('unknown')).toBeNull();
    });

    it('are taken once, however many try at once', async () => {
      const made = login({ deployment: '1' });
      await launches().saveLogin(made);
      const taken = await twentyTimes(() => launches().takeLogin(made.state, NOW));
      expect(taken.filter((each) => each !== 'used')).toEqual([made]);
    });

    it('are not taken when unknown or expired', async () => {
      const made = login();
      await launches().saveLogin(made);
      expect(await launches().takeLogin('unknown', NOW)).toBe('unknown');
      expect(await launches().takeLogin(made.state, made.expiresAt)).toBe('expired');
      expect(await launches().takeLogin(made.state, made.expiresAt - 1)).toEqual(made);
    });

    it('are told used, not unknown, until a sweep after their end', async () => {
      const made = login();
      await launches().saveLogin(made);
      await launches().takeLogin(made.state, NOW);
      await launches().sweep(made.expiresAt);
      expect(await launches().takeLogin(made.state, NOW)).toBe('used');
      await launches().sweep(made.expiresAt + 1);
      expect(await launches().takeLogin(made.state, NOW)).toBe('unknown');
    });
  });

  describe('sessions', () => {
    it('are found until they expire', async () => {
      const made = session();
      await launches().saveSession(made);
      expect(await launches().findSession(made.hash, NOW)).toEqual(made);
      expect(await launches().findSession(made.hash, made.expiresAt - 1)).toEqual(made);
      expect(await launches().findSession(made.hash, made.expiresAt)).toBeNull();
      expect(await launches().findSession('unknown', NOW)).toBeNull();
    });

    it('last longer once renewed', async () => {
      const made = session();
      await launches().saveSession(made);
      const expiresAt = made.expiresAt + MINUTE;
      await launches().renewSession(made.hash, expiresAt);
      expect(await launches().findSession(made.hash, made.expiresAt)).toEqual({ ...made, expiresAt });
    });

    it('are gone once revoked, and no renewal brings them back', async () => {
      const [made, other] = [session(), session()];
      for (const each of [made, other]) await launches().saveSession(each);
      await launches().revokeSession(made.hash);
      await launches().renewSession(made.hash, NOW + MINUTE);
      expect(await launches().findSession(made.hash, NOW)).toBeNull();
      expect(await launches().findSession(other.hash, NOW)).toEqual(other);
    });
  });

  describe('launches', () => {
    it('are found by their id as they were saved', async () => {
      const made = launch();
      await launches().saveLaunch(made);
      expect(await launches().findLaunch(made.id)).toEqual(made);
      expect(await launches().findLaunch('unknown')).toBeNull();
    });

    it('are swept out with the sessions they belong to, expired or revoked; the others stay', async () => {
      const [expired, revoked, live] = [
        session({ expiresAt: NOW - 1 }),
        session(),
        session({ expiresAt: NOW }),
      ];
      const of = new Map([expired, revoked, live].map((each) => [each, launch({ sessionHash: each.hash })]));
      for (const [each, made] of of) {
        await launches().saveSession(each);
        await launches().saveLaunch(made);
      }
      await launches().revokeSession(revoked.hash);
      await launches().sweep(NOW);
      const found = [...of.values()].map(async ({ id }) => (await launches().findLaunch(id)) !== null);
      expect(await Promise.all(found)).toEqual([false, false, true]);
      expect(await launches().findSession(expired.hash, 0)).toBeNull();
      expect(await launches().findSession(live.hash, NOW - 1)).toEqual(live);
    });
  });
}
