import { describe, expect, it } from 'vitest';
import { describeDocuments, documentSubject, someone } from './document-rules.ts';
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
});
