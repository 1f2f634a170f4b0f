import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { documentSubject, etagOf, someone } from './document-rules.ts';

const subject = documentSubject('/xapi/activities/state');

/** A request in the alternate syntax: all that it says is in its form. */
async function alternate(path: string, method: string, form: Record<string, string>, headers = {}) {
  const { url, authorization } = subject.assidu();
  const response = await fetch(`${url}${path}?method=${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({
      Authorization: authorization,
      'X-Experience-API-Version': '1.0.3',
      ...form,
    }).toString(),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('documents in the Alternate Request Syntax of 1.0.3', () => {
  const newState = () => ({ activityId: 'https://example.org/é?a=1&b=2', agent: someone(), stateId: 's' });
  const STATE = '/xapi/activities/state';

  it('are put, merged, read and removed', async () => {
    const state = newState();
    const json = { ...state, 'Content-Type': 'application/json' };
    expect((await alternate(STATE, 'PUT', { ...json, content: '{"é":"1+1=2 & 3"}' })).status).toBe(204);
    expect((await alternate(STATE, 'POST', { ...json, content: '{"b":1}' })).status).toBe(204);
    const read = await alternate(STATE, 'GET', state);
    expect([read.status, JSON.parse(read.text)]).toEqual([200, { é: '1+1=2 & 3', b: 1 }]);
    expect((await subject.send('GET', state)).json).toEqual(JSON.parse(read.text));
    expect((await alternate(STATE, 'DELETE', state)).status).toBe(204);
    expect((await subject.send('GET', state)).status).toBe(404);
  });

  it('are text in UTF-8 of the type that the form names', async () => {
    const state = newState();
    const form = { ...state, 'content-type': 'text/plain; charset=utf-8', content: 'déjà vu' };
    expect((await alternate(STATE, 'PUT', form)).status).toBe(204);
    const { text, headers } = await subject.send('GET', state);
    expect([text, headers.get('content-type')]).toEqual(['déjà vu', 'text/plain; charset=utf-8']);
  });

  it('take their precondition from the form', async () => {
    const profile = { agent: someone(), profileId: randomUUID() };
    const put = (form: Record<string, string>) =>
      alternate('/xapi/agents/profile', 'PUT', { ...profile, ...form });
    expect((await put({ 'If-None-Match': '*', content: '1' })).status).toBe(204);
    expect((await put({ 'If-None-Match': '*', content: '2' })).status).toBe(412);
    expect((await put({ content: '2' })).status).toBe(409);
    expect((await put({ 'If-Match': etagOf('1'), content: '2' })).status).toBe(204);
  });

  it('reach the resources of activities and agents', async () => {
    const activity = await alternate('/xapi/activities', 'GET', { activityId: 'urn:a' });
    expect(JSON.parse(activity.text)).toEqual({ objectType: 'Activity', id: 'urn:a' });
    const person = await alternate('/xapi/agents', 'GET', { agent: someone() });
    expect(JSON.parse(person.text)).toMatchObject({ objectType: 'Person' });
  });

  it('may come as a type that a browser of old sends', async () => {
    for (const type of ['text/plain', ''])
      expect(
        (await alternate(STATE, 'PUT', { ...newState(), content: '{}' }, { 'Content-Type': type })).status,
      ).toBe(204);
  });

  it('hold every form parameter of an unknown name against the request', async () => {
    const answer = await alternate(STATE, 'GET', { ...newState(), foo: 'bar' });
    expect([answer.status, JSON.parse(answer.text).errors[0].path]).toEqual([400, 'foo']);
    expect((await alternate(STATE, 'PUT', { ...newState(), content: '{}', Accept: '*/*' })).status).toBe(400);
  });

  it('do not know HEAD, whose answer to a POST would never end, nor other methods', async () => {
    for (const method of ['HEAD', 'PATCH', 'put'])
      expect((await alternate(STATE, method, newState())).status).toBe(400);
  });

  it('are refused in 2.0, whether the form or a header says so', async () => {
    const second = { 'X-Experience-API-Version': '2.0.0' };
    expect((await alternate(STATE, 'GET', { ...newState(), ...second })).status).toBe(400);
    const { url, authorization } = subject.assidu();
    const answer = await fetch(`${url}${STATE}?method=GET`, {
      method: 'POST',
      headers: { ...second, authorization },
      body: new URLSearchParams(newState()),
    });
    expect(answer.status).toBe(400);
  });
});
