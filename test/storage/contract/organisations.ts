import { describe, expect, it } from 'vitest';
import type { OrganisationRecord } from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject } from './subject.ts';

function record(given: Partial<OrganisationRecord> = {}): OrganisationRecord {
  return {
    org: newOrg(),
    name: { fr: 'Université d’entreprise', en: null },
    website: 'https://formation.example/',
    logo: { type: 'image/png', base64: Buffer.alloc(200_000, 7).toString('base64'), sha256: 'ab'.repeat(32) },
    changedAt: Date.UTC(2026, 0, 5),
    ...given,
  };
}

/** How organisations appear. */
export function describeOrganisations(storage: Subject): void {
  describe('organisations', () => {
    it('are nothing until something is said of them', async () => {
      expect(await storage().organisations.find(newOrg())).toBeNull();
    });

    it('are kept as they are said, a logo of the greatest size too', async () => {
      const one = record();
      await storage().organisations.save(one);
      expect(await storage().organisations.find(one.org)).toEqual(one);
    });

    it('have one record each: the last that was said', async () => {
      const one = record();
      const later = record({
        org: one.org,
        name: { fr: null, en: 'Corporate university' },
        logo: null,
        website: null,
        changedAt: one.changedAt + 1,
      });
      const other = record();
      for (const each of [one, other, later]) await storage().organisations.save(each);
      expect(await storage().organisations.find(one.org)).toEqual(later);
      expect(await storage().organisations.find(other.org)).toEqual(other);
    });
  });
}
