import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NO_ORGANISATION, type Registration } from '../../../src/storage/ports/index.ts';
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

    const nobodys = (given: Partial<Registration> = {}) =>
      registration({ org: NO_ORGANISATION, status: 'pending', deployments: [], ...given });

    it('of no organisation give way: to a newer one, to one that has an organisation', async () => {
      const first = nobodys();
      const second = nobodys({ issuer: first.issuer });
      expect(await storage().registrations.savePending(first, 1_000)).toBe('saved');
      expect(await storage().registrations.savePending(second, 1_000)).toBe('saved');
      expect(await storage().registrations.byIssuer(first.issuer)).toEqual([second]);
      const taken = registration({ issuer: first.issuer });
      expect(await storage().registrations.save(taken)).toBe('saved');
      expect(await storage().registrations.byIssuer(first.issuer)).toEqual([taken]);
      expect(await storage().registrations.savePending(nobodys({ issuer: first.issuer }), 1_000)).toBe(
        'conflict',
      );
      expect(await storage().registrations.byIssuer(first.issuer)).toEqual([taken]);
    });

    it('of no organisation may be given one, and then belong to it', async () => {
      const first = nobodys();
      await storage().registrations.savePending(first, 1_000);
      const taken: Registration = { ...first, org: newOrg(), status: 'active' };
      expect(await storage().registrations.save(taken)).toBe('saved');
      expect(await storage().registrations.list(taken.org)).toEqual([taken]);
      expect(await storage().registrations.save({ ...taken, org: newOrg() })).toBe('conflict');
    });

    it('of no organisation are bounded: the oldest are dropped', async () => {
      const old = await storage().registrations.list(NO_ORGANISATION);
      for (const { id } of old) await storage().registrations.remove(NO_ORGANISATION, id);
      const many = Array.from({ length: 6 }, (_, turn) => nobodys({ createdAt: AT + turn }));
      for (const each of many) await storage().registrations.savePending(each, 4);
      expect(await storage().registrations.list(NO_ORGANISATION)).toEqual(many.slice(2));
    });

    it('have deployments approved one by one, whoever else does so at the same time', async () => {
      const one = registration({ deployments: [] });
      await storage().registrations.save(one);
      await twentyTimes((turn) => storage().registrations.approveDeployment(one.id, `d${turn % 10}`));
      const kept = await storage().registrations.byId(one.id);
      expect([...(kept?.deployments ?? [])].sort()).toEqual(Array.from({ length: 10 }, (_, n) => `d${n}`));
      expect(await storage().registrations.approveDeployment('unknown', 'd')).toBeNull();
    });

    it('approve a first deployment once, in time, and only where that was permitted', async () => {
      const open = registration({ deployments: [], firstDeploymentUntil: AT + 10 });
      const late = registration({ deployments: [], firstDeploymentUntil: AT });
      const closed = registration({ deployments: [] });
      for (const each of [open, late, closed]) await storage().registrations.save(each);
      const first = (id: string, name: string) =>
        storage().registrations.approveFirstDeployment(id, name, AT);
      const outcomes = await twentyTimes((turn) => first(open.id, `d${turn}`));
      const won = outcomes.filter((outcome) => outcome !== null);
      expect(won).toHaveLength(1);
      expect(won[0]).not.toHaveProperty('firstDeploymentUntil');
      expect(await storage().registrations.byId(open.id)).toEqual(won[0]);
      expect([await first(late.id, 'd'), await first(closed.id, 'd'), await first('unknown', 'd')]).toEqual([
        null,
        null,
        null,
      ]);
    });

    it('remember deployments that wait, the newest so many, until they are approved or all is removed', async () => {
      const one = registration({ deployments: [] });
      await storage().registrations.save(one);
      const waitingOf = async () =>
        (await storage().registrations.waiting())
          .filter(({ registrationId }) => registrationId === one.id)
          .map(({ deployment }) => deployment);
      for (const [turn, deployment] of ['a', 'b', 'c', 'a', 'd'].entries())
        await storage().registrations.rememberWaiting(
          { registrationId: one.id, deployment, seenAt: AT + turn },
          3,
        );
      expect(await waitingOf()).toEqual(['c', 'a', 'd']);
      await storage().registrations.approveDeployment(one.id, 'a');
      expect(await waitingOf()).toEqual(['c', 'd']);
      await storage().registrations.remove(one.org, one.id);
      expect(await waitingOf()).toEqual([]);
    });
  });
}
