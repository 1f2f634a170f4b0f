import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeDocuments, documentSubject, NEW, SECOND, someone } from './document-rules.ts';
import { describeProfiles } from './profile-rules.ts';

const subject = documentSubject('/xapi/agents/profile');
const context = () => ({ agent: someone() });

describe('the agent profile resource', () => {
  describeDocuments(subject, { context, id: 'profileId', scope: 'profile' });
  describeProfiles(subject, context);

  it('knows no activity', async () => {
    const answer = await subject.send('GET', { ...context(), activityId: 'urn:a' });
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, 'activityId']);
  });

  it('is one of an identified group, too, in 2.0 only', async () => {
    const mbox = `mailto:${randomUUID()}@example.org`;
    const parameters = { agent: JSON.stringify({ objectType: 'Group', mbox }), profileId: 'p' };
    expect((await subject.send('PUT', parameters, { page: 1 }, { ...SECOND, ...NEW })).status).toBe(204);
    expect((await subject.send('GET', parameters, undefined, SECOND)).json).toEqual({ page: 1 });
    expect((await subject.send('GET', parameters)).status).toBe(400);
  });
});
