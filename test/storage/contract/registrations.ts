import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Registration } from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject, twentyTimes } from './subject.ts';

const AT = Date.UTC(2026, 0, 5);

function registration(given: Partial<Registration> = {}): Registration {
  return {
    id: randomUUID(),
    org: newOrg(),
    name: 'Université – LMS',
    issuer: `https://${randomUUID()}.example`,
    clientId: 'client 1',
    authUrl: 'https://lms.example/auth',
    tokenUrl: 'https://lms.example/token',
    jwksUrl: 'https://lms.example/jwks',
    deployments: ['1', 'deux'],
    status: 'active',
    actorFormat: { homePage: 'https://lms.example', name: 'username' },
    frameOrigins: ['https://frame.example'],
    createdAt: AT,
    ...given,
  };
}

/** Platforms that may launch us. */
export function describeRegistrations(storage: Subject): void {
  describe('registrations', () => {
    it('are found by issuer and client id, and by their id, as they were saved', async () => {
      const saved = registration();
      expect(await storage().registrations.save(saved)).toBe('saved');
      expect(await storage().registrations.find(saved.issuer, saved.clientId)).toEqual(saved);
      expect(await storage().registrations.byId(saved.id)).toEqual(saved);
      expect(await storage().registrations.find(saved.issuer, 'another')).toBeNull();
      expect(await storage().registrations.byId('unknown')).toBeNull();
    });

    it('are replaced when saved again', async () => {
      const first = registration();
      const changed = { ...first, clientId: 'client 2', status: 'inactive' as const, deployments: [] };
      await storage().registrations.save(first);
      expect(await storage().registrations.save(changed)).toBe('saved');
      expect(await storage().registrations.byId(first.id)).toEqual(changed);
      expect(await storage().registrations.find(first.issuer, first.clientId)).toBeNull();
      expect(await storage().registrations.list(first.org)).toEqual([changed]);
    });

    it('may share an issuer, as all tenants of one vendor do, not a client id of it', async () => {
      const first = registration();
      const second = registration({ issuer: first.issuer, clientId: 'client 2', createdAt: AT + 1 });
      const third = registration({ issuer: first.issuer, clientId: first.clientId });
      expect(await storage().registrations.save(first)).toBe('saved');
      expect(await storage().registrations.save(second)).toBe('saved');
      expect(await storage().registrations.save(third)).toBe('conflict');
      expect(await storage().registrations.save({ ...second, clientId: first.clientId })).toBe('conflict');
      expect(await storage().registrations.byIssuer(first.issuer)).toEqual([first, second]);
      expect(await storage().registrations.byIssuer('https://unknown.example')).toEqual([]);
    });

    it('let one of many win that want the same issuer and client id at once', async () => {
      const issuer = `https://${randomUUID()}.example`;
      const outcomes = await twentyTimes(() => storage().registrations.save(registration({ issuer })));
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
      expect(await storage().registrations.byIssuer(issuer)).toHaveLength(1);
    });

    it('stay with their organisation: no other one lists, replaces or removes them', async () => {
      const [mine, theirs] = [registration(), registration()];
      for (const each of [mine, theirs]) await storage().registrations.save(each);
      expect(await storage().registrations.list(mine.org)).toEqual([mine]);
      expect(await storage().registrations.list(null)).toEqual(expect.arrayContaining([mine, theirs]));
      expect(await storage().registrations.save({ ...mine, org: theirs.org })).toBe('conflict');
      expect(await storage().registrations.remove(theirs.org, mine.id)).toBe(false);
      expect(await storage().registrations.byId(mine.id)).toEqual(mine);
    });

    it('are gone once removed, and their client id is free again', async () => {
      const first = registration();
      await storage().registrations.save(first);
      expect(await storage().registrations.remove(first.org, first.id)).toBe(true);
      expect(await storage().registrations.remove(first.org, first.id)).toBe(false);
      expect(await storage().registrations.byId(first.id)).toBeNull();
      expect(await storage().registrations.save(registration({ issuer: first.issuer }))).toBe('saved');
    });
  });
}
