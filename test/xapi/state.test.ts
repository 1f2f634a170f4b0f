import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeDocuments, documentSubject, etagOf, SECOND, someone } from './document-rules.ts';

const subject = documentSubject('/xapi/activities/state');
const { send } = subject;
const context = () => ({ activityId: 'https://example.org/activité/1', agent: someone() });

describe('the state resource', () => {
  describeDocuments(subject, { context, id: 'stateId', scope: 'state' });

  it('replaces a document without a precondition in 1.0.3, and not in 2.0', async () => {
    const parameters = { ...context(), stateId: 'bookmark' };
    for (const page of [1, 2]) expect((await send('PUT', parameters, { page })).status).toBe(204);
    const refused = await send('PUT', parameters, { page: 3 }, SECOND);
    expect([refused.status, refused.headers.get('x-experience-api-version')]).toEqual([409, '2.0.0']);
    expect(refused.text).toMatch(/GET.*If-Match/);
    expect((await send('GET', parameters)).json).toEqual({ page: 2 });
    const replaced = await send(
      'PUT',
      parameters,
      { page: 3 },
      { ...SECOND, 'If-Match': etagOf('{"page":2}') },
    );
    expect(replaced.status).toBe(204);
    expect((await send('PUT', { ...context(), stateId: 'new' }, {}, SECOND)).status).toBe(204);
  });

  it('keeps the documents of each registration, and of none, apart', async () => {
    const here = context();
    const [one, two] = [randomUUID(), randomUUID()];
    const under = (registration: string) => ({ ...here, registration });
    await send('PUT', { ...here, stateId: 's' }, { of: 'none' });
    await send('PUT', { ...under(one), stateId: 's' }, { of: 'one' });
    await send('PUT', { ...under(two), stateId: 't' }, { of: 'two' });
    expect((await send('GET', { ...here, stateId: 's' })).json).toEqual({ of: 'none' });
    expect((await send('GET', { ...under(one.toUpperCase()), stateId: 's' })).json).toEqual({ of: 'one' });
    expect((await send('GET', { ...under(one), stateId: 't' })).status).toBe(404);
    expect((await send('GET', under(two))).json).toEqual(['t']);
    expect((await send('GET', here)).json).toEqual(['s', 't']);
    expect((await send('GET', { ...here, registration: 'none' })).status).toBe(400);
  });

  it('removes all documents of a registration, or of the activity and agent', async () => {
    const here = context();
    const registration = randomUUID();
    const elsewhere = { ...context(), stateId: 's' };
    await send('PUT', elsewhere, {});
    await send('PUT', { ...here, stateId: 's' }, {});
    await send('PUT', { ...here, registration, stateId: 't' }, {});
    expect((await send('DELETE', { ...here, registration })).status).toBe(204);
    expect((await send('GET', here)).json).toEqual(['s']);
    await send('PUT', { ...here, registration, stateId: 't' }, {});
    expect((await send('DELETE', here, undefined, { 'If-Match': etagOf('{}') })).status).toBe(400);
    expect((await send('DELETE', here)).status).toBe(204);
    expect((await send('GET', here)).json).toEqual([]);
    expect((await send('GET', elsewhere)).status).toBe(200);
    expect((await send('DELETE', { ...here, since: new Date().toISOString() })).status).toBe(400);
  });

  it('knows an agent by its identifier, whatever else is said of it, and takes no group in 1.0.3', async () => {
    const mbox = `mailto:${randomUUID()}@example.org`;
    const named = { activityId: 'urn:a', stateId: 's', agent: JSON.stringify({ mbox, name: 'Anna' }) };
    await send('PUT', named, { page: 1 });
    const typed = { ...named, agent: JSON.stringify({ objectType: 'Agent', mbox }) };
    expect((await send('GET', typed)).json).toEqual({ page: 1 });
    const group = { ...named, agent: JSON.stringify({ objectType: 'Group', mbox }) };
    expect((await send('GET', group)).status).toBe(400);
    const two = { ...named, agent: JSON.stringify({ mbox, openid: 'https://example.org/anna' }) };
    expect((await send('GET', two)).status).toBe(400);
  });

  it('takes an identified group in 2.0, known by its identifier whoever its members are', async () => {
    const mbox = `mailto:${randomUUID()}@example.org`;
    const of = (agent: object) => ({ activityId: 'urn:a', stateId: 's', agent: JSON.stringify(agent) });
    const group = { objectType: 'Group', mbox };
    expect((await send('PUT', of(group), { page: 1 }, SECOND)).status).toBe(204);
    const member = [{ mbox: 'mailto:member@example.org' }];
    for (const same of [{ ...group, member }, { mbox }])
      expect((await send('GET', of(same), undefined, SECOND)).json).toEqual({ page: 1 });
    const anonymous = await send('GET', of({ objectType: 'Group', member }), undefined, SECOND);
    expect([anonymous.status, anonymous.json.errors[0].path]).toEqual([400, 'agent']);
  });
});
