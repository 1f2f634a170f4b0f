import { describe, expect, it } from 'vitest';
import { type DocumentSubject, etagOf, type Parameters, SECOND } from './document-rules.ts';

/** What activity profile and agent profile have in common beside all documents (xAPI 1.0.3 Communication 3.1). */
export function describeProfiles({ send }: DocumentSubject, context: () => Parameters): void {
  describe('PUT without a precondition', () => {
    it('of a profile that exists is a conflict, told how to resolve', async () => {
      const parameters = { ...context(), profileId: 'p' };
      await send('POST', parameters, { page: 1 });
      for (const version of [{}, SECOND]) {
        const { status, text } = await send('PUT', parameters, { page: 2 }, version);
        expect(status).toBe(409);
        expect(text).toContain('look at its current state');
        expect(text).toContain(etagOf('{"page":1}').slice(1, -1));
        expect(text).toContain('If-Match');
      }
      expect((await send('GET', parameters)).json).toEqual({ page: 1 });
    });

    it('of a new profile is refused in 1.0.3, and taken in 2.0', async () => {
      const parameters = { ...context(), profileId: 'p' };
      const refused = await send('PUT', parameters, {});
      expect([refused.status, refused.json.errors[0].path]).toEqual([400, 'If-None-Match']);
      expect((await send('GET', parameters)).status).toBe(404);
      expect((await send('PUT', parameters, {}, SECOND)).status).toBe(204);
    });
  });

  it('removes one profile at a time', async () => {
    const parameters = context();
    await send('POST', { ...parameters, profileId: 'p' }, {});
    const { status, json } = await send('DELETE', parameters);
    expect([status, json.errors[0].path]).toEqual([400, 'profileId']);
    expect((await send('GET', parameters)).json).toEqual(['p']);
  });
}
