import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import { query, statement } from './statements.ts';

let assidu: RunningAssidu;
beforeAll(async () => {
  assidu = await startAssidu();
});
afterAll(() => assidu.close());

const TYPE = 'http://adlnet.gov/expapi/activities/module';
const newActivity = () => `https://lms.example.org/module/${randomUUID()}`;
const send = async (body: unknown, authorization = assidu.authorization) => {
  expect((await assidu.request('POST', '/xapi/statements', body, { authorization })).status).toBe(200);
};
const canonical = (id: string, language = '', format = 'canonical') =>
  query(assidu, { statementId: id, format }, { 'Accept-Language': language });

describe('format=canonical', () => {
  it('answers what the LRS knows of an activity, merged from what was said, in the language asked for', async () => {
    const id = newActivity();
    const bare = statement({ object: { id } });
    const french = statement({ object: { id, definition: { type: TYPE, name: { fr: 'Cadrer' } } } });
    await send([bare, french]);
    await send(statement({ object: { id, definition: { name: { en: 'Framing' } } } }));
    expect((await canonical(bare.id, 'en')).json.object.definition).toEqual({
      type: TYPE,
      name: { en: 'Framing' },
    });
    expect((await canonical(french.id, 'fr-FR, en;q=0.3')).json.object.definition.name).toEqual({
      fr: 'Cadrer',
    });
    expect((await canonical(bare.id, 'fr', 'exact')).json.object).toEqual({ id });
    expect((await canonical(bare.id, 'fr', 'ids')).json.object).toEqual({ id });
  });

  it('does not take the word of a key that may not define', async () => {
    const [id, unknown] = [newActivity(), newActivity()];
    await send(statement({ object: { id, definition: { name: { en: 'Framing' } } } }));
    const [other, alone] = [id, unknown].map((each) =>
      statement({ object: { id: each, definition: { name: { en: 'Nonsense' } } } }),
    );
    await send([other, alone], await assidu.newKey(['statements/write']));
    expect((await canonical(String(other?.id))).json.object.definition.name).toEqual({ en: 'Framing' });
    // Nothing else is known of it: what the statement itself says is better than nothing.
    expect((await canonical(String(alone?.id))).json.object.definition.name).toEqual({ en: 'Nonsense' });
  });

  it('reaches context activities and substatements, on each statement of a page', async () => {
    const [unit, course] = [newActivity(), newActivity()];
    const registration = randomUUID();
    const definition = (name: string) => ({ name: { en: name, fr: `${name} (fr)` } });
    await send([
      statement({ object: { id: unit, definition: definition('Unit') } }),
      statement({ object: { id: course, definition: definition('Course') } }),
    ]);
    const { id: _, ...planned } = statement({ object: { id: unit } });
    await send([
      statement({
        object: { id: unit },
        context: { registration, contextActivities: { parent: { id: course } } },
      }),
      statement({ object: { objectType: 'SubStatement', ...planned }, context: { registration } }),
    ]);
    const page = await query(
      assidu,
      { registration, format: 'canonical', ascending: 'true' },
      { 'Accept-Language': 'fr' },
    );
    const [within, intended] = page.json.statements;
    expect(within.object.definition.name).toEqual({ fr: 'Unit (fr)' });
    expect(within.context.contextActivities.parent).toEqual([
      { id: course, definition: { name: { fr: 'Course (fr)' } } },
    ]);
    expect(intended.object.object.definition.name).toEqual({ fr: 'Unit (fr)' });
  });

  it('leaves agents as they were sent, and the display of verbs in one language', async () => {
    const sent = statement({
      actor: { name: 'Someone', mbox: 'mailto:someone@example.org' },
      verb: { id: 'https://example.org/did', display: { en: 'did', fr: 'a fait' } },
    });
    await send(sent);
    const { json } = await canonical(sent.id, 'fr');
    expect([json.actor.name, json.verb.display]).toEqual(['Someone', { fr: 'a fait' }]);
  });

  it('knows nothing from another organisation', async () => {
    const id = newActivity();
    await send(statement({ object: { id, definition: { name: { en: 'Framing' } } } }));
    const elsewhere = await assidu.newKey(['all'], 'elsewhere');
    const sent = statement({ object: { id } });
    await send(sent, elsewhere);
    const read = await query(
      assidu,
      { statementId: sent.id, format: 'canonical' },
      { authorization: elsewhere },
    );
    expect(read.json.object).toEqual({ id });
  });
});
