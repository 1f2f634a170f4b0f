import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeDocuments, documentSubject, someone } from './document-rules.ts';
import { describeProfiles } from './profile-rules.ts';

const subject = documentSubject('/xapi/activities/profile');
const context = () => ({ activityId: `https://example.org/activities/${randomUUID()}` });

describe('the activity profile resource', () => {
  describeDocuments(subject, { context, id: 'profileId', scope: 'profile' });
  describeProfiles(subject, context);

  it('knows no agent and no registration', async () => {
    for (const [name, value] of [
      ['agent', someone()],
      ['registration', randomUUID()],
    ] as const) {
      const answer = await subject.send('GET', { ...context(), [name]: value });
      expect([answer.status, answer.json.errors[0].path]).toEqual([400, name]);
    }
  });
});
